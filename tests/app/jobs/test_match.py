"""A private match from the first file to the last, between two employers."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from tests.data.match_case import OURS, SHARED, THEIRS, identifier_file

from bongsu.app.jobs.match import (
    NO_CONSENT,
    Consent,
    Exchange,
    Wanted,
    answer_match,
    ask_match,
    read_match,
    read_values,
)
from bongsu.errors import InputError, ReleaseError
from bongsu.model.marking import Marking, Tlp
from bongsu.share.match_rule import MATCH_KINDS, MOST_VALUES
from bongsu.store.match_log import read_entries

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
FREE = Marking(tlp=Tlp.AMBER, releasable_to=frozenset({"zeta"}))
YES = Consent(approved_by="Kim", marking=FREE)


class Side:
    """One employer with its folder, its identifiers and its partner."""

    def __init__(self, folder, rows, partner):
        self.folder, self.day = folder, NOON
        folder.mkdir()
        self.values = identifier_file(folder / "values.csv", rows)
        self.exchange = Exchange(folder=folder / "match", partner=partner, clock=lambda: self.day)

    def ask(self, round_id="r", *, reveal=False, kinds=MATCH_KINDS):
        into = self.folder / "question.json"
        ask_match(self.exchange, self.values, into, Wanted(round=round_id, kinds=kinds, reveal=reveal))
        return into

    def answer(self, question, consent=NO_CONSENT):
        into = self.folder / "answer.json"
        answer_match(self.exchange, question, self.values, into, consent=consent)
        return into

    def read(self, answered):
        return read_match(self.exchange, answered, self.values)

    def log(self):
        return [one["what"] for one in read_entries(self.folder / "match")]


@pytest.fixture
def sides(tmp_path):
    return Side(tmp_path / "zeta", [*SHARED, *OURS], "acme"), Side(
        tmp_path / "acme", [*SHARED, *THEIRS], "zeta"
    )


def counted(zeta, acme, round_id="r"):
    """Both have counted."""
    found = [one.read(other.answer(one.ask(round_id))) for one, other in ((zeta, acme), (acme, zeta))]
    assert [one["shared"] for one in found] == [2, 2]


def test_both_count_then_one_learns_what_is_shared_and_nothing_else(sides):
    zeta, acme = sides
    counted(zeta, acme)
    found = zeta.read(acme.answer(zeta.ask(reveal=True), YES))
    assert found["values"] == [
        {"kind": "iban", "namespace": "", "value": "GB82WEST12345698765432"},
        {"kind": "postal_address", "namespace": "", "value": found["values"][1]["value"]},
    ]
    assert zeta.log() == ["asked", "counted", "answered", "asked"]
    assert acme.log() == ["answered", "asked", "counted", "answered"]
    assert read_entries(acme.folder / "match")[-1]["approved_by"] == "Kim"


def test_no_file_that_goes_out_holds_an_identifier(sides):
    zeta, acme = sides
    counted(zeta, acme)
    acme.answer(zeta.ask(reveal=True), YES)
    for side in sides:
        for name in ("question.json", "answer.json"):
            sent = (side.folder / name).read_text()
            for value in (*read_values(zeta.values).values, *read_values(acme.values).values):
                assert value.rpartition("\x1f")[2] not in sent
        log = (side.folder / "match" / "match.ndjson").read_text()
        assert "GB82" not in log
        assert "Example" not in log


def test_nothing_is_revealed_before_both_have_counted_or_without_consent(sides):
    zeta, acme = sides
    with pytest.raises(InputError, match="not known yet"):
        zeta.ask(reveal=True)
    zeta.read(acme.answer(zeta.ask()))
    with pytest.raises(ReleaseError, match="has not counted yet"):
        acme.answer(zeta.ask(reveal=True), YES)
    acme.read(zeta.answer(acme.ask()))
    for consent in (NO_CONSENT, Consent(approved_by="Kim"), Consent(marking=FREE)):
        with pytest.raises(ReleaseError):
            acme.answer(zeta.ask(reveal=True), consent)
    assert acme.log().count("refused") == 4


def test_a_partner_is_limited_and_the_next_day_it_is_not(sides):
    zeta, acme = sides
    for number in range(3):
        acme.answer(zeta.ask(f"r{number}"))
    with pytest.raises(ReleaseError, match="answers today"):
        acme.answer(zeta.ask("r4"))
    acme.day += timedelta(days=1)
    acme.answer(zeta.ask("r4"))


def test_a_search_is_refused_on_both_sides(sides, tmp_path):
    zeta, acme = sides
    rows = [
        ("iban", "", ""),
        *(("postal_address", f"{n} Example Street, Springfield", "") for n in range(MOST_VALUES + 1)),
    ]
    identifier_file(zeta.values, rows)
    with pytest.raises(InputError, match="from 1 to"):
        zeta.ask()
    question = acme.ask()
    document = json.loads(question.read_text()) | {"count": 10**6}
    question.write_text(json.dumps(document))
    with pytest.raises(ReleaseError, match="1000000 values"):
        zeta.answer(question)


def test_only_kinds_of_pay_and_goods_are_matched_and_the_rest_is_counted(sides):
    zeta, _acme = sides
    found = read_values(zeta.values)
    assert len(found.values) == 3
    assert found.left_out == {"other_kind": 1}
    assert read_values(zeta.values, ["email"]).left_out == {"other_kind": 3}
    with pytest.raises(InputError, match="no such kind"):
        read_values(zeta.values, ["name"])


def test_a_value_that_is_none_is_counted(sides):
    zeta, _acme = sides
    identifier_file(zeta.values, [("iban", "GB00 WEST", ""), ("iban", "", ""), ("shoe", "44", "")])
    found = read_values(zeta.values)
    assert found.values == []
    assert sum(found.left_out.values()) == 3
    with pytest.raises(InputError, match="Cannot ask with 0 values"):
        zeta.ask()


def test_an_answer_is_read_once_and_by_who_asked(sides):
    zeta, acme = sides
    answered = acme.answer(zeta.ask())
    with pytest.raises(InputError, match="no question of that round"):
        acme.read(answered)
    zeta.read(answered)
    with pytest.raises(InputError, match="no question of that round"):
        zeta.read(answered)


def test_what_is_no_file_of_an_exchange_is_said(sides, tmp_path):
    zeta, acme = sides
    for text in ("", "[]", "{", '{"schema": "other"}'):
        (tmp_path / "bad.json").write_text(text)
        with pytest.raises(InputError):
            acme.answer(tmp_path / "bad.json")
    with pytest.raises(InputError, match="name a round"):
        zeta.ask("a/b")
    (tmp_path / "bad.csv").write_text("a,b\n1,2\n")
    with pytest.raises(InputError, match="lacks a column"):
        read_values(tmp_path / "bad.csv")
    (tmp_path / "bad.csv").write_bytes(b"kind,value\niban,\xff\n")
    with pytest.raises(InputError, match="Cannot read"):
        read_values(tmp_path / "bad.csv")
