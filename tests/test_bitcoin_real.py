"""Real Bitcoin thefts and blocks, from the files through an import to every policy; a slow twin agrees.

That a reader parses each block as another parser did, and what a normalizer makes of it, is proven in
tests/read/test_bitcoin_block.py and tests/normalize/test_bitcoin_block.py; here it is the sealed ledger.
"""

import csv
import gzip
from collections import Counter, defaultdict

import pytest
from tests.data.acceptance import CONSERVING, amounts, check_balance, import_all, traced
from tests.data.ledger_rows import told

from bongsu.analyze.end import Labels
from bongsu.analyze.lead import Lead, Limits, Theft
from bongsu.analyze.policy import policies_for, run_policies
from bongsu.analyze.trace import Known, trace
from bongsu.app.jobs.lead import lead_of
from bongsu.kernel.amount import to_integers
from bongsu.kernel.haircut_twin import haircut_twin
from bongsu.kernel.poison_twin import poison_twin
from bongsu.kernel.priority_twin import merged, priority_twin
from bongsu.kernel.twin import queue_twin
from bongsu.model.asset import BITCOIN_COIN
from bongsu.store.ledger import open_ledger

THEFT = 11_975_662_032_288
"""Satoshi that were stolen of Bitfinex in 2016: the published 119,756.62 BTC."""


def test_the_bitfinex_theft_is_whole_at_its_ends_under_every_policy(onchain, tmp_path):
    columns = {"tx": "txid", "from": "from", "to": "to", "value": "amount"}
    path = onchain / "bitfinex_2016" / "bitfinex_tx_dataset.csv"
    ledger = import_all(tmp_path / "ledger", [path], format="flows", columns=columns, unit="BTC")
    document = traced(ledger, lead_of(["bitfinex-2016"], [], []))
    check_balance(document)
    with path.open() as file:
        paid = {row["to"]: row["amount"].replace(".", "") for row in csv.DictReader(file)}
    for policy in CONSERVING:
        assert document["stolen"][policy] == {BITCOIN_COIN.id: str(THEFT)}
        assert set(amounts(document, policy)) == set(paid)
    assert f"{THEFT / 10**8:,.2f}" == "119,756.62"


@pytest.fixture(scope="module")
def folder(onchain):
    return onchain / "bitcoin_raw_blocks"


@pytest.fixture(scope="module")
def files(folder):
    return [folder / "blocks1-256.bz2", *sorted(folder.glob("*block*.blk.gz")), *folder.glob("*.raw.gz")]


@pytest.fixture(scope="module")
def blocks(files, tmp_path_factory):
    assert len(files) == 4
    return open_ledger(import_all(tmp_path_factory.mktemp("blocks") / "ledger", files, format=""))


@pytest.fixture(scope="module")
def moves(blocks):
    """Movements as dictionaries, holders in place of pools."""
    holder, address = (blocks.pools()[name].to_pylist() for name in ("holder", "address"))
    rows = told(blocks).to_pylist()
    for row in rows:
        row["addresses"] = [address[row[end]] for end in ("source", "target")]
        row["source"], row["target"], row["amount"] = (
            holder[row["source"]],
            holder[row["target"]],
            int(row["amount"]),
        )
    return rows


def parsed(folder, name):
    """Rows of another parser's table, by transaction, in its order."""
    found = defaultdict(list)
    with gzip.open(folder / f"parsed_{name}.csv.gz", "rt") as file:
        for row in csv.DictReader(file):
            found[row["txid"]].append(row)
    return dict(found)


@pytest.fixture(scope="module")
def outputs(folder):
    return parsed(folder, "outputs")


@pytest.fixture(scope="module")
def values(outputs):
    """Value of each output of the blocks, whichever of them spends it."""
    return {f"{tx}:{row['index']}": int(row["value_sat"]) for tx, rows in outputs.items() for row in rows}


@pytest.fixture(scope="module")
def spent(folder):
    """Transaction to the outputs that it spends, in order."""
    return {
        tx: [f"{row['spent_txid']}:{row['spent_vout']}" for row in rows]
        for tx, rows in parsed(folder, "inputs").items()
    }


def test_every_output_is_paid_in_its_place(moves, outputs):
    paid = [move for move in moves if move["kind"] == "pay"]
    found = defaultdict(list)
    for move in paid:
        found[move["tx_hash"]].append((move["target"], move["amount"], move["addresses"][1] or ""))
    assert len(paid) == sum(map(len, outputs.values())) == 14_904
    assert found == {
        tx: [(f"{tx}:{row['index']}", int(row["value_sat"]), row["address"]) for row in rows]
        for tx, rows in outputs.items()
    }


def test_every_known_input_enters_with_the_value_of_its_output(moves, spent, values):
    """An output of any block in the ledger is known, not of its own block alone."""
    stated = [move for move in moves if move["kind"] == "spend" and not move["assumed"]]
    found = [(move["source"], move["target"], move["position"], move["amount"]) for move in stated]
    expected = [
        (output, tx, place, values[output])
        for tx, inputs in spent.items()
        for place, output in enumerate(inputs)
        if output in values
    ]
    assert sorted(found) == sorted(expected)
    assert sum(map(len, spent.values())) == 18_610
    assert len(expected) == 1_333 + 7  # 1,333 of their own block, 7 of an earlier one


def test_what_a_transaction_lacks_enters_once_and_is_marked_as_assumed(moves, spent, values, outputs):
    guessed = {move["tx_hash"]: move for move in moves if move["assumed"]}
    assert len(guessed) == sum(move["assumed"] for move in moves)
    for tx, inputs in spent.items():
        strange = [output for output in inputs if output not in values]
        known = sum(values[output] for output in inputs if output in values)
        lack = sum(int(row["value_sat"]) for row in outputs[tx]) - known
        assert (tx in guessed) == bool(strange and lack > 0)
        if tx in guessed:
            assert (guessed[tx]["source"], guessed[tx]["amount"]) == (strange[0], lack)


def test_fees_are_stated_only_where_every_input_is_known(blocks, moves, spent, values, outputs):
    fees = {move["tx_hash"]: move["amount"] for move in moves if move["kind"] == "fee"}
    whole = [tx for tx, inputs in spent.items() if all(output in values for output in inputs)]
    paid = {
        tx: sum(values[o] for o in spent[tx]) - sum(int(row["value_sat"]) for row in outputs[tx])
        for tx in whole
    }
    assert fees == {tx: fee for tx, fee in paid.items() if fee}
    gaps = blocks.gaps()
    assert set(gaps["reason"].to_pylist()) == {"needs_inputs"}
    assert set(gaps["tx_hash"].to_pylist()) == set(spent) - set(whole)


def stated_height(path):
    """Height that the coinbase of a block file's first block states (BIP 34), and the bytes are few."""
    with gzip.open(path) as file:
        data = file.read(300)
    if data[:4] == bytes.fromhex("f9beb4d9"):
        data = data[8:]
    start = data.index(b"\xff" * 4, 80) + 4
    size = data[start + 1]
    return int.from_bytes(data[start + 2 : start + 2 + size], "little")


def test_a_coinbase_takes_the_subsidy_and_the_fees_of_its_block(files, moves, outputs):
    made = {move["target"]: move for move in moves if move["kind"] == "subsidy"}
    claims = {move["target"]: move["amount"] for move in moves if move["kind"] == "claim"}
    heights = {tx: move["block"] for tx, move in made.items()}
    assert {heights[tx] for tx in claims} == {stated_height(path) for path in files[1:]}
    assert len(made) == len(set(heights.values())) == 255 + 3
    for tx, height in heights.items():
        total, subsidy = sum(int(row["value_sat"]) for row in outputs[tx]), 50 * 10**8 >> height // 210_000
        assert made[tx]["amount"] == subsidy
        assert claims.get(tx, 0) == total - subsidy
    known = Counter()
    for move in moves:
        known[move["block"]] += move["amount"] * (move["kind"] == "fee")
    assert all(0 < known[heights[tx]] < fees for tx, fees in claims.items())


@pytest.fixture(scope="module")
def chains(blocks, spent, values):
    """Trace of two victims: who spends no output of these blocks, and pays one that is spent in them."""
    used = {output.partition(":")[0] for inputs in spent.values() for output in inputs if output in values}
    heads = sorted(tx for tx in used if tx in spent and not any(o in values for o in spent[tx]))
    lead = Lead(
        kind="transactions",
        id="chains",
        title="chains",
        thefts=tuple(Theft(name=f"victim {n}", transactions=tuple(heads[n::2])) for n in (0, 1)),
    )
    known = Known(assets={BITCOIN_COIN.id: BITCOIN_COIN}, labels=Labels([]), services={}, issuers={})
    return trace(blocks, lead, Limits(), known)


def rows(columns):
    *keys, values = columns
    return list(zip(*(key.tolist() for key in keys), to_integers(values), strict=True))


def queues(case, **how):
    """Fragments and summed holdings of the slow queue twin."""
    parts, lots = queue_twin(case, **how)
    sums = Counter()
    for pool, queue in lots.items():
        for tag, value in queue:
            sums[pool, tag] += value
    return merged(parts), {key: value for key, value in sums.items() if key[1] and value}


def summed(held):
    sums = Counter()
    for pool, tag, value in held:
        sums[pool, tag] += value
    return dict(sums)


TWINS = {
    "poison": lambda case, fees: poison_twin(case),
    "haircut": lambda case, fees: haircut_twin(case),
    "rolling_charge": lambda case, fees: haircut_twin(case),
    "pari_passu": lambda case, fees: haircut_twin(case, pari_passu=True),
    "fifo": lambda case, fees: queues(case),
    "lifo": lambda case, fees: queues(case, newest_first=True),
    "tiho": lambda case, fees: priority_twin(case, stolen_first=True, highest_out=True, last=fees),
    "pifo": lambda case, fees: priority_twin(case, stolen_first=True),
    "libr": lambda case, fees: priority_twin(case, stolen_first=False),
}


def test_the_chains_are_long_and_mixed(chains, capsys):
    moves = chains.found.case.moves
    longest = int(chains.found.hops.max())
    assert (moves.credit >= 2).sum() > 500
    assert set(moves.credit.tolist()) == {-1, 2, 3}
    assert longest > 20
    assert chains.unordered == 0
    with capsys.disabled():
        print(
            f"\nspend chains: {len(moves.source):,} movements, {len(chains.endpoints):,} ends, {longest} hops"
        )


@pytest.mark.parametrize("policy", TWINS)
def test_every_policy_equals_its_slow_twin_on_real_spend_chains(chains, policy):
    assert set(TWINS) == set(chains.policies)
    found = chains.found
    parts, held = run_policies(found, policies_for(2, [policy]))[policy]
    slow, kept = TWINS[policy](found.case, found.fees)
    if policy in ("fifo", "lifo"):
        assert (merged(rows(parts)), summed(rows(held))) == (slow, kept)
    else:
        assert (rows(parts), rows(held)) == (slow, kept)
    assert {tag for _m, tag, *_rest in slow} >= {2, 3}
