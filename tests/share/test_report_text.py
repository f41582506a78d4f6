"""Words for codes, and text of strangers."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.data.trace_document import TERMS

import bongsu
from bongsu.analyze.rank import ACTS
from bongsu.share.report_action import STOPPING
from bongsu.share.report_text import (
    able_name,
    action_name,
    chain_name,
    interval_text,
    plain,
    reason_name,
    stop_color,
    stop_name,
    term_name,
)

PACKAGE = Path(bongsu.__file__).parent
SCHEMA = json.loads((PACKAGE / "share" / "schema" / "trace-1.json").read_text())


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


def test_every_action_has_words():
    kinds = SCHEMA["$defs"]["action"]["properties"]["kind"]["enum"]
    assert all(action_name(kind) != kind for kind in kinds)
    assert ACTS == set(STOPPING) == {kind for kind in kinds if able_name(kind) != kind}


def test_every_reason_of_a_gap_has_words():
    """Reasons stand in the source as text; a new one without words would be shown as a code."""
    code = "".join(path.read_text() for path in PACKAGE.rglob("*.py"))
    reasons = set(re.findall(r"[\"'](needs_\w+)[\"']", code))
    assert {"needs_traces", "needs_amount"} <= reasons
    assert all(reason_name(reason) != reason for reason in reasons)


@pytest.mark.parametrize("name", [stop_name, term_name, able_name, action_name, reason_name, chain_name])
def test_unknown_code_is_shown_as_it_is(name):
    assert name("new_code") == "new_code"


def test_interval():
    assert interval_text("1", "2") == "1 – 2"
    assert interval_text("1", "1") == "1"
