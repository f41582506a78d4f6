"""The trace job end to end: from facts and a ledger to a document that adds up by itself."""

import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import jsonschema
import pyarrow as pa
import pytest
from tests.data.check_case import (
    AT_SECOND,
    FIRST,
    INCIDENT,
    SECOND,
    THIEF,
    USD,
    VICTIM,
    atomic_columns,
    import_flows,
    small_ledger,
    write_rows,
)
from tests.data.trace_case import label
from tests.data.trace_sums import check_conservation, check_ends, check_flows

import bongsu
from bongsu.analyze.lead import Limits
from bongsu.app.jobs.lead import lead_of, moment_of
from bongsu.app.jobs.ledger_import import import_files, seal_import
from bongsu.app.jobs.ledger_plan import ImportRequest
from bongsu.app.jobs.trace import TraceOptions, run_trace
from bongsu.errors import InputError, LeadError, LedgerError
from bongsu.model.asset import ETHER
from bongsu.model.label import LABEL
from bongsu.model.marking import Marking, Tlp
from bongsu.store.label import write_labels

SCHEMA = json.loads((Path(bongsu.__file__).parent / "share" / "schema" / "trace-1.json").read_text())
RONIN = "0x098b716b8aaf21512996dc57eb0615e2383e2f96"
"""First receiver of another incident, from the facts."""
TETHER = "0xdac17f958d2ee523a2206206994597c13d831ec7"
FAKE = "0x" + "cd" * 20
A, B = "0x" + "a" * 40, "0x" + "b" * 40


def traced(*incidents, **options):
    document = run_trace(lead_of(list(incidents or [INCIDENT]), [], []), TraceOptions(**options))
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(json.dumps(document)))
    return document


@pytest.fixture(scope="module")
def sample():
    return traced()


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    return small_ledger(tmp_path_factory.mktemp("trace"))


def test_the_sample_runs_without_a_ledger_and_says_what_it_is(sample):
    assert (sample["lead"]["id"], sample["lead"]["exercise"]) == (INCIDENT, True)
    assert sample["ledger"]["valuation"]
    assert "not raw transfers" in sample["ledger"]["statement"]
    assert sample["marking"] == {"tlp": "TLP:CLEAR", "releasable_to": None}
    assert sample["assets"] == [{"id": USD, "symbol": "USD", "decimals": 2, "valuation": True, "known": True}]
    kinds = {action["kind"] for end in sample["endpoints"] for action in end["actions"]}
    assert {"account_hold", "delist"} <= kinds


def test_the_sample_adds_up_by_itself(sample):
    check_conservation(sample)
    check_flows(sample)
    check_ends(sample)
    assert sum(map(int, sample["stolen"]["fifo"].values())) > 0


def test_the_check_sees_one_cent_too_many(sample):
    wrong = json.loads(json.dumps(sample))
    end = next(end for end in wrong["endpoints"] if end["amount"]["lifo"] != "0")
    end["amount"]["lifo"] = str(int(end["amount"]["lifo"]) + 1)
    for check in (check_conservation, check_flows, check_ends):
        with pytest.raises(AssertionError):
            check(wrong)


def test_two_processes_give_the_same_bytes():
    code = (
        "import json; from bongsu.app.jobs.lead import lead_of;"
        "from bongsu.app.jobs.trace import TraceOptions, run_trace;"
        f"print(json.dumps(run_trace(lead_of([{INCIDENT!r}], [], []), TraceOptions())))"
    )
    path = str(Path(bongsu.__file__).parent.parent)
    made = [
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": seed, "TZ": zone},
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Seoul"))
    ]
    assert made[0] == made[1]
    assert json.loads(made[0])["endpoints"]


def test_an_imported_ledger_is_amber_and_no_exercise(ledger):
    document = traced(ledger=ledger)
    assert document["marking"] == {"tlp": "TLP:AMBER", "releasable_to": None}
    assert document["lead"]["exercise"] is False
    check_conservation(document)
    check_flows(document)
    check_ends(document)


def test_the_marking_asked_for_is_written(ledger):
    asked = Marking(tlp=Tlp.RED, releasable_to=frozenset())
    for where in (ledger, None):
        said = traced(ledger=where, marking=asked)["marking"]
        assert said == {"tlp": "TLP:RED", "releasable_to": []}


def test_amounts_are_those_of_the_definitions(ledger):
    ends = {end["address"]: end["amount"] for end in traced(ledger=ledger)["endpoints"]}
    assert ends[SECOND] == AT_SECOND
    assert {ends[FIRST]["fifo"], ends[FIRST]["lifo"]} == {"90", "40"}


def test_addresses_may_be_named_in_place_of_an_incident(ledger):
    document = run_trace(lead_of([], [THIEF], []), TraceOptions(ledger=ledger))
    assert document["lead"]["kind"] == "addresses"
    assert {end["address"]: end["amount"] for end in document["endpoints"]}[SECOND] == AT_SECOND


def test_the_chosen_policies_run_in_the_order_to_show_them(ledger):
    document = traced(ledger=ledger, policies=["lifo", "fifo"])
    assert document["method"]["policies"] == list(document["conservation"]) == ["fifo", "lifo"]
    assert traced(ledger=ledger, policies=["poison"])["method"]["policies"] == ["poison"]


def test_several_victims_are_divided_between(tmp_path):
    rows = [(VICTIM, THIEF, "1.00"), (THIEF, A, "1.00"), (VICTIM, RONIN, "3.00"), (RONIN, A, "3.00")]
    rows += [(A, B, "2.00")]
    book = import_flows(tmp_path / "ledger", write_rows(tmp_path / "flows.csv", rows))
    both = [INCIDENT, "ronin-2022"]
    document = traced(*both, ledger=book)
    assert {"pari_passu", "rolling_charge"} <= set(document["method"]["policies"])
    assert document["stolen"]["pari_passu"] == {USD: "400"}
    check_conservation(document)
    (end,) = [end for end in document["endpoints"] if end["address"] == B]
    assert set(end["amount"].values()) == {"200"}, "all of it is of one victim or the other"


def test_a_window_may_end_before_anything_moved(ledger):
    document = traced(ledger=ledger, limits=Limits(until=moment_of("2020-01-01")))
    assert document["endpoints"] == []


def test_small_movements_are_not_followed(ledger):
    document = traced(ledger=ledger, minimum="0.61")
    assert document["method"]["params"]["minimum"] == {USD: "61"}
    (end,) = [end for end in document["endpoints"] if end["address"] == SECOND]
    assert (end["stop"], end["amount"]["lifo"]) == ("below_threshold", "60")
    check_conservation(document)


MINIMA = {"much": "not a number", "-1": "negative", "0.001": "more digits than", "1e40": "larger than"}


@pytest.mark.parametrize(("text", "why"), MINIMA.items())
def test_a_minimum_that_cannot_be_used_is_refused(text, why):
    with pytest.raises(InputError, match=f"Cannot use --min-value {text}: .*{why}") as caught:
        traced(minimum=text)
    assert "0.5" in caught.value.hint


def test_a_policy_that_cannot_be_used_is_refused():
    with pytest.raises(InputError, match="Cannot use policy best: it is not known") as caught:
        traced(policies=["fifo", "best"])
    assert "haircut" in caught.value.hint
    assert "pari_passu" not in caught.value.hint, "one victim"
    for name in ("pari_passu", "rolling_charge"):
        with pytest.raises(InputError, match="divides between victims") as caught:
            traced(policies=[name])
        assert "fifo" in caught.value.hint


@pytest.mark.parametrize("asked", [(["ronin-2022"], []), ([INCIDENT, "ronin-2022"], []), ([], [THIEF])])
def test_no_ledger_where_no_sample_ships_is_refused(asked):
    with pytest.raises(LeadError, match="no ledger is given and no sample ships") as caught:
        run_trace(lead_of(*asked, []), TraceOptions())
    assert "bongsu ledger import" in caught.value.hint


def test_a_ledger_that_is_none_or_has_nothing_of_the_lead_is_refused(ledger, tmp_path):
    with pytest.raises(LedgerError):
        traced(ledger=tmp_path / "none")
    with pytest.raises(LeadError):
        run_trace(lead_of([], ["0x" + "9" * 40], []), TraceOptions(ledger=ledger))


def test_stages_are_told_in_their_order(ledger):
    told = []
    run_trace(lead_of([INCIDENT], [], []), TraceOptions(ledger=ledger), progress=told.append)
    assert len(told) == len(set(told)) > 2


def flows(folder, name, unit, *rows):
    """Folder of a ledger to which (from, to, value) were added, an hour apart."""
    lines = [f"{source},{to},2023-06-03 0{n}:00:00,{value}" for n, (source, to, value) in enumerate(rows)]
    (folder / name).write_text("\n".join(["from,to,time,value", *lines]) + "\n")
    columns = {key: key for key in ("from", "to", "time", "value")}
    request = ImportRequest(format="flows", columns=columns, unit=unit)
    list(import_files([folder / name], folder / "ledger", request))
    seal_import(folder / "ledger")
    return folder / "ledger"


def test_what_the_imports_refused_and_lack_is_counted(tmp_path):
    rows = ((VICTIM, THIEF, "5"), (THIEF, A, "-1"), (THIEF, "nobody", "1"), (THIEF, A, ""))
    coverage = traced(ledger=flows(tmp_path, "flows.csv", "USD", *rows))["coverage"]
    assert coverage["rejects"] == {"bad_address": 1, "negative_amount": 1}
    assert coverage["gaps"] == {"needs_amount": 1}


def test_labels_of_the_ledger_end_the_trace(tmp_path):
    book = flows(tmp_path, "flows.csv", "USD", (VICTIM, THIEF, "5"), (THIEF, A, "5"), (A, B, "5"))
    assert [end["address"] for end in traced(ledger=book)["endpoints"]] == [B]
    mine = asdict(label(A, "exchange", name="my exchange"))
    write_labels(book, pa.Table.from_pylist([mine], schema=LABEL), source="0" * 64)
    (end,) = traced(ledger=book)["endpoints"]
    assert (end["address"], end["stop"], end["label"]["name"]) == (A, "service", "my exchange")


def test_a_known_token_is_value_that_its_issuer_can_freeze_and_a_fake_is_a_finding(tmp_path):
    flows(tmp_path, "fake.csv", FAKE + ":6", (VICTIM, THIEF, "9"), (THIEF, B, "9"))
    book = flows(tmp_path, "real.csv", TETHER + ":6", (VICTIM, THIEF, "5"), (THIEF, A, "5"))
    document = traced(ledger=book)
    (end,) = document["endpoints"]
    assert (end["asset"], end["amount"]["fifo"]) == (f"eip155:1/erc20:{TETHER}", "5000000")
    assert [action["kind"] for action in end["actions"]] == ["issuer_freeze"]
    fakes = [one for one in document["findings"] if one["what"] == "unknown_token"]
    assert [one["subject"] for one in fakes] == [f"eip155:1/erc20:{FAKE}"]


@pytest.fixture(scope="module")
def two_assets(tmp_path_factory):
    """Ledger where 1 ETH went to A and 500.00 USD to B."""
    folder = tmp_path_factory.mktemp("assets")
    flows(folder, "eth.csv", "ETH", (VICTIM, THIEF, "1"), (THIEF, A, "1"))
    return flows(folder, "usd.csv", "USD", (VICTIM, THIEF, "500.00"), (THIEF, B, "500.00"))


def price_file(folder, price, asset=ETHER.id):
    path = folder / "prices.csv"
    path.write_text(f"asset,time,currency,price,source\n{asset},2023-06-05,USD,{price},Publisher\n")
    return path


@pytest.mark.parametrize(("price", "first"), [("1933.21", A), ("499.99", B), ("500.01", A)])
def test_prices_rank_across_assets(two_assets, tmp_path, price, first):
    document = traced(ledger=two_assets, prices=price_file(tmp_path, price))
    assert document["endpoints"][0]["address"] == first
    said = document["method"]["params"]["prices"]
    assert (said["name"], said["currency"], len(said["sha256"])) == ("prices.csv", "USD", 64)


def test_without_a_price_assets_are_ranked_by_themselves(two_assets, tmp_path):
    plain = traced(ledger=two_assets)
    assert [end["asset"] for end in plain["endpoints"]] == sorted([USD, ETHER.id])
    assert plain["method"]["params"]["prices"] is None
    other = price_file(tmp_path, "9999", asset="eip155:56/slip44:714")
    assert traced(ledger=two_assets, prices=other)["endpoints"] == plain["endpoints"], "USD is worth itself"


def test_a_price_changes_the_order_and_nothing_else(two_assets, tmp_path):
    plain, priced = (
        traced(ledger=two_assets),
        traced(ledger=two_assets, prices=price_file(tmp_path, "1933.21")),
    )
    assert [end["rank"] for end in priced["endpoints"]] == [1, 2]
    for document in (plain, priced):
        del document["method"]["params"]["prices"]
        document["endpoints"].sort(key=lambda end: end["id"])
        for end in document["endpoints"]:
            del end["rank"]
    assert priced == plain


def test_the_whole_published_case_adds_up(onchain, tmp_path):
    path = onchain / "mftracer" / "atomic_wallet_2023" / "flow records.csv"
    document = traced(ledger=import_flows(tmp_path / "ledger", path, columns=atomic_columns()))
    check_conservation(document)
    check_flows(document)
    check_ends(document)
