"""Words for codes, and text of strangers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.data.trace_document import TERMS

from bongsu.share.report_text import (
    action_name,
    chain_name,
    interval_text,
    plain,
    reason_name,
    stop_color,
    stop_name,
    term_name,
)


@given(st.text(st.characters()))
def test_plain_text_can_be_encoded_and_has_no_direction_marks(text):
    shown = plain(text)
    shown.encode()
    assert len(shown) == len(text)
    assert not set(shown) & {"\u202e", "\u2066", "\u2028", "\x00", "\x1b", "\x85", "\r"}


def test_plain_text_keeps_what_people_write():
    text = "한빛 거래소, naïve\tline\nnext 👍"
    assert plain(text) == text


@pytest.mark.parametrize("stop", TERMS)
def test_every_stop_and_term_has_words(stop):
    assert stop_name(stop) != stop
    assert term_name(TERMS[stop]) != TERMS[stop]
    assert stop_color(stop).startswith("#")
    assert len(stop_color(stop)) == 7


@pytest.mark.parametrize("name", [stop_name, term_name, action_name, reason_name, chain_name])
def test_unknown_code_is_shown_as_it_is(name):
    assert name("new_code") == "new_code"


def test_interval():
    assert interval_text("1", "2") == "1 – 2"
    assert interval_text("1", "1") == "1"
