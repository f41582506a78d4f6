"""One path over a swap and a bridge to an exchange on another chain, to the last unit under every policy."""

import json
import re
import shlex
from datetime import UTC, datetime
from pathlib import Path

import jsonschema
import pytest
from tests.data.abi_log import write_logs
from tests.data.crossing_scene import (
    ARRIVED,
    BOUGHT,
    EXCHANGE,
    HELPER,
    OWN,
    START,
    STOLEN,
    THIEF,
    guessed_ledger,
    here,
    proven_ledger,
    there,
    tx,
    write_labels,
)
from typer.testing import CliRunner

import bongsu
from bongsu.analyze.lead import Limits
from bongsu.app.cli.main import app
from bongsu.app.jobs.heuristic_choice import chosen_heuristics
from bongsu.app.jobs.lead import lead_of
from bongsu.app.jobs.trace import TraceOptions, run_trace

SCHEMA = json.loads((Path(bongsu.__file__).parent / "share" / "schema" / "trace-1.json").read_text())
USDC = "eip155:1/erc20:0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48"


@pytest.fixture(scope="module")
def proven(tmp_path_factory):
    return proven_ledger(tmp_path_factory.mktemp("proven"))


@pytest.fixture(scope="module")
def guessed(tmp_path_factory):
    return guessed_ledger(tmp_path_factory.mktemp("guessed"))


def traced(ledger, heuristics="on", **limits):
    lead = lead_of([], [], [tx(1)])
    chosen = Limits(heuristics=chosen_heuristics(heuristics), **limits)
    return run_trace(lead, TraceOptions(ledger=ledger, limits=chosen))


def end_at(document, address):
    (found,) = [end for end in document["endpoints"] if end["address"] == address]
    return found


@pytest.mark.parametrize("heuristics", ["on", "off"])
def test_events_and_an_id_prove_one_path(proven, heuristics):
    document = traced(proven, heuristics)
    end = end_at(document, EXCHANGE)
    assert [step["kind"] for step in end["path"]] == [
        "transfer", "swap", "bridge_deposit", "bridge_withdrawal", "transfer",
    ]  # fmt: skip
    assert [step["chain"] for step in end["path"]] == ["eip155:1"] * 3 + ["eip155:2020"] * 2
    assert [step["tx_hash"] for step in end["path"]] == [tx(n) for n in (5, 3, 4, 11, 12)]
    assert [step["confidence"] for step in end["path"]] == [100, 95, 100, 85, 100]
    assert end["stop"] == "service"
    assert end["weakest_link"]["step"] == 4
    assert end["product"] == {"confidence": 80.75, "statement": "assumes independence"}
    for step, following in zip(end["path"][:-1], end["path"][1:], strict=True):
        assert step["kind"] == "bridge_deposit" or step["target"] == following["source"]


def test_every_policy_conserves_over_both(proven):
    document = traced(proven)
    assert all(one["balanced"] for one in document["conservation"].values() if one["conserving"])
    fifo = document["conservation"]["fifo"]
    stolen = BOUGHT * STOLEN // (STOLEN + OWN)
    assert fifo["converted_in"][USDC] == str(stolen)
    assert fifo["converted_out"][USDC] == str(stolen)
    assert int(end_at(document, EXCHANGE)["amount"]["fifo"]) == stolen
    assert int(end_at(document, EXCHANGE)["max"]) <= ARRIVED


def test_a_document_fits_its_schema_and_has_the_same_bytes(proven):
    first, second = (json.dumps(traced(proven)) for _ in range(2))
    assert first == second
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(first))


def test_both_raw_transactions_of_a_bridge_are_named(proven):
    deposit, withdrawal = end_at(traced(proven), EXCHANGE)["path"][2:4]
    for step in (deposit, withdrawal):
        assert (step["bridge"]["deposit_tx"], step["bridge"]["withdrawal_tx"]) == (tx(4), tx(11))
    assert withdrawal["swap"]["received"] == str(BOUGHT)
    assert len(withdrawal["swap"]["events"]) == 2


def test_what_has_left_and_not_arrived_by_then_is_in_flight(proven):
    document = traced(proven, until=datetime.fromtimestamp(START + 300, UTC))
    (end,) = [end for end in document["endpoints"] if end["stop"] == "in_flight"]
    assert end["bridge"]["deposit_tx"] == tx(4)
    assert document["conservation"]["fifo"]["in_bridges"][USDC] == end["amount"]["fifo"] != "0"
    assert document["coverage"]["bridges"] == {"followed": 0, "by_method": {}, "in_flight": 1}


def test_guesses_continue_the_path_and_say_what_they_are(guessed):
    document = traced(guessed)
    end = end_at(document, EXCHANGE)
    assert [step["confidence"] for step in end["path"]] == [100, 75, 100, 98, 100]
    assert end["product"]["confidence"] == 73.5
    assert [step["swap"] and step["swap"]["method"] for step in end["path"]] == [
        None, "inferred", None, "score", None,
    ]  # fmt: skip
    used = {one["name"]: one for one in document["method"]["heuristics"]}
    assert used["bridge_score"]["measured"][0]["cases"] > 2_000


def test_without_guesses_a_trace_stops_where_only_they_continue(guessed):
    document = traced(guessed, "off")
    assert EXCHANGE not in {end["address"] for end in document["endpoints"]}
    assert document["coverage"]["swaps"]["followed"] == 0
    assert all(one["balanced"] for one in document["conservation"].values() if one["conserving"])
    swapped = traced(guessed, "conversion_guess")
    assert [end["stop"] for end in swapped["endpoints"]] == ["in_flight"]
    assert HELPER != THIEF


EXAMPLE = Path(__file__).parent.parent / "docs" / "examples" / "crossing"


def test_the_example_of_the_documents_is_the_scene(tmp_path):
    write_logs(tmp_path / "ethereum-logs.csv", here())
    write_logs(tmp_path / "ronin-logs.csv", there())
    write_labels(tmp_path / "labels.csv")
    for path in tmp_path.iterdir():
        assert (EXAMPLE / path.name).read_bytes() == path.read_bytes()


def test_the_commands_of_the_documents_run_and_show_one_path(tmp_path, monkeypatch):
    text = (EXAMPLE.parents[1] / "how-to" / "trace.md").read_text()
    told = [shlex.split(line[2:]) for line in text.splitlines() if re.match(r"\$ .* crossing\b", line)]
    assert len(told) == 5
    (tmp_path / "docs").symlink_to(EXAMPLE.parents[1])
    monkeypatch.chdir(tmp_path)
    for words in told:
        done = CliRunner().invoke(app, words[1:])
        assert done.exit_code == 0, (words, done.output[-500:])
    document = json.loads(done.stdout)
    assert [step["kind"] for step in end_at(document, EXCHANGE)["path"]][:4] == [
        "transfer", "swap", "bridge_deposit", "bridge_withdrawal",
    ]  # fmt: skip
    page = (tmp_path / "crossing.html").read_text()
    assert "assumes independence" in page
    assert "Ethereum <span" in page


@pytest.mark.parametrize("policy", ["haircut", "fifo", "lifo", "tiho", "pifo", "libr"])
def test_each_policy_alone_adds_up(proven, policy):
    lead = lead_of([], [], [tx(1)])
    document = run_trace(lead, TraceOptions(ledger=proven, policies=[policy]))
    assert document["conservation"][policy]["balanced"]
