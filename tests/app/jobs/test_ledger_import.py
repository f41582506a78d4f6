"""Import into a ledger: real data, repeated, permuted, killed, and bad."""

import csv
import errno
import gzip
import json
import os
import subprocess
import sys
from itertools import permutations

import pyarrow.compute as pc
import pytest

from bongsu.app.jobs import ledger_import
from bongsu.app.jobs.ledger_import import import_files, seal_import
from bongsu.app.jobs.ledger_plan import ImportRequest
from bongsu.errors import InputError, LedgerError
from bongsu.store import durable
from bongsu.store.ledger import open_ledger
from bongsu.store.lock import locked
from bongsu.store.manifest import load_manifest
from bongsu.store.part import PartWriter

FLOWS = {"from": "a", "to": "b", "value": "usd"}
MFTRACER = {
    "tx": "Tx_hash", "block": "Block", "time": "Timestamp",
    "from": "From", "to": "To", "value": "Value_in_USD",
}  # fmt: skip
BITCOIN = "bip122:000000000019d6689c085ae165831e93"


def holder(number):
    return f"0x{number:040x}"


def flows(folder, *, name="flows.csv", count=47):
    """A file of flows, some of them bad."""
    lines = [f"{holder(n)},{holder(n + 1)},{-n if n % 9 == 5 else n}.00" for n in range(count)]
    (folder / name).write_text("\n".join(["a,b,usd", *lines, ""]))
    return folder / name


def run(paths, ledger, **options):
    request = ImportRequest(
        **{"format": "flows", "columns": FLOWS, "unit": "USD", "batch_rows": 10, **options}
    )
    return list(import_files(paths, ledger, request))


def content(ledger):
    """Every file of the ledger but its lock."""
    return {
        str(path.relative_to(ledger)): path.read_bytes()
        for path in sorted(ledger.rglob("*"))
        if path.is_file() and path.name != "lock"
    }


def sealed(ledger):
    folder = seal_import(ledger).sealed["folder"]
    return {name: data for name, data in content(ledger).items() if name.startswith(folder)}


def test_rows_are_counted_and_kept(tmp_path):
    (found,) = run([flows(tmp_path)], tmp_path / "ledger")
    record = found.record
    assert (record.rows_in, record.rows_kept, record.transfers) == (47, 41, 41)
    assert (record.rejects, record.set_aside) == ({"negative_amount": 5}, {"zero_value": 1})
    assert record.first_rejects["negative_amount"].startswith("6: ")
    assert len([name for name in record.files if name.startswith("parts/")]) == 5
    seal_import(tmp_path / "ledger")
    assert open_ledger(tmp_path / "ledger").movements().num_rows == 41


def test_same_content_again_is_nothing(tmp_path):
    path = flows(tmp_path)
    run([path], tmp_path / "ledger")
    seal_import(tmp_path / "ledger")
    before = content(tmp_path / "ledger")
    (found,) = run([path.rename(tmp_path / "renamed.csv")], tmp_path / "ledger")
    seal_import(tmp_path / "ledger")
    assert found.known
    assert content(tmp_path / "ledger") == before


def test_longer_export_under_another_name_adds_only_what_is_new(tmp_path):
    run([flows(tmp_path, count=20)], tmp_path / "ledger")
    with pytest.raises(InputError, match="other content under this name"):
        run([flows(tmp_path, count=30)], tmp_path / "ledger")
    run([(tmp_path / "flows.csv").rename(tmp_path / "longer.csv")], tmp_path / "ledger")
    counts = seal_import(tmp_path / "ledger").sealed["counts"]
    assert (counts["rows"], counts["movements"]) == (17 + 26, 26)


def test_replace_drops_what_the_name_held_before(tmp_path):
    run([flows(tmp_path, count=20)], tmp_path / "ledger")
    run([flows(tmp_path, count=30)], tmp_path / "ledger", replace=True)
    alone = tmp_path / "alone"
    run([tmp_path / "flows.csv"], alone)
    seal_import(alone)
    seal_import(tmp_path / "ledger")
    assert content(tmp_path / "ledger") == content(alone)


def test_same_content_with_other_options_is_refused_or_replaced(tmp_path):
    path = flows(tmp_path)
    run([path], tmp_path / "ledger")
    with pytest.raises(InputError, match="other options"):
        run([path], tmp_path / "ledger", unit="EUR")
    (found,) = run([path], tmp_path / "ledger", unit="EUR", replace=True)
    assert list(found.record.sums) == ["eip155:1/iso4217:EUR"]
    assert len(load_manifest(tmp_path / "ledger").sources) == 1


def test_source_that_is_read_again_is_out_until_it_is_whole(tmp_path, monkeypatch):
    path = flows(tmp_path)
    run([path], tmp_path / "ledger")
    write = PartWriter.write

    def stop(self, number, batch, made):
        if number == 2:
            raise KeyboardInterrupt
        return write(self, number, batch, made)

    with monkeypatch.context() as patched:
        patched.setattr(PartWriter, "write", stop)
        with pytest.raises(KeyboardInterrupt):
            run([path], tmp_path / "ledger", unit="EUR", replace=True)
    assert load_manifest(tmp_path / "ledger").sources == []
    assert seal_import(tmp_path / "ledger").sealed["counts"]["movements"] == 0
    run([path], tmp_path / "ledger", unit="EUR")
    run([path], tmp_path / "alone", unit="EUR")
    assert sealed(tmp_path / "ledger") == sealed(tmp_path / "alone")


def test_writer_keeps_others_out(tmp_path):
    with locked(tmp_path / "ledger"), pytest.raises(LedgerError, match="another process"):
        run([flows(tmp_path)], tmp_path / "ledger")


def test_file_that_changes_meanwhile_is_refused(tmp_path, monkeypatch):
    path = flows(tmp_path)
    normalizer = ledger_import.load_normalizer("flows")

    def meddle(batch, context):
        path.write_text(path.read_text() + "x\n")
        return normalizer(batch, context)

    monkeypatch.setattr(ledger_import, "load_normalizer", lambda name: meddle)
    with pytest.raises(InputError, match="changed while"):
        run([path], tmp_path / "ledger")


def test_full_disk_leaves_whole_batches_and_the_import_resumes(tmp_path, monkeypatch):
    path = flows(tmp_path)
    run([path], tmp_path / "alone")
    flush, calls = durable.flush, []

    def full(target):
        calls.append(target)
        if len(calls) > 9:
            raise OSError(errno.ENOSPC, "No space left on device")
        flush(target)

    with monkeypatch.context() as patched:
        patched.setattr(durable, "flush", full)
        with pytest.raises(LedgerError, match="No space left on device"):
            run([path], tmp_path / "ledger")
    left = content(tmp_path / "ledger")
    assert left
    assert left.items() < content(tmp_path / "alone").items()
    run([path], tmp_path / "ledger")
    assert content(tmp_path / "ledger") == content(tmp_path / "alone")


KILLED = """
import os, signal, sys
from pathlib import Path
from bongsu.app.jobs.ledger_import import import_files, seal_import
from bongsu.app.jobs.ledger_plan import ImportRequest
from bongsu.store import durable, seal_folder
path, ledger, moment = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
flush, calls = durable.flush, []
def die(target):
    calls.append(target)
    if len(calls) == moment:
        os.kill(os.getpid(), signal.SIGKILL)
    flush(target)
durable.flush = seal_folder.flush = die
columns = {"from": "a", "to": "b", "value": "usd"}
list(import_files([path], ledger, ImportRequest(format="flows", columns=columns, unit="USD", batch_rows=10)))
seal_import(ledger)
"""


@pytest.mark.parametrize("moment", [1, 2, 4, 7, 18, 19, 20, 22, 25, 26])
def test_killed_at_any_moment_and_run_again_it_is_as_if_never_killed(tmp_path, moment):
    path = flows(tmp_path)
    run([path], tmp_path / "alone")
    seal_import(tmp_path / "alone")
    command = [sys.executable, "-c", KILLED, str(path), str(tmp_path / "ledger"), str(moment)]
    assert subprocess.run(command, check=False, env=dict(os.environ)).returncode == -9
    run([path], tmp_path / "ledger")
    seal_import(tmp_path / "ledger")
    assert content(tmp_path / "ledger") == content(tmp_path / "alone")


def test_batch_that_a_kill_left_behind_does_not_overtake_an_earlier_one(tmp_path):
    path = flows(tmp_path)
    run([path], tmp_path / "alone")
    run([path], tmp_path / "ledger")
    (tmp_path / "ledger" / "manifest.json").unlink()
    for batch in (0, 2):  # both hold rejects; the next ones are found
        next((tmp_path / "ledger" / "parts").glob(f"*-{batch:05}.parquet")).unlink()
    run([path], tmp_path / "ledger")
    assert content(tmp_path / "ledger") == content(tmp_path / "alone")


TOKENS = (
    "Txhash,Blockno,UnixTimestamp,DateTime (UTC),From,To,"
    "TokenValue,USDValueDayOfTx,ContractAddress,TokenName,TokenSymbol"
)
USDT, FAKE = "0xdac17f958d2ee523a2206206994597c13d831ec7", "0x" + "f" * 40


def test_token_export_uses_the_decimals_of_genuine_tokens_and_refuses_others(tmp_path):
    row = f"0x{1:064x},17000000,1680000000,2023-03-28 10:40:00,{holder(1)},{holder(2)},1.5,$1.50"
    (tmp_path / "t.csv").write_text(f"{TOKENS}\n{row},{USDT},Tether,USDT\n{row},{FAKE},Tether,USDT\n")
    (found,) = run([tmp_path / "t.csv"], tmp_path / "ledger", format="", columns={}, unit="")
    assert found.record.sums == {f"eip155:1/erc20:{USDT}": "1500000"}
    assert found.record.rejects == {"unknown_decimals": 1}


def test_cut_off_file_keeps_the_rows_before(tmp_path):
    data = gzip.compress(flows(tmp_path, count=20_000).read_bytes())
    (tmp_path / "flows.csv.gz").write_bytes(data[: len(data) * 3 // 4])
    (found,) = run([tmp_path / "flows.csv.gz"], tmp_path / "ledger", batch_rows=1000)
    assert found.record.rejects["truncated_file"] == 1
    assert 5_000 < found.record.rows_in < 20_000


def etl(onchain, *names):
    folder = onchain / "ethereum-etl" / "blocks_17173049_17173050"
    return [folder / f"expected_{name}.json.gz" for name in names]


def test_order_of_import_of_real_blocks_does_not_show(onchain, tmp_path):
    paths = etl(onchain, "blocks", "token_transfers", "transactions")
    found = []
    for number, order in enumerate(permutations(paths)):
        run(order, tmp_path / str(number), format="", columns={}, unit="")
        found.append(sealed(tmp_path / str(number)))
    assert all(one == found[0] for one in found)
    ledger = open_ledger(tmp_path / "0")
    kinds = {one["values"]: one["counts"] for one in ledger.movements()["kind"].value_counts().to_pylist()}
    assert kinds == {"native": 127, "base_fee": 298, "fee": 293, "token": 288, "reward": 32}
    assert set(pc.unique(ledger.movements()["tie"]).to_pylist()) == {0}


def test_file_by_file_gives_the_same_if_blocks_come_first(onchain, tmp_path):
    paths = etl(onchain, "blocks", "transactions", "token_transfers")
    run(paths, tmp_path / "at once", format="", columns={}, unit="")
    for path in paths:
        run([path], tmp_path / "one by one", format="", columns={}, unit="")
        seal_import(tmp_path / "one by one")
    assert sealed(tmp_path / "at once") == sealed(tmp_path / "one by one")


def test_transactions_are_read_again_once_base_fees_are_known(onchain, tmp_path):
    blocks, transactions = etl(onchain, "blocks", "transactions")
    run([transactions], tmp_path / "late", format="", columns={}, unit="")
    (late,) = run([blocks], tmp_path / "late", format="", columns={}, unit="")
    assert "expected_transactions.json.gz" in late.notes[0]
    (again,) = run([transactions], tmp_path / "late", format="", columns={}, unit="")
    assert not again.known
    run([blocks, transactions], tmp_path / "early", format="", columns={}, unit="")
    assert sealed(tmp_path / "late") == sealed(tmp_path / "early")


def as_csv(path, folder):
    """The same rows in the other format of the same tool."""
    with gzip.open(path, "rt") as file:
        rows = [json.loads(line) for line in file]
    names = [name for name in rows[0] if not isinstance(rows[0][name], list)]
    with (folder / (path.name + ".csv")).open("w", newline="") as file:
        writer = csv.DictWriter(file, names, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return folder / (path.name + ".csv")


def test_same_rows_as_json_and_as_csv_count_once(onchain, tmp_path):
    paths = etl(onchain, "blocks", "transactions", "token_transfers")
    run(paths, tmp_path / "json", format="", columns={}, unit="")
    run(
        [*paths, *(as_csv(path, tmp_path) for path in paths[1:])],
        tmp_path / "both",
        format="",
        columns={},
        unit="",
    )
    once, both = (seal_import(tmp_path / name).sealed["counts"] for name in ("json", "both"))
    assert (once["rows"], both["rows"]) == (1038, 2 * 1038 - 32)
    assert once["movements"] == both["movements"] == 1038
    one, other = (open_ledger(tmp_path / name) for name in ("json", "both"))
    own = [name for name in one.movements().column_names if name not in {"file", "locator"}]
    assert one.movements().select(own).equals(other.movements().select(own))
    assert one.pools().equals(other.pools())


def test_real_exports_that_overlap_count_once(onchain, tmp_path):
    folder = onchain / "bridges_xchainwatcher" / "nomad"
    whole = sorted(folder.glob("etherscan-export_*.csv.gz"))[-1]
    lines = gzip.decompress(whole.read_bytes()).splitlines(keepends=True)
    parts = [tmp_path / "first.csv", tmp_path / "second.csv"]
    parts[0].write_bytes(b"".join(lines[:900]))
    parts[1].write_bytes(lines[0] + b"".join(lines[700:]))
    run([whole], tmp_path / "whole", format="", columns={}, unit="")
    run(parts, tmp_path / "parts", format="", columns={}, unit="")
    for name in ("whole", "parts"):
        seal_import(tmp_path / name)
    one, other = (open_ledger(tmp_path / name).gaps().drop(["locator"]) for name in ("whole", "parts"))
    assert one.num_rows > 20_000
    assert one.equals(other)


@pytest.mark.parametrize(
    ("name", "rows"), [("atomic_wallet_2023", 1080), ("lifi_2024", 135), ("xscam_2022", 1307)]
)
def test_published_flows_are_all_kept(onchain, tmp_path, name, rows):
    path = onchain / "mftracer" / name / "flow records.csv"
    (found,) = run([path], tmp_path / "ledger", columns=MFTRACER)
    assert (found.record.rows_in, found.record.rows_kept) == (rows, rows)
    assert seal_import(tmp_path / "ledger").sealed["counts"]["movements"] == rows


def test_published_theft_is_exact_to_the_satoshi_in_the_sealed_ledger(onchain, tmp_path):
    path = onchain / "bitfinex_2016" / "bitfinex_tx_dataset.csv"
    columns = {"tx": "txid", "from": "from", "to": "to", "value": "amount"}
    run([path], tmp_path / "ledger", columns=columns, unit="BTC", chain=BITCOIN)
    seal_import(tmp_path / "ledger")
    movements = open_ledger(tmp_path / "ledger").movements()
    assert (movements.num_rows, pc.sum(movements["amount"]).as_py()) == (2072, 11_975_662_032_288)
    assert set(movements["tie"].to_pylist()) == {1}


def test_correction_that_was_imported_beside_replaces_when_it_is_asked_to(tmp_path):
    old = flows(tmp_path, count=20)
    run([old], tmp_path / "ledger")
    run([flows(tmp_path, name="b.csv", count=30)], tmp_path / "ledger")
    new = (tmp_path / "b.csv").rename(old)
    (found,) = run([new], tmp_path / "ledger", replace=True)
    assert found.known
    assert "dropped" in found.notes[0]
    run([new], tmp_path / "alone")
    assert sealed(tmp_path / "ledger") == sealed(tmp_path / "alone")
    assert len(list((tmp_path / "ledger" / "parts").iterdir())) == 3


def test_notes_say_that_there_was_nothing_to_do_or_nothing_in_it(tmp_path):
    (empty,) = run([flows(tmp_path, count=0)], tmp_path / "ledger")
    assert (empty.record.rows_in, empty.notes) == (0, ["the file has no rows"])
    (again,) = run([(tmp_path / "flows.csv").rename(tmp_path / "other.csv")], tmp_path / "ledger")
    assert again.notes == ["the ledger has this content, as flows.csv: nothing to do"]


def test_folder_of_other_files_is_left_alone(tmp_path):
    with pytest.raises(LedgerError, match="other files"):
        run([flows(tmp_path)], tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["flows.csv"]
