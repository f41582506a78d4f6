"""What an import is to do with each file."""

import hashlib

import pytest

from bongsu.app.jobs.ledger_plan import ImportRequest, hash_file, plan_import
from bongsu.errors import FormatError, InputError
from bongsu.store.manifest import Manifest, SourceRecord

FLOWS = ImportRequest(format="flows", columns={"from": "a", "to": "b", "value": "v"}, unit="USD")


def file(folder, name, text):
    (folder / name).write_text(text)
    return folder / name


def known(path, request=FLOWS, **more):
    sha256 = hash_file(path)
    return Manifest(
        sources=[
            SourceRecord(sha256=sha256, name=path.name, format="flows", options=request.options(), **more)
        ]
    )


def test_record_says_what_the_file_is(tmp_path):
    path = file(tmp_path, "x.csv", "a,b,v\n")
    (planned,) = plan_import([path], Manifest(), FLOWS)
    assert planned.record.sha256 == hashlib.sha256(b"a,b,v\n").hexdigest()
    assert (planned.record.name, planned.record.bytes) == ("x.csv", 6)


def test_tables_of_blocks_come_first(tmp_path):
    blocks = file(
        tmp_path,
        "z.csv",
        "number,hash,parent_hash,timestamp,miner,gas_limit,gas_used,transaction_count,base_fee_per_gas\n",
    )
    other = file(
        tmp_path,
        "a.csv",
        "token_address,from_address,to_address,value,transaction_hash,log_index,block_number\n",
    )
    plans = plan_import([other, blocks], Manifest(), ImportRequest())
    assert [one.record.format for one in plans] == ["ethereum-etl/blocks", "ethereum-etl/token_transfers"]


def test_known_content_with_other_options_is_refused_unless_replaced(tmp_path):
    path = file(tmp_path, "x.csv", "a,b,v\n")
    manifest = known(path)
    other = ImportRequest(format="flows", columns=FLOWS.columns, unit="BTC")
    with pytest.raises(InputError, match="unit USD") as caught:
        list(plan_import([path], manifest, other))
    assert "--replace" in caught.value.hint
    again = ImportRequest(format="flows", columns=FLOWS.columns, unit="BTC", replace=True)
    (planned,) = plan_import([path], manifest, again)
    assert planned.replaces == []


def test_other_content_under_a_known_name_is_refused_or_replaced(tmp_path):
    manifest = known(file(tmp_path, "x.csv", "a,b,v\n"))
    path = file(tmp_path, "x.csv", "a,b,v\n1,2,3\n")
    with pytest.raises(InputError, match="other content under this name") as caught:
        list(plan_import([path], manifest, FLOWS))
    assert "--replace" in caught.value.hint
    replacing = ImportRequest(format="flows", columns=FLOWS.columns, unit="USD", replace=True)
    (planned,) = plan_import([path], manifest, replacing)
    assert planned.replaces == [manifest.sources[0].sha256]


def test_two_files_of_one_name_in_one_import_are_two_files(tmp_path):
    paths = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        paths.append(file(tmp_path / name, "x.csv", f"a,b,v\n{name}\n"))
    assert [one.notes for one in plan_import(paths, Manifest(), FLOWS)] == [[], []]


def test_all_formats_are_told_before_any_file_is_imported(tmp_path):
    with pytest.raises(InputError, match="nowhere"):
        next(iter(plan_import([file(tmp_path, "x.csv", "a,b,v\n"), tmp_path / "nowhere"], Manifest(), FLOWS)))
    with pytest.raises(FormatError):
        list(plan_import([file(tmp_path, "x.csv", "a,b,v\n")], Manifest(), ImportRequest(format="nonsense")))


def test_files_of_one_name_in_one_import_do_not_replace_each_other_when_it_is_run_again(tmp_path):
    paths = []
    for name in ("one", "two", "three"):
        (tmp_path / name).mkdir()
        paths.append(file(tmp_path / name, "x.csv", f"a,b,v\n{name}\n"))
    manifest = known(paths[0])
    manifest.sources += known(paths[1]).sources
    for replace in (False, True):
        request = ImportRequest(format="flows", columns=FLOWS.columns, unit="USD", replace=replace)
        assert [one.replaces for one in plan_import(paths, manifest, request)] == [[], [], []]


def test_content_that_is_known_replaces_too_what_its_name_held(tmp_path):
    manifest = known(file(tmp_path, "x.csv", "a,b,v\n"))
    path = file(tmp_path, "x.csv", "a,b,v\n1,2,3\n")
    manifest.sources += known(path).sources
    request = ImportRequest(format="flows", columns=FLOWS.columns, unit="USD", replace=True)
    (planned,) = plan_import([path], manifest, request)
    assert planned.replaces == [manifest.sources[0].sha256]


def test_unit_of_another_size_is_refused_unless_it_replaces_all_of_the_other(tmp_path):
    manifest = known(file(tmp_path, "x.csv", "a,b,v\n"))
    other = ImportRequest(format="flows", columns=FLOWS.columns, unit="USD:4", replace=True)
    with pytest.raises(InputError, match="USD:4 has 4 decimals"):
        list(plan_import([file(tmp_path, "y.csv", "a,b,v\n1,2,3\n")], manifest, other))
    list(plan_import([file(tmp_path, "x.csv", "a,b,v\n1,2,3\n")], manifest, other))
    list(plan_import([file(tmp_path, "x.csv", "a,b,v\n")], manifest, other))
