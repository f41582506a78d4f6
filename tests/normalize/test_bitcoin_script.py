import csv
import gzip

import pyarrow as pa
import pytest

from bongsu.normalize.bitcoin_script import script_address, script_addresses
from bongsu.read import bitcoin_block

KEY_HASH = "62e907b15cbf27d5425399ebf6f0fb50ebb88f18"


@pytest.mark.parametrize(
    ("script", "address"),
    [
        (f"76a914{KEY_HASH}88ac", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"),
        # BIP 173, BIP 350: P2WPKH, P2WSH, P2TR, versions 16 and 2.
        ("0014751e76e8199196d454941c45d1b3a323f1433bd6", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"),
        (
            "00201863143c14c5166804bd19203356da136c985678cd4d27a1b8c6329604903262",
            "bc1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3qccfmv3",
        ),
        (
            "512079be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798",
            "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
        ),
        ("6002751e", "bc1sw50qgdz25j"),
        ("5210751e76e8199196d454941c45d1b3a323", "bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs"),
        ("41" + "04" * 65 + "ac", None),  # P2PK, uncompressed
        ("21" + "02" * 33 + "ac", None),  # P2PK, compressed
        ("6a0568656c6c6f", None),  # OP_RETURN
        (f"76a914{KEY_HASH}88", None),
        (f"76a914{KEY_HASH}88ad", None),
        (f"a914{KEY_HASH}88", None),
        ("0015751e76e8199196d454941c45d1b3a323f1433bd600", None),  # version 0 with 21 bytes
        ("5101aa", None),
        ("5129" + "00" * 41, None),
        ("61" + "02751e", None),
        ("", None),
        ("51", None),
    ],
)
def test_address_of_a_script(script, address):
    assert script_address(bytes.fromhex(script)) == address


def test_a_column_of_scripts():
    pay = bytes.fromhex("6002751e")
    column = pa.array([pay, None, b"\x6a", pay], pa.binary())
    assert script_addresses(column).to_pylist() == ["bc1sw50qgdz25j", None, None, "bc1sw50qgdz25j"]


def test_real_outputs_have_the_addresses_that_another_parser_found(onchain):
    folder = onchain / "bitcoin_raw_blocks"
    with gzip.open(folder / "parsed_outputs.csv.gz", "rt") as file:
        expected = {(r["txid"], int(r["index"])): r["address"] or None for r in csv.DictReader(file)}
    found = {}
    for path in folder.iterdir():
        if "block" in path.name:
            for batch in bitcoin_block.read(path, batch_rows=10**6):
                for row in batch.rows.to_pylist():
                    scripts = pa.array([o["script"] for o in row["outputs"]], pa.binary())
                    addresses = script_addresses(scripts).to_pylist()
                    found |= {(row["hash"], n): address for n, address in enumerate(addresses)}
    assert len(found) == 14_904
    assert found == expected
