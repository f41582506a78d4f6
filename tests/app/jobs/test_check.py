import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from tests.data.check_case import (
    AT_SECOND,
    CLEAN,
    HASHES,
    INCIDENT,
    LOOKALIKE,
    SECOND,
    STRANGER,
    THIEF,
    atomic_columns,
    import_flows,
    small_ledger,
)

import bongsu
from bongsu.app.jobs.check import CheckOptions, run_check
from bongsu.app.jobs.check_prepare import prepare_exposures
from bongsu.app.jobs.lead import lead_of
from bongsu.app.jobs.trace import TraceOptions, run_trace
from bongsu.errors import AddressError, LedgerError
from bongsu.model.address import shown_address
from bongsu.model.marking import Marking, Tlp

SCHEMA = json.loads((Path(bongsu.__file__).parent / "share" / "schema" / "check-1.json").read_text())
TERMINAL = "0xd37bbe5744d730a1d98d8dc97c42f0ca46ad7146"
"""A published terminal address of the Atomic Wallet flows."""
LAZARUS = "0x098b716b8aaf21512996dc57eb0615e2383e2f96"
TORNADO = "0xd90e2f925da726b50c4ed8d0fb90ad053324f31b"


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    folder = small_ledger(tmp_path_factory.mktemp("check"))
    prepare_exposures(folder)
    return folder


def checked(ledger, asked, **options):
    document = run_check(asked, CheckOptions(ledger=ledger, **options))
    jsonschema.Draft202012Validator(SCHEMA).validate(document)
    return document


def test_an_exposed_address_has_the_amounts_of_every_policy(ledger):
    document = checked(ledger, SECOND)
    (party,) = document["parties"]
    (one,) = party["exposures"]
    assert one["arrived"] == one["held"] == AT_SECOND
    assert (one["incident"], one["hops"], one["relation"]) == (INCIDENT, 2, "indirect")
    assert one["arrived_range"] == {"min": "10", "max": "60"}
    assert document["answer"]["incidents"] == [INCIDENT]
    assert document["known"]


def test_a_listed_source_says_that_it_is_one(ledger):
    document = checked(ledger, THIEF)
    (one,) = document["parties"][0]["exposures"]
    assert (one["relation"], one["hops"]) == ("source", 0)
    assert document["answer"]["named_in"] == [INCIDENT]
    assert [role["role"] for role in document["parties"][0]["roles"]] == ["first receiver"]


@pytest.mark.parametrize("address", [CLEAN, LOOKALIKE])
def test_an_untouched_or_look_alike_address_has_none(ledger, address):
    document = checked(ledger, address)
    assert document["known"]
    assert document["parties"][0]["exposures"] == []
    assert document["answer"]["exposed_under"] == document["answer"]["incidents"] == []


def test_an_address_that_the_ledger_has_not_is_not_known(ledger):
    document = checked(ledger, STRANGER)
    assert document["known"] is False
    assert "does not mean clean" in document["limits"][0]


def test_a_listing_in_force_is_a_hit_and_a_lifted_one_is_none(ledger):
    listed, lifted = checked(ledger, LAZARUS), checked(ledger, TORNADO)
    assert (listed["answer"]["sanctioned"], listed["answer"]["delisted"]) == (True, False)
    assert (lifted["answer"]["sanctioned"], lifted["answer"]["delisted"]) == (False, True)
    (listing,) = lifted["parties"][0]["sanctions"]
    assert (listing["status"], listing["listed"], listing["delisted"]) == (
        "delisted",
        "2022-08-08",
        "2025-03-21",
    )
    assert not listed["known"]


def test_a_transaction_says_what_it_moved_and_whom_it_joined(ledger):
    document = checked(ledger, HASHES[3])
    (stolen,) = document["stolen"]
    assert stolen["amount"] == AT_SECOND
    (move,) = document["movements"]
    assert (move["amount"], move["target"]) == ("60", SECOND)
    assert move["stolen"] == [{"incident": INCIDENT, "amount": AT_SECOND}]
    assert [party["side"] for party in document["parties"]] == ["sender", "receiver"]
    assert checked(ledger, HASHES[3].upper().replace("X", "x"))["subject"]["id"] == HASHES[3]
    assert checked(ledger, HASHES[3][2:])["stolen"] == [stolen]


def test_a_clean_transaction_of_an_exposed_party_moved_nothing_stolen(ledger):
    document = checked(ledger, HASHES[1])
    assert document["stolen"] == document["answer"]["incidents"] == document["answer"]["exposed_under"] == []
    assert document["answer"]["party_incidents"] == [INCIDENT]


def test_a_transaction_that_the_ledger_has_not_is_not_known(ledger):
    document = checked(ledger, "0x" + "f" * 64)
    assert (document["known"], document["parties"], document["subject"]["kind"]) == (False, [], "transaction")


def test_a_theft_transaction_has_its_role(ledger):
    from bongsu.facts.load import load_incidents

    incident = next(one for one in load_incidents().values() if one.transactions)
    document = checked(ledger, incident.transactions[0].tx_hash)
    assert document["answer"]["named_in"] == [incident.id]


def test_the_chain_is_looked_at_where_it_is_said(ledger):
    assert checked(ledger, f"eip155:1:{SECOND}")["parties"][0]["exposures"]
    other = checked(ledger, SECOND, chain="eip155:56")
    assert (other["known"], other["parties"][0]["exposures"]) == (False, [])
    assert checked(ledger, HASHES[3], chain="eip155:56")["known"] is False


def test_a_wrong_checksum_is_refused(ledger):
    wrong = shown_address("eip155:1", LAZARUS).swapcase().replace("X", "x")
    with pytest.raises(AddressError, match="checksum"):
        run_check(wrong, CheckOptions(ledger=ledger))


def test_what_is_neither_is_refused(ledger):
    with pytest.raises(AddressError):
        run_check(SECOND[:-1], CheckOptions(ledger=ledger))


def test_a_wrong_checksum_is_refused_before_anything_is_made(tmp_path):
    folder = small_ledger(tmp_path)
    with pytest.raises(AddressError, match="checksum"):
        run_check("0xD90e2f925da726b50c4ed8d0fb90ad053324f31b", CheckOptions(ledger=folder))
    assert not (folder / "derived").exists()
    stages = []
    assert run_check(SECOND, CheckOptions(ledger=folder), progress=stages.append)["known"]
    assert stages


def test_no_ledger_is_an_error_with_a_hint(tmp_path):
    with pytest.raises(LedgerError) as caught:
        run_check(SECOND, CheckOptions(ledger=tmp_path / "none"))
    assert caught.value.hint


def test_the_marking_is_the_one_asked_for(ledger):
    asked = Marking(tlp=Tlp.GREEN, releasable_to=frozenset({"b", "a"}))
    assert checked(ledger, SECOND, marking=asked)["marking"] == {
        "tlp": "TLP:GREEN",
        "releasable_to": ["a", "b"],
    }
    assert checked(ledger, SECOND)["marking"] == {"tlp": "TLP:AMBER", "releasable_to": None}


def test_the_same_question_has_the_same_bytes(ledger):
    first, second = (json.dumps(run_check(SECOND, CheckOptions(ledger=ledger))) for _n in range(2))
    assert first == second


def test_a_lookup_loads_nothing_that_computes(ledger):
    code = (
        "import sys; from pathlib import Path; from bongsu.app.jobs.check import *;"
        f"run_check({SECOND!r}, CheckOptions(ledger=Path({str(ledger)!r})));"
        "print({'numba', 'pandas', 'plotly', 'duckdb', 'rich', 'pyarrow.parquet'} & set(sys.modules))"
    )
    path = str(Path(bongsu.__file__).parent.parent)
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONPATH": path}
    )
    assert done.stdout.strip() == "set()"


@pytest.fixture(scope="module")
def atomic(onchain, tmp_path_factory):
    path = onchain / "mftracer" / "atomic_wallet_2023" / "flow records.csv"
    return import_flows(tmp_path_factory.mktemp("atomic") / "ledger", path, columns=atomic_columns())


def test_real_ends_have_the_amounts_of_the_trace(atomic):
    """Every end of the trace of the Atomic Wallet theft, terminal addresses among them."""
    made = run_trace(lead_of([INCIDENT], [], []), TraceOptions(ledger=atomic))
    assert TERMINAL in {end["address"] for end in made["endpoints"]}
    for end in made["endpoints"]:
        (party,) = checked(atomic, end["address"])["parties"]
        found = {one["stop"]: one["held"] for one in party["exposures"]}
        assert found.get(end["stop"], dict.fromkeys(end["amount"], "0")) == end["amount"]
        assert {one["incident"] for one in party["exposures"]} <= {INCIDENT}


def test_real_terminal_address_by_its_numbers(atomic):
    (one,) = checked(atomic, TERMINAL)["parties"][0]["exposures"]
    assert set(one["arrived"].values()) == set(one["held"].values()) == {"3939904"}
    assert (one["relation"], one["stop"]) == ("indirect", "bridge")


def test_real_decoys_have_no_exposure(atomic):
    lookalike = (
        TERMINAL[:8] + "".join("0" if digit != "0" else "1" for digit in TERMINAL[8:-4]) + TERMINAL[-4:]
    )
    victim = "0xe7d180e2a6556ab2b804585a8c1a879c311eb817"
    for address in (lookalike, victim):
        assert checked(atomic, address)["parties"][0]["exposures"] == []
    assert checked(atomic, victim)["known"]
    assert not checked(atomic, lookalike)["known"]
