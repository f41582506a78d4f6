"""Real thefts: from the sources to the ends that experts found by hand, with no label of their files."""

from shutil import copytree

import pytest
from tests.data.acceptance import (
    CONSERVING,
    USD,
    amounts,
    check_balance,
    ends_of,
    import_all,
    payments,
    plain_fifo,
    plain_reach,
    published_case,
    traced,
)

from bongsu.analyze.lead import Limits
from bongsu.app.jobs.facts import import_labels
from bongsu.app.jobs.trace import TraceOptions, run_trace

CASES = {
    # terminals listed, of them in a record, reached, reached in the file's order, with something by FIFO
    "atomic_wallet_2023": (101, 101, 101, 101, (93, 93)),
    "lifi_2024": (33, 33, 33, 32, (30, 32)),
    "xscam_2022": (465, 452, 449, 449, (281, 312)),
}
SAME_TRANSACTION = "0xf5e10380213880111522dd0efd3dbb45b9f62bcc"
"""Terminal of the LI.FI case that one flow pays, in the transaction that first pays its payer."""
OUTFLOW_BLOCK = 21_000_000
"""After the last record of any case."""


@pytest.fixture(scope="module", params=CASES)
def name(request):
    return request.param


@pytest.fixture(scope="module")
def case(onchain, name):
    return published_case(onchain, name)


@pytest.fixture(scope="module")
def ledger(case, tmp_path_factory):
    return import_all(tmp_path_factory.mktemp("case") / "ledger", [case.path])


@pytest.fixture(scope="module", params=[False, True], ids=["unknown oldest", "unknown newest"])
def newest(request):
    return request.param


@pytest.fixture(scope="module")
def document(case, ledger, newest):
    return traced(ledger, case.lead, limits=Limits(unknown_newest=newest))


def test_listed_terminals_are_reached(case, name, document):
    listed, occurring, reached, in_file_order, _fifo = CASES[name]
    ends = ends_of(document)
    assert (len(case.terminals), len(case.ends), len(case.ends & set(ends))) == (listed, occurring, reached)
    assert case.ends & set(ends) == case.ends & set(
        plain_reach(case.rows, case.sources, order_in_block=False)
    )
    touched = {address for address in case.ends & set(ends) if int(ends[address]["amount"]["poison"])}
    assert touched == case.ends & set(plain_reach(case.rows, case.sources, order_in_block=True))
    assert len(touched) == in_file_order
    assert {ends[address]["stop"] for address in case.ends & set(ends)} == {"unspent"}


def test_terminals_not_reached_were_paid_before_the_value_came(case, document):
    """The one account that pays them got no value of the theft before; it paid them from other funds."""
    first = plain_reach(case.rows, case.sources, order_in_block=False)
    missed = sorted(case.ends - set(ends_of(document)))
    paying = [row for row in case.rows if row["To"] in missed]
    assert {row["To"] for row in paying} == set(missed)
    assert all(int(row["Block"]) < first[row["From"]] for row in paying)


def test_ends_hold_what_plain_fifo_says(case, name, newest, ledger, document, capsys):
    held, stolen = plain_fifo(payments(ledger), case.sources, unknown_newest=newest)
    found = {address: value for address, value in amounts(document, "fifo").items() if value}
    assert found == held
    assert document["stolen"]["fifo"] == {USD: str(stolen)}
    nonzero = {p: sum(amounts(document, p).get(a, 0) > 0 for a in case.ends) for p in CONSERVING}
    _listed, occurring, reached, in_file_order, fifo = CASES[name]
    assert nonzero["fifo"] == fifo[newest]
    with capsys.disabled():
        print(f"\n{name}: {reached} of {occurring} terminals reached, {in_file_order} in the file's order;")
        print(f"  non-zero, unknown queued {'newest' if newest else 'oldest'}: {nonzero}")


def test_every_conserving_policy_balances(document):
    check_balance(document)


def test_shipped_labels_lose_no_terminal(case, ledger, document):
    """Facts name many of these ends; a label says what an end is, it does not hide one."""
    labeled = run_trace(case.lead, TraceOptions(ledger=ledger))
    check_balance(labeled)
    assert case.ends & set(ends_of(labeled)) == case.ends & set(ends_of(document))


@pytest.mark.parametrize("name", ["lifi_2024"], scope="module", indirect=True)
def test_a_terminal_paid_in_the_transaction_that_pays_its_payer_has_bounds(case, document):
    """No one states the order in the transaction, and the file lists the payment before what feeds it.

    In that order nothing arrives; in the other the whole payment does. It is an end with both bounds.
    """
    (paid,) = [row for row in case.rows if row["To"] == SAME_TRANSACTION]
    (fed,) = [row for row in case.rows if row["To"] == paid["From"]]
    assert paid["Tx_hash"] == fed["Tx_hash"]
    end = ends_of(document)[SAME_TRANSACTION]
    cents = round(float(paid["Value_in_USD"]) * 100)
    assert set(end["amount"].values()) == {"0"}
    assert end["bounds"]["kind"] == "ordered"
    assert end["bounds"]["per_policy"]["poison"] == {"min": "0", "max": str(cents)}


@pytest.fixture(scope="module")
def cases(onchain):
    return {name: published_case(onchain, name) for name in CASES}


def shared_accounts(cases):
    pairs = [(a, b) for a in cases.values() for b in cases.values() if a is not b]
    return sorted({address for a, b in pairs for address in a.accounts & b.accounts})


@pytest.fixture(scope="module")
def mixed(cases, tmp_path_factory):
    """All cases in one ledger; each account that two share pays a terminal of every case, and a stranger."""
    folder = tmp_path_factory.mktemp("mixed")
    shared = shared_accounts(cases)
    ours = [min(case.ends - set(shared)) for case in cases.values()]
    lines = ["Timestamp,Block,Tx_hash,From,To,Value_in_USD"]
    for payer in shared:
        for payee in (*ours, "0x" + "5" * 40):
            n = len(lines)
            when = f"2024-10-20 00:00:{n:02},{OUTFLOW_BLOCK + n},0x{n:064x}"
            lines.append(f"{when},{payer},{payee},900.00")
    (folder / "outflows.csv").write_text("\n".join(lines) + "\n")
    return import_all(folder / "ledger", [case.path for case in cases.values()] + [folder / "outflows.csv"])


def others_reached(cases, name, document):
    """Terminals of other cases alone that a case's value came to."""
    strange = {a for other, case in cases.items() if other != name for a in case.ends} - cases[name].accounts
    return strange & set(ends_of(document))


def test_unlabeled_accounts_that_cases_share_carry_value_to_other_cases(cases, mixed):
    assert len(shared_accounts(cases)) == 3
    for name, case in cases.items():
        document = traced(mixed, case.lead)
        check_balance(document)
        wrong = others_reached(cases, name, document)
        assert wrong
        assert any(amounts(document, policy)[address] for address in wrong for policy in CONSERVING)


def test_a_labeled_service_ends_the_trace_and_no_value_crosses(cases, mixed, tmp_path, capsys):
    shared, labeled = shared_accounts(cases), copytree(mixed, tmp_path / "labeled")
    rows = [f"{address},eip155:1,exchange,Example Exchange {n}" for n, address in enumerate(shared)]
    (tmp_path / "labels.csv").write_text("\n".join(["address,chain,category,name", *rows]) + "\n")
    (done,) = import_labels([tmp_path / "labels.csv"], labeled)
    assert done.labels == len(shared)
    for name, case in cases.items():
        document = traced(labeled, case.lead)
        alone = traced(import_all(tmp_path / name, [case.path]), case.lead)
        check_balance(document)
        assert others_reached(cases, name, document) == set()
        at_shared = [end for end in document["endpoints"] if end["address"] in shared]
        assert at_shared
        assert {end["stop"] for end in at_shared} == {"service"}
        assert all(int(end["amount"]["poison"]) > 0 for end in at_shared)
        for policy in CONSERVING:
            assert amounts(document, policy) == amounts(alone, policy)
        with capsys.disabled():
            at = {end["address"][:10]: end["amount"]["fifo"] for end in at_shared}
            print(f"\n{name} among the others: ends as alone; at shared services by FIFO, in cents: {at}")
