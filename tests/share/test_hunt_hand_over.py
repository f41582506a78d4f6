import csv
import io

import pytest

from bongsu.errors import ReleaseError
from bongsu.share.hunt_hand_over import listed_table, wallet_lead, write_hunt_hand_over

WALLET = "wallet eip155:1/0x00000000000000000000000000000000000000aa"


def sighting(rule, **told):
    return {
        "kind": "indicator", "rule": rule, "alert": True, "source": "a@1", "clusters": ["a: Kimsuky"],
        "why": ["w"],
        "confidence": 55, "first": None, "last": None, "host": "victim-host", "user": "victim-user",
        "evidence": [{"sha256": "a" * 64, "locator": "7", "file": "victim.log", "what": "victim-text"}],
    } | told  # fmt: skip


def document(*sightings):
    return {
        "made": "2026-03-03T00:00:00+00:00",
        "marking": {"tlp": "TLP:AMBER", "releasable_to": ["cert"]},
        "sightings": list(sightings),
    }


def test_wallets_are_a_lead_that_names_their_chain():
    lead = wallet_lead(document(sighting(WALLET), sighting("wallet 0xno-chain")))
    (wallet,) = lead["wallets"]
    assert (wallet["chain"], wallet["address"][-2:], wallet["cluster"]) == ("eip155:1", "aa", "a: Kimsuky")
    assert lead["marking"]["tlp"] == "TLP:AMBER"


def test_identifiers_are_a_list_for_screening():
    found = document(
        sighting("email b@evil.com"), sighting("email b@evil.com"), sighting("ipv4 192.0.2.7"),
        sighting("handle github/maker"), sighting("sha256 " + "0" * 64),
        sighting("domain evil.com", alert=False),
        sighting("domain evil.com", kind="detection"),
    )  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(listed_table(found))))
    assert [(row["thing"], row["value"], row["namespace"]) for row in rows] == [
        ("email", "b@evil.com", ""),
        ("handle", "maker", "github"),
        ("ip", "192.0.2.7", ""),
    ]


def test_nothing_of_the_victim_leaves(tmp_path):
    names = write_hunt_hand_over(
        document(sighting(WALLET), sighting("domain evil.com")), tmp_path, recipient="cert"
    )
    text = "".join((tmp_path / name).read_text() for name in names)
    assert "victim" not in text
    assert all((tmp_path / name).stat().st_mode & 0o077 == 0 for name in names)


def test_it_goes_to_whom_the_marking_lets_it(tmp_path):
    with pytest.raises(ReleaseError):
        write_hunt_hand_over(document(), tmp_path, recipient="other")
    assert list(tmp_path.iterdir()) == []
