import hashlib

import pyarrow as pa
import pytest
from tests.data.ledger_rows import told

from bongsu.app.jobs.ledger_import import import_files, seal_import
from bongsu.app.jobs.ledger_open import open_for_trace, sample_ledger
from bongsu.app.jobs.ledger_plan import ImportRequest
from bongsu.errors import FactsError, LedgerError
from bongsu.facts.load import load_movements
from bongsu.facts.movement import movement_path
from bongsu.model.asset import ETHER
from bongsu.model.label import LABEL
from bongsu.store.label import write_labels
from bongsu.store.manifest import load_manifest, save_manifest

INCIDENT = "atomic-wallet-2023"
A, B = "0x" + "1" * 40, "0x" + "2" * 40
RAW = "The amounts are transfers in base units of their assets, as the imported files state them."
COLUMNS = {"from": "from", "to": "to", "value": "value"}


def imported(folder, name, unit, *values, **request):
    """Path of a sealed ledger of payments from A to B."""
    path = folder / name
    path.write_text("from,to,value\n" + "".join(f"{A},{B},{value}\n" for value in values))
    asked = ImportRequest(format="flows", columns=COLUMNS, unit=unit, **request)
    list(import_files([path], folder / "ledger", asked))
    seal_import(folder / "ledger")
    return folder / "ledger"


def test_an_imported_ledger_says_what_it_is_and_from_which_files(tmp_path):
    folder = imported(tmp_path, "flows.csv", "ETH", "1.5", "-1", "x", "2", license="CC0")
    found = open_for_trace(folder)
    assert found.statement == {
        "name": "ledger",
        "valuation": False,
        "statement": RAW,
        "license": "CC0",
        "files": [
            {
                "sha256": hashlib.sha256((tmp_path / "flows.csv").read_bytes()).hexdigest(),
                "name": "flows.csv",
                "format": "flows",
                "rows_in": 4,
                "rows_kept": 2,
                "rejects": 2,
            }
        ],
    }
    assert found.assets == {ETHER.id: ETHER}
    assert found.rejects == {"bad_amount": 1, "negative_amount": 1}
    assert (found.sample, found.labels) == (False, ())


def test_licenses_are_each_said_once(tmp_path):
    for name, words in (("a.csv", "MIT"), ("b.csv", "CC0"), ("c.csv", "MIT"), ("d.csv", "")):
        folder = imported(tmp_path, name, "ETH", str(ord(name[0])), license=words)
    assert open_for_trace(folder).statement["license"] == "CC0; MIT"
    assert open_for_trace(imported(tmp_path / "ledger", "e.csv", "ETH", "5")).statement["license"] is None


@pytest.mark.parametrize(
    ("unit", "named", "symbol", "decimals", "valued"),
    [
        ("USD", "iso4217:USD", "USD", 2, True),
        ("KRW", "iso4217:KRW", "KRW", 0, True),
        ("USD:4", "iso4217:USD", "USD", 4, True),
        ("POINTS:6", "unit:POINTS", "POINTS", 6, False),
    ],
)
def test_the_unit_of_an_import_is_the_asset(tmp_path, unit, named, symbol, decimals, valued):
    found = open_for_trace(imported(tmp_path, "flows.csv", unit, "7"))
    (asset,) = found.assets.values()
    assert asset.id == f"eip155:1/{named}"
    assert (asset.symbol, asset.decimals, asset.valuation) == (symbol, decimals, valued)
    (amount,) = found.ledger.movements()["amount"].to_pylist()
    assert amount == 7 * 10**decimals, "as many decimals as the import gave it"
    assert found.statement["valuation"] is valued
    assert ("values in a currency" in found.statement["statement"]) is valued


def test_one_asset_in_units_of_two_sizes_is_refused(tmp_path):
    imported(tmp_path, "cents.csv", "USD", "1")
    imported(tmp_path, "more.csv", "usd", "2")
    folder = imported(tmp_path, "other.csv", "EUR", "3")
    assert len(open_for_trace(folder).assets) == 2
    manifest = load_manifest(folder)  # an import refuses what this ledger of older days has
    manifest.sources[0].options["unit"] += ":4"
    save_manifest(folder, manifest)
    with pytest.raises(LedgerError, match="in units of different size") as caught:
        open_for_trace(folder)
    assert "--unit" in caught.value.hint


def test_a_coin_has_the_name_of_its_chain(tmp_path):
    (asset,) = open_for_trace(imported(tmp_path, "flows.csv", "ETH", "1", chain="eip155:56")).assets.values()
    assert (asset.id, asset.symbol) == ("eip155:56/slip44:714", "BNB")


def test_a_token_has_no_name_of_its_own(tmp_path):
    """Anyone can call a token USDT: only facts name one."""
    found = open_for_trace(imported(tmp_path, "flows.csv", "0x" + "ab" * 20 + ":6", "1"))
    assert found.assets == {}
    assert found.statement["valuation"] is False


def test_the_labels_of_a_ledger_come_with_it(tmp_path):
    folder = imported(tmp_path, "flows.csv", "ETH", "1")
    row = {
        "chain": "eip155:1", "address": B, "name": "mine", "category": "exchange", "entity": "",
        "source": "my list", "confidence": 40, "valid_from": None, "valid_to": None, "license": "",
    }  # fmt: skip
    write_labels(folder, pa.Table.from_pylist([row], schema=LABEL), source="0" * 64)
    (label,) = open_for_trace(folder).labels
    assert (label.address, label.name, label.confidence) == (B, "mine", 40)


def test_no_ledger_is_refused(tmp_path):
    with pytest.raises(LedgerError) as caught:
        open_for_trace(tmp_path / "none")
    assert caught.value.hint


def test_the_sample_says_what_it_is_not():
    found = sample_ledger(INCIDENT)
    transfers = load_movements(INCIDENT)
    assert found.sample
    assert found.statement["valuation"] is True
    for part in ("USD estimates", "not raw transfers", "principal movements only", "an exercise"):
        assert part in found.statement["statement"]
    assert "MFTracer" in found.statement["license"]
    assert len(found.ledger.movements()) == transfers.num_rows
    (asset,) = found.assets.values()
    assert (asset.id, asset.decimals, asset.valuation) == ("eip155:1/iso4217:USD", 2, True)


def test_the_evidence_of_the_sample_is_the_file_that_ships():
    found = sample_ledger(INCIDENT)
    digest = hashlib.sha256(movement_path(INCIDENT).read_bytes()).hexdigest()
    (source,) = found.ledger.sources
    (file,) = found.statement["files"]
    assert source.sha256 == file["sha256"] == digest
    assert file["rows_in"] == file["rows_kept"] == load_movements(INCIDENT).num_rows
    lines = movement_path(INCIDENT).read_text().splitlines()[1:]
    for move in told(found.ledger).to_pylist():
        tx, *_rest, cents = lines[move["locator"] - 1].split(",")
        assert (move["tx_hash"], move["amount"]) == (tx, int(cents)), "the locator counts rows from 1"


def test_no_sample_is_invented():
    with pytest.raises(FactsError):
        sample_ledger("ronin-2022")
