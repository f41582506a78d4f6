"""Lists of sanctioned addresses."""

import gzip

import pytest

from bongsu.model.asset import BITCOIN, ETHEREUM, TRON
from bongsu.read.ofac_list import read, sniff
from bongsu.read.sniff import read_head

THIEF = "0x098B716B8Aaf21512996dC57EB0615e2383E2f96"


def test_coin_comes_from_the_name(tmp_path):
    path = tmp_path / "sanctioned_addresses_ETH.txt"
    path.write_text(f"{THIEF}\n\nnot-an-address-but-long-enough\n")
    (batch,) = read(path, license_name="public domain")
    (label,) = batch.labels.to_pylist()
    assert (label["chain"], label["category"], label["address"]) == (ETHEREUM, "sanctioned", THIEF.lower())
    assert label["license"] == "public domain"
    assert [(r["locator"], r["rule"]) for r in batch.rejects.to_pylist()] == [(3, "bad_address")]


def test_token_lists_mix_chains(tmp_path):
    path = tmp_path / "sanctioned_addresses_USDT.txt"
    path.write_text(f"{THIEF}\nTR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t\n")
    (batch,) = read(path)
    assert batch.labels["chain"].to_pylist() == ["eip155:*", TRON]


@pytest.mark.parametrize(
    ("name", "text", "fits"),
    [
        ("sanctioned_addresses_ETH.txt", THIEF + "\n", True),
        ("sanctioned_addresses_ETH.txt", THIEF, True),
        ("sanctioned_addresses_ETH.txt.gz", THIEF + "\n", True),
        ("sanctioned_addresses_ETH.txt", "address,label\n", False),
        ("addresses.txt", THIEF + "\n", False),
    ],
)
def test_sniff(tmp_path, name, text, fits):
    path = tmp_path / name
    path.write_bytes(gzip.compress(text.encode()) if name.endswith("gz") else text.encode())
    assert sniff(path, read_head(path)) is fits


def test_real_lists(onchain):
    path = onchain / "labels" / "ofac" / "sanctioned_addresses_XBT.txt"
    assert sniff(path, read_head(path))
    (batch,) = read(path)
    assert batch.labels.num_rows == 434
    assert set(batch.labels["chain"].to_pylist()) == {BITCOIN}
    (reject,) = batch.rejects.to_pylist()
    assert "TUCsTq7T" in reject["message"]
