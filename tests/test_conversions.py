"""A ledger by hand with every way to turn one asset into another, under every policy, to the last unit.

From rows of a log to the kernels: nothing between is put in by hand. Every account gives assets of which
two fifths are stolen (T13), pays gas (T12), and afterwards pays half of what it got.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pytest
from tests.data.conversion_scene import RECEIVED, STETH, WSTETH, Scene, pay, rows_of, scenes
from tests.data.decoded import normalized
from tests.data.event_log import COIN, ZERO, address, token
from tests.data.ledger_rows import at, rows, sources, told

from bongsu.analyze.exchange import (
    as_swaps,
    converting_moves,
    find_exchanges,
    gap_facts,
    ledger_moves,
    pool_finder,
)
from bongsu.analyze.policy import NOT_CONSERVING, POLICIES, Options
from bongsu.kernel.amount import to_integers, to_wide
from bongsu.kernel.case import (
    ASSUMED,
    CARRIED,
    CONVERTED,
    CONVERTS,
    CREDITED,
    FIRST_STOLEN,
    OTHER,
    UNKNOWN,
    make_case,
)
from bongsu.model.conversion import CONVERSION_KINDS
from bongsu.model.transfer import TRANSFER
from bongsu.store.ledger import memory_ledger

VICTIM, THIEF, BANK = address("victim"), address("thief"), address("bank")
GAS, BASE = 10, 6
NAMES = [scene.name for scene in scenes(VICTIM)]
CONSERVING = sorted(set(POLICIES) - NOT_CONSERVING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """The whole ledger, what was found in it, and the case of it."""

    ledger: object
    found: object
    moves: object
    case: object
    asset: list
    """Asset of each pool."""
    holder: list


def user_of(scene_name):
    return address(f"user{NAMES.index(scene_name):02}")


def hand_built(extra=()):
    """Ledger of all scenes, each in a block of its own, between what funds it and what it pays after."""
    parts, events = [], []
    everyone = [*(scene for name in NAMES for scene in scenes(user_of(name)) if scene.name == name), *extra]
    for n, scene in enumerate(everyone):
        user, block = address(f"user{n:02}"), 10 * (n + 1)
        tx = f"0x{n + 1:064x}"
        made = normalized(*rows_of(scene, tx=tx, block=block)) if scene.logs else None
        funding = []
        for asset in scene.given:
            stolen = scene.amount * 2 // 5
            funding += [(VICTIM, THIEF, asset, stolen), (THIEF, user, asset, stolen)]
            funding.append((BANK, user, asset, scene.amount - stolen))
        funding.append((BANK, user, COIN, GAS))
        before = [
            {"source": s, "target": t, "asset": a, "amount": v, "tx_hash": f"0xf{n:02}{i}", "position": i}
            for i, (s, t, a, v) in enumerate(funding)
        ]
        coins = [
            {"source": s, "target": t, "asset": COIN, "amount": v, "tx_hash": tx, "position": i}
            | {"kind": "native" if i == 0 and s == user else "internal"}
            for i, (s, t, v) in enumerate(scene.coins)
        ]
        gas = [
            {"source": user, "target": "null", "amount": BASE, "kind": "base_fee"},
            {"source": user, "target": f"fee:{block}", "amount": GAS - BASE, "kind": "fee"},
        ]
        fees = [{"asset": COIN, "tx_hash": tx, "position": 2**31 + i, **one} for i, one in enumerate(gas)]
        after = [
            {
                "source": user,
                "target": address("shop"),
                "asset": a,
                "amount": v // 2,
                "tx_hash": f"0xe{n:02}{i}",
            }
            for i, (a, v) in enumerate(scene.received.items())
        ]
        for offset, group in ((-1, before), (0, [*coins, *fees]), (1, after)):
            shared = {"block": block + offset, "time": at(block + offset), "tx_index": 0}
            parts.append(rows(*group, **shared).select(TRANSFER.names))
        if made is not None:
            times = pa.repeat(pa.scalar(at(block), TRANSFER.field("time").type), made.transfers.num_rows)
            parts.append(made.transfers.set_column(3, TRANSFER.field("time"), times))
            events.append(made.events)
    table = pa.concat_tables(parts)
    files = pa.nulls(len(table), pa.int32()).fill_null(0)
    return memory_ledger(table.append_column("file", files), sources()), pa.concat_tables(events)


def setting_of(ledger, events):
    every = np.arange(ledger.movements().num_rows)
    moves = ledger_moves(ledger, every)
    found = find_exchanges(moves, events, pool_finder(ledger), gaps=gap_facts(ledger.gaps()))
    pools = ledger.pools().to_pylist()
    holder = [pool["holder"] for pool in pools]
    amounts = [int(value) for value in ledger.movements()["amount"].to_pylist()]
    made = converting_moves(ledger.ends(), amounts, found.found)
    ends = np.array(
        [h.startswith("fee:") or h in ("null", ZERO, address("shop")) for h in holder], dtype=np.uint8
    )
    case = make_case(
        made.source.astype(np.int32),
        made.target.astype(np.int32),
        to_wide(made.amount),
        ends=ends,
        pools=len(pools),
    )
    received = np.array(made.received)
    case.moves.credit[received > 0] = CONVERTS
    paying = np.array([holder[s] for s in made.source.tolist()])
    case.moves.credit[paying == VICTIM] = FIRST_STOLEN
    known = np.isin(paying, [address(f"user{n:02}") for n in range(99)])
    case.moves.overdraft[:] = np.where(known, UNKNOWN, OTHER)
    hashes = told(ledger)["tx_hash"].to_pylist()
    names = {}
    batch = [
        names.setdefault((hashes[r], s), len(names))
        for r, s in zip(made.row.tolist(), made.source.tolist(), strict=True)
    ]
    case = case._replace(
        moves=case.moves._replace(received=to_wide(made.received), batch=np.array(batch, dtype=np.int32))
    )
    return Setting(
        ledger=ledger, found=found, moves=moves, case=case, holder=holder, asset=[p["asset"] for p in pools]
    )


@pytest.fixture(scope="module")
def setting():
    return setting_of(*hand_built())


def fees_of(case, holder):
    targets = [holder[t] for t in case.moves.target.tolist()]
    return np.array([t == "null" or t.startswith("fee:") for t in targets], dtype=np.uint8)


@pytest.fixture(scope="module")
def results(setting):
    options = Options(fees_of(setting.case, setting.holder), False)
    return {name: run(setting.case, options) for name, run in POLICIES.items()}


def sums(setting, result):
    """Terms of the equation, (term, asset) to stolen base units, from what a policy says."""
    (fragments, held), case = result, setting.case
    converts = case.moves.credit == CONVERTS
    terms = Counter()
    parts = (
        fragments.movement.tolist(),
        fragments.tag.tolist(),
        fragments.kind.tolist(),
        to_integers(fragments.amount),
    )
    for m, tag, kind, value in zip(*parts, strict=True):
        source, target = int(case.moves.source[m]), int(case.moves.target[m])
        if tag < FIRST_STOLEN or kind == ASSUMED:
            continue
        if kind == CONVERTED:
            terms["in", setting.asset[target]] += value
        elif converts[m]:
            terms["out", setting.asset[source]] += value
        else:
            terms["stolen", setting.asset[target]] += value * (kind == CREDITED)
            terms["ends", setting.asset[target]] += value * int(case.ends[target])
    for pool, tag, value in zip(held.pool.tolist(), held.tag.tolist(), to_integers(held.amount), strict=True):
        if tag >= FIRST_STOLEN and not case.ends[pool]:
            terms["held", setting.asset[pool]] += value
    return terms


def test_every_kind_is_in_the_ledger_and_every_conversion_is_found(setting):
    found = {
        one.settled.account: one.settled
        for one in setting.found.found
        if one.settled.account.startswith("0x")
    }
    for name in NAMES:
        (scene,) = [scene for scene in scenes(user_of(name)) if scene.name == name]
        mine = [one.settled for one in setting.found.found if one.settled.account == user_of(name)]
        assert {one.kind for one in mine} == {scene.kind}, name
        assert {one.method for one in mine} == {scene.method}, name
        assert {one.given_asset for one in mine} == set(scene.given), name
        got = Counter()
        for one in mine:
            got[one.received_asset] += one.received
        assert got == scene.received, name
    kinds = {one.kind for one in found.values()}
    assert kinds == set(CONVERSION_KINDS)
    assert set(setting.found.refused) == set()


@pytest.mark.parametrize("policy", CONSERVING)
def test_it_conserves_per_asset(setting, results, policy):
    terms = sums(setting, results[policy])
    assets = {asset for _, asset in terms}
    assert len(assets) > 10
    for asset in assets:
        came = terms["stolen", asset] + terms["in", asset]
        assert came == terms["out", asset] + terms["ends", asset] + terms["held", asset], asset
    assert sum(terms["in", asset] for asset in assets) > 0


def became(setting, result):
    """(account, asset) to the stolen part of what its conversions brought."""
    fragments, case = result[0], setting.case
    found = Counter()
    stolen = (fragments.tag >= FIRST_STOLEN) & (fragments.kind == CONVERTED)
    for m, value in zip(
        fragments.movement[stolen].tolist(), to_integers(fragments.amount[stolen]), strict=True
    ):
        pool = int(case.moves.target[m])
        found[setting.holder[pool], setting.asset[pool]] += value
    return found


@pytest.mark.parametrize("policy", CONSERVING)
def test_t13_two_fifths_of_what_is_given_are_two_fifths_of_what_is_got(setting, results, policy):
    """Where coins are given, gas is taken first or last of the same lots; those are tested below."""
    found = became(setting, results[policy])
    for name in NAMES:
        (scene,) = [scene for scene in scenes(user_of(name)) if scene.name == name]
        if COIN in scene.given:
            continue
        for asset, amount in scene.received.items():
            assert found[user_of(name), asset] == amount * 2 // 5, name


def test_the_queue_keeps_its_order_through_an_exchange(setting, results):
    """Half of what was got is paid on. What leaves first arrives first: clean funds under LIFO and LIBR."""
    expected = {
        "fifo": RECEIVED * 2 // 5,
        "pifo": RECEIVED * 2 // 5,
        "lifo": RECEIVED * 2 // 5,
        "haircut": RECEIVED // 5,
        "libr": 0,
    }
    for policy, stolen in expected.items():
        fragments, case = results[policy][0], setting.case
        arrived = Counter()
        picked = (fragments.tag >= FIRST_STOLEN) & (fragments.kind == CARRIED)
        for m, value in zip(
            fragments.movement[picked].tolist(), to_integers(fragments.amount[picked]), strict=True
        ):
            if setting.holder[case.moves.target[m]] == address("shop"):
                arrived[setting.holder[case.moves.source[m]]] += value
        for name in ("uniswap-v3", "cow", "wsteth", "cmeth", "inferred"):
            assert arrived[user_of(name)] == stolen, (policy, name)


def test_t12_gas_is_paid_beside_the_exchange(setting, results):
    """Every account pays 10 of gas, 6 burnt; no policy makes or loses a unit of it by an exchange."""
    for policy in CONSERVING:
        terms = sums(setting, results[policy])
        assert terms["stolen", COIN] == 3 * 400
        assert terms["in", COIN] == (1_000 + RECEIVED) * 2 // 5
    moved = [
        int(amount)
        for amount, kind in zip(
            setting.moves["amount"].to_pylist(), setting.moves["kind"].to_pylist(), strict=True
        )
        if kind in ("fee", "base_fee")
    ]
    assert sum(moved) == GAS * len(NAMES)


def test_poison_touches_all_of_what_was_got(setting, results):
    found = became(setting, results["poison"])
    for name in ("uniswap-v3", "cow", "wsteth"):
        assert sum(value for (who, _), value in found.items() if who == user_of(name)) == RECEIVED


def test_a_trace_takes_all_but_what_would_have_to_be_cut(setting):
    swaps = as_swaps(setting.found, setting.moves)
    cut = {row for row, _ in swaps.refused.items()}
    rows_cut = {setting.moves["source"][row].as_py() for row in cut}
    assert rows_cut == {user_of("uniswap-v2 liquidity back")}
    assert set(swaps.refused.values()) == {"unknown_split"}
    assert len(swaps.found) > len(NAMES) - 2


def test_a_token_whose_balance_grew_conserves_and_the_growth_is_unknown():
    """1,000 stETH came and 1,050 are wrapped: 50 are nobody's in the ledger."""
    user = address(f"user{len(NAMES):02}")
    grown = Scene(
        name="rebased",
        kind="wrap",
        logs=(pay(WSTETH, ZERO, user, 1_050), pay(STETH, user, WSTETH, 1_050)),
        given=(token(STETH),),
        received={token(WSTETH): 1_050},
    )
    made = setting_of(*hand_built([grown]))
    assert made.found.refused == {}
    for policy in CONSERVING:
        result = POLICIES[policy](made.case, Options(fees_of(made.case, made.holder), False))
        terms = sums(made, result)
        for asset in {asset for _, asset in terms}:
            came = terms["stolen", asset] + terms["in", asset]
            assert came == terms["out", asset] + terms["ends", asset] + terms["held", asset], (policy, asset)
        assert became(made, result)[user, token(WSTETH)] == 400
        fragments = result[0]
        lacking = (fragments.kind == ASSUMED) & (fragments.tag == UNKNOWN)
        assert sum(to_integers(fragments.amount[lacking])) == 50


def test_movements_that_are_no_exchange_are_all_there(setting):
    """What a case leaves out is what brought the other asset, and nothing else."""
    rows_in = Counter(
        converting_moves(
            setting.ledger.ends(),
            [int(value) for value in setting.ledger.movements()["amount"].to_pylist()],
            setting.found.found,
        ).row.tolist()
    )
    left_out = set(range(setting.moves.num_rows)) - set(rows_in)
    paying = {row for one in setting.found.found for row, _ in one.settled.payments}
    arrivals = {row for one in setting.found.found for row in one.settled.arrivals}
    assert left_out == arrivals - paying
    by_kind = defaultdict(int)
    for row in left_out:
        by_kind[setting.moves["kind"][row].as_py()] += 1
    assert set(by_kind) == {"token", "internal"}
