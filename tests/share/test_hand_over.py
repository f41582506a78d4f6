"""Files that are handed on."""

import csv
import io
import json

import pytest

from bongsu.errors import ReleaseError
from bongsu.share.hand_over import (
    HUNTED,
    INDICATOR_COLUMNS,
    handed_over,
    indicator_table,
    wallet_lead,
    write_hand_over,
)

ROW = {"sha256": "a" * 64, "locator": 3}


def one(type_, value, **more):
    plain = {"chain": "", "flags": ["O05"], "why": ["4 people."], "confidence": 60, "evidence": [ROW]}
    return plain | {"type": type_, "value": value, "first_seen": "2026-01-02", "last_seen": None} | more


def document(*cases):
    return {
        "made": "2026-03-01T00:00:00+00:00",
        "marking": {"tlp": "TLP:AMBER", "releasable_to": ["kr"]},
        "referrals": [
            {"subject": f"secret-{n}", "identifiers": list(found)} for n, found in enumerate(cases)
        ],
        "networks": [{"referred": ["secret-0"], "things": [{"kind": "ip", "value": "8.8.8.8"}]}],
    }


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_the_columns_are_those_that_hunt_reads():
    assert ",".join(INDICATOR_COLUMNS) == (
        "type,value,cluster,context,reference,source,first_seen,last_seen,confidence,tlp,note"
    )
    (row,) = rows_of(indicator_table(document([one("ipv4", "8.8.8.8")])))
    assert tuple(row) == INDICATOR_COLUMNS
    assert row["cluster"].startswith("network-")
    assert (row["type"], row["value"], row["confidence"], row["tlp"]) == (
        "ipv4",
        "8.8.8.8",
        "60",
        "TLP:AMBER",
    )
    assert (row["first_seen"], row["last_seen"]) == ("2026-01-02", "")
    assert row["reference"] == "sha256:aaaaaaaaaaaa:3"
    assert row["source"].startswith("bongsu screen 2026-03-01")
    assert "O05" in row["context"]


def test_wallets_go_to_the_lead_and_the_rest_to_the_indicators():
    kinds = ["wallet", *sorted(HUNTED)]
    made = document([one(kind, f"{kind}-value") for kind in kinds])
    assert {row["type"] for row in rows_of(indicator_table(made))} == HUNTED
    lead = wallet_lead(made)
    assert [wallet["address"] for wallet in lead["wallets"]] == ["wallet-value"]
    assert (lead["schema"], lead["marking"]) == ("bongsu.lead/1", made["marking"])
    assert lead["wallets"][0]["evidence"] == [ROW]


def test_two_cases_tell_one_identifier_once():
    later = one(
        "email", "x@y.example", flags=["I01"], why=["Another."], confidence=75, last_seen="2026-02-02"
    )
    found = handed_over(document([one("email", "x@y.example")], [later]))
    (joined,) = found
    assert (joined["flags"], joined["confidence"]) == (["I01", "O05"], 75)
    assert (joined["first_seen"], joined["last_seen"]) == ("2026-01-02", "2026-02-02")
    assert (joined["why"], joined["evidence"]) == (["4 people.", "Another."], [ROW])


def test_no_subject_leaves_and_no_cell_is_a_formula(tmp_path):
    made = document([one("email", "=cmd@y.example"), one("wallet", "0xab", chain="eip155:*")])
    names = write_hand_over(made, tmp_path, recipient="kr")
    texts = [(tmp_path / name).read_text() for name in names]
    assert not any("secret" in text for text in texts)
    assert rows_of(texts[1])[0]["value"] == "'=cmd@y.example"
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}
    assert json.loads(texts[0])["wallets"][0]["chain"] == "eip155:*"


def test_release_is_asked(tmp_path):
    with pytest.raises(ReleaseError):
        write_hand_over(document([one("email", "x@y.example")]), tmp_path, recipient="us")
    assert list(tmp_path.iterdir()) == []
