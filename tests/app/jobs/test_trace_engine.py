"""A trace of what an engine extracts is the trace in the whole ledger, in every field."""

from collections import Counter

import pyarrow as pa
import pytest
from tests.data.acceptance import import_all, published_case
from tests.data.crossing_scene import proven_ledger
from tests.data.engine_trace import engine_document, local_document, text_of
from tests.data.ledger_rows import ASSET, CHAIN, at, paid, rows
from tests.data.odd_ledger import Odd
from tests.data.part_ledger import part_ledger
from tests.data.trace_case import label, lead

from bongsu.analyze.lead import Limits
from bongsu.app.jobs import trace as trace_job
from bongsu.app.jobs.trace import BEYOND_EXTRACT, TraceOptions, run_trace
from bongsu.errors import BongsuError, InputError, LeadError, LedgerError
from bongsu.model.label import LABEL
from bongsu.store.label import write_labels

A, B, C, D = ("0x" + digit * 40 for digit in "abcd")
DEX = "0x" + "e" * 40
USDT = CHAIN + "/erc20:0xdac17f958d2ee523a2206206994597c13d831ec7"
SEEDS = 24


@pytest.fixture
def no_labels(monkeypatch):
    monkeypatch.setattr(trace_job, "load_labels", list)


def both(folder, transfers, asked, **options):
    """Document without an engine, and the one of DuckDB must be the same."""
    ledger = part_ledger(folder, transfers)
    whole = local_document(asked, ledger, **options)
    document, name = engine_document(asked, "duckdb", ledger=ledger, **options)
    assert name.startswith("duckdb ")
    assert text_of(document) == text_of(whole)
    return whole


def outcome(run):
    """Document as text, or the kind of error."""
    try:
        return text_of(run())
    except BongsuError as error:
        return type(error)


def test_odd_ledgers_give_the_same_document(tmp_path, monkeypatch):
    found = Counter()
    for seed in range(SEEDS):
        odd = Odd(seed)
        ledger = part_ledger(tmp_path / str(seed), odd.transfers(), part_rows=odd.luck.choice([7, 1000]))
        asked, options = odd.lead(), {"ledger": ledger, "limits": odd.limits()}
        labels = odd.labels()
        monkeypatch.setattr(trace_job, "load_labels", lambda labels=labels: labels)
        whole = outcome(lambda: local_document(asked, **options))  # noqa: B023
        part = outcome(lambda: engine_document(asked, "duckdb", **options)[0])  # noqa: B023
        assert part == whole, f"seed {seed}"
        found[isinstance(whole, str)] += 1
    assert found[True] > SEEDS / 2, "most of them are traces"


@pytest.mark.parametrize("name", ["atomic_wallet_2023", "lifi_2024", "xscam_2022"])
def test_published_thefts_give_the_same_document(name, onchain, tmp_path):
    case = published_case(onchain, name)
    ledger = import_all(tmp_path / "ledger", [case.path])
    document, _engine = engine_document(case.lead, "duckdb", ledger=ledger)
    assert document["endpoints"]
    assert text_of(document) == text_of(local_document(case.lead, ledger))


def test_an_exchange_is_followed_into_the_other_asset(tmp_path, monkeypatch):
    monkeypatch.setattr(trace_job, "load_labels", lambda: [label(DEX, "dex")])
    swap = {"tx_hash": "x", "block": 2, "time": at(2)}
    book = paid(
        (D, A, 5), (A, DEX, 5, swap), (DEX, A, 9, {**swap, "asset": USDT, "position": 1}),
        (A, B, 9, {"asset": USDT}), (C, B, 1),
    )  # fmt: skip
    document = both(tmp_path, book, lead(A))
    assert document["coverage"]["swaps"]["followed"] == 1
    assert {end["address"] for end in document["endpoints"] if end["asset"] == USDT} == {B}


def test_a_pool_is_busy_by_what_the_whole_ledger_says(tmp_path, no_labels):
    others = [(f"0x{n:040x}", B, 1) for n in range(5)]
    book = paid((D, A, 9), (A, B, 9), (B, C, 9), *others)
    stops = {
        end["address"]: end["stop"]
        for end in both(tmp_path, book, lead(A), limits=Limits(counterparties=5))["endpoints"]
    }
    assert stops == {B: "likely_service"}


def test_the_whole_is_counted_not_the_part(tmp_path, no_labels):
    book = paid((D, A, 9), (A, B, 9), *[(C, D, 1)] * 7)
    document = both(tmp_path, book, lead(A))
    assert (document["coverage"]["movements"], document["ledger"]["as_of"][0]["block"]) == (9, 9)


def test_a_minimum_may_be_of_an_asset_that_stolen_value_never_touches(tmp_path, no_labels):
    book = paid((D, A, 10**18), (A, B, 10**18), (C, D, 5, {"asset": USDT}))
    document = both(tmp_path, book, lead(A), minimum="0.5")
    assert document["method"]["params"]["minimum"] == {ASSET: str(5 * 10**17), USDT: "500000"}


def test_labels_of_the_ledger_count(tmp_path, no_labels):
    book = paid((D, A, 9), (A, B, 9), (B, C, 9))
    ledger = part_ledger(tmp_path, book)
    rows_of = [{name: getattr(label(B, "exchange"), name) for name in LABEL.names}]
    write_labels(ledger, pa.Table.from_pylist(rows_of, schema=LABEL), source="0" * 64)
    document, _name = engine_document(lead(A), "duckdb", ledger=ledger)
    assert [(end["address"], end["stop"]) for end in document["endpoints"]] == [(B, "service")]


def test_parquet_files_stand_for_themselves(tmp_path, no_labels):
    book = paid((D, A, 9), (A, B, 9), (B, C, 9))
    ledger = part_ledger(tmp_path / "ledger", book, part_rows=2)
    document, _name = engine_document(lead(A), "duckdb", parquet=str(ledger / "parts" / "*.parquet"))
    whole = local_document(lead(A), ledger)
    same = ("stolen", "flows", "conservation", "coverage", "assets", "lead")
    assert {name: document[name] for name in same} == {name: whole[name] for name in same}
    said = [
        [(one["what"], one["subject"], one["why"]) for one in made["findings"]] for made in (document, whole)
    ]
    assert said[0] == said[1]
    assert [end["amount"] for end in document["endpoints"]] == [end["amount"] for end in whole["endpoints"]]
    files = document["ledger"]["files"]
    assert sorted((one["rows_in"], one["rejects"], one["format"]) for one in files) == [
        (1, 0, "transfers"),
        (2, 0, "transfers"),
    ]
    cited = {step["evidence"]["sha256"] for end in document["endpoints"] for step in end["path"]}
    assert cited <= {one["sha256"] for one in files}


def test_stages_are_told(tmp_path, no_labels):
    ledger, told = part_ledger(tmp_path, paid((D, A, 9), (A, B, 9))), []
    run_trace(lead(A), TraceOptions(ledger=ledger, engine="duckdb"), progress=told.append)
    assert told[0] == "starting duckdb"
    assert [stage for stage in told if stage.startswith("round")] == [
        "round 1: 1 addresses so far, 1 to follow",
        "round 2: 2 addresses so far, 1 to follow",
    ]
    assert "sealing 2 of 2 movements" in told


@pytest.mark.parametrize(("ledger", "parquet"), [(None, ""), ("here", "there")])
def test_where_the_movements_are_is_said_once(ledger, parquet, tmp_path):
    named = None if ledger is None else tmp_path
    with pytest.raises(InputError, match="name either a ledger or Parquet files"):
        run_trace(lead(A), TraceOptions(ledger=named, parquet=parquet, engine="duckdb"))


def test_parquet_needs_an_engine_that_is_known(tmp_path):
    part_ledger(tmp_path, paid((D, A, 9)))
    for engine in ("", "oracle", "spark://", "local[x]"):
        with pytest.raises(InputError, match="engine") as caught:
            run_trace(lead(A), TraceOptions(parquet=str(tmp_path), engine=engine))
        assert "duckdb" in caught.value.hint


def test_what_cannot_be_traced_is_said_as_without_an_engine(tmp_path, no_labels):
    ledger = part_ledger(tmp_path / "ledger", paid((D, A, 9)))
    with pytest.raises(LeadError, match="no movement"):
        run_trace(lead("0x" + "9" * 40), TraceOptions(ledger=ledger, engine="duckdb"))
    with pytest.raises(InputError, match="--min-value"):
        run_trace(lead(A), TraceOptions(ledger=ledger, engine="duckdb", minimum="much"))
    with pytest.raises(LedgerError, match="no movements"):
        run_trace(lead(A), TraceOptions(ledger=part_ledger(tmp_path / "none", rows()), engine="duckdb"))


def test_a_ledger_with_decoded_events_is_refused(tmp_path):
    ledger = proven_ledger(tmp_path)
    with pytest.raises(InputError, match="decoded events") as refused:
        engine_document(lead(A), "duckdb", ledger=ledger)
    assert "--engine" in refused.value.hint


def test_what_looks_beyond_the_extract_is_left_out_and_said(tmp_path, no_labels):
    document = both(tmp_path, paid((D, A, 9), (A, B, 9)), lead(A))
    assert not {one["name"] for one in document["method"]["heuristics"]} & BEYOND_EXTRACT
