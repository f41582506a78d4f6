import json

import pytest
from tests.data.indicator_case import read_all

from bongsu.read import screen_handover
from bongsu.read.sniff import read_head

SCREEN = json.dumps(
    {
        "schema": "bongsu.screen/1",
        "marking": {"tlp": "TLP:AMBER"},
        "hand_over": {
            "wallets": ["0x" + "ab" * 20],
            "addresses": ["91.2.3.4"],
            "domains": ["evil.kr"],
            "teeth": ["x"],
        },
    }
)


def test_what_a_screening_hands_over_is_read(tmp_path):
    path = tmp_path / "screen.json"
    path.write_text(SCREEN)
    assert screen_handover.sniff(path, read_head(path))
    rows, rejects = read_all(screen_handover, path)
    assert rows.select(["type", "value", "confidence", "tlp", "cluster", "locator"]).to_pylist() == [
        {
            "type": kind,
            "value": value,
            "confidence": "30",
            "tlp": "TLP:AMBER",
            "cluster": None,
            "locator": place,
        }
        for place, (kind, value) in enumerate(
            [("wallet", "0x" + "ab" * 20), ("ip", "91.2.3.4"), ("domain", "evil.kr")], start=1
        )
    ]
    assert rejects.select(["locator", "rule"]).to_pylist() == [{"locator": 4, "rule": "unknown_type"}]


@pytest.mark.parametrize("found", [{}, [], {"hand_over": 1}, {"hand_over": {"domains": 5}, "marking": 7}])
def test_odd_documents_break_nothing(tmp_path, found):
    path = tmp_path / "screen.json"
    path.write_text(json.dumps(found))
    assert list(screen_handover.read(path)) == []
