"""Raw rows become indicators or explained rejects, all of the real ones too."""

from collections import Counter
from datetime import UTC, datetime

import pyarrow as pa
import pytest
from tests.data.indicator_case import indicators_of, raw_rows, read_all

from bongsu.model.indicator import INDICATOR, INDICATOR_KINDS, MATCH_SCOPES
from bongsu.normalize.indicator import IndicatorMaker, disputes_of
from bongsu.normalize.warning_list import WarningLists
from bongsu.read import dispute_csv, indicator_csv, packages_csv

ROW = {"type": "domain", "value": "evil.com", "source": "s"}


def made(**more):
    (row,) = indicators_of(ROW | more).to_pylist()
    return row


def test_a_row_becomes_an_indicator():
    row = made(
        cluster="Kimsuky", context="c2", ports="443 8080", first_seen="2024-01-02", last_seen="2024-02-03"
    )
    assert (row["kind"], row["value"], row["scope"], row["disputed"]) == ("domain", "evil.com", "parents", "")
    assert (row["cluster"], row["context"], row["confidence"]) == ("Kimsuky", "c2; ports 443 8080", 50)
    assert row["first_seen"] == datetime(2024, 1, 2, tzinfo=UTC)
    assert row["last_seen"] == datetime(2024, 2, 4, tzinfo=UTC)
    assert (row["tlp"], row["locator"]) == ("TLP:AMBER", 1)


@pytest.mark.parametrize(
    ("text", "confidence"),
    [("", 50), ("80", 80), ("95%", 95), ("High", 85), ("low", 15), ("101", 50), ("?", 50)],
)
def test_confidence(text, confidence):
    assert made(confidence=text)["confidence"] == confidence


@pytest.mark.parametrize(
    ("text", "tlp"),
    [
        ("tlp:white", "TLP:CLEAR"),
        ("GREEN", "TLP:GREEN"),
        ("TLP:AMBER+STRICT", "TLP:AMBER+STRICT"),
        ("red", "TLP:RED"),
    ],
)
def test_markings(text, tlp):
    assert made(tlp=text)["tlp"] == tlp


def test_what_cannot_be_read_is_noted_and_fails_closed():
    found = IndicatorMaker(WarningLists()).make(raw_rows(ROW | {"tlp": "secret", "first_seen": "soon"}))
    (row,) = found.indicators.to_pylist()
    assert (row["tlp"], row["first_seen"]) == ("TLP:RED", None)
    assert sorted(found.rejects["rule"].to_pylist()) == ["bad_time", "bad_tlp"]


def test_bad_rows_are_rejects_that_say_where():
    rows = raw_rows(("domain", "co.kr"), ("domain", "evil.com"), ("ja3", "x"))
    found = IndicatorMaker(WarningLists()).make(rows)
    assert found.indicators["value"].to_pylist() == ["evil.com"]
    assert found.indicators["locator"].to_pylist() == [2]
    assert [(r["locator"], r["rule"]) for r in found.rejects.to_pylist()] == [
        (1, "public_suffix"),
        (3, "unknown_type"),
    ]


def test_disputes_and_lists_downgrade():
    rows = {"type": ["domain", "domain", "ip"], "value": ["Evil[.]com", "co.kr", "x"]}
    disputes, rejects = disputes_of(pa.table(rows | {"reason": ["no", "", ""], "locator": [1, 2, 3]}))
    assert rejects["locator"].to_pylist() == [3]
    popular = {**ROW, "value": "b.kr", "note": "popular:top"}
    table = indicators_of(ROW, ("domain", "www.wikipedia.org"), popular, disputes=disputes)
    assert [bool(text) for text in table["disputed"].to_pylist()] == [True, True, True]
    assert table["disputed"].to_pylist()[0] == "no"


@pytest.fixture(scope="module")
def espionage(real_data):
    return real_data / "espionage"


@pytest.mark.parametrize(
    ("reader", "file", "rows"),
    [(indicator_csv, "indicators.csv", 31_234), (packages_csv, "packages.csv", 583)],
)
def test_all_real_rows_load(espionage, reader, file, rows):
    raw, rejects = read_all(reader, espionage / file)
    found = IndicatorMaker(WarningLists()).make(raw)
    assert (raw.num_rows, rejects.num_rows) == (rows, 0)
    assert found.rejects.to_pylist() == []
    assert found.indicators.num_rows == rows
    assert found.indicators.schema.equals(INDICATOR)
    assert set(found.indicators["kind"].to_pylist()) <= set(INDICATOR_KINDS)
    assert set(found.indicators["scope"].to_pylist()) <= set(MATCH_SCOPES)


def test_real_rows_by_kind_are_those_of_the_read_me(espionage):
    raw, _ = read_all(indicator_csv, espionage / "indicators.csv")
    kinds = Counter(IndicatorMaker(WarningLists()).make(raw).indicators["kind"].to_pylist())
    assert kinds == {
        "domain": 24_057, "md5": 2_813, "sha256": 777, "sha1": 776, "ipv4": 690, "url": 977,
        "package_alias": 387, "email": 379, "file_name_regex": 191, "url_path": 187,
    }  # fmt: skip


def test_every_shared_host_of_the_real_rows_is_whole_host_only(espionage):
    raw, _ = read_all(indicator_csv, espionage / "indicators.csv")
    scopes = IndicatorMaker(WarningLists()).make(raw).indicators["scope"].to_pylist()
    noted = [scope for scope, note in zip(scopes, raw["note"].to_pylist(), strict=True) if note]
    assert len(noted) == 2_050
    assert noted.count("parents") <= 4  # popular:, which are disputed instead


def test_disputed_rows_all_load(espionage):
    raw, _ = read_all(dispute_csv, espionage / "disputed.csv")
    disputes, rejects = disputes_of(raw)
    assert rejects.num_rows == 0
    assert len(disputes) == raw.num_rows - 1  # co.kr is a public suffix
