"""Links over bridges: by id where the rest agrees, by score among what no id links."""

from pathlib import Path

import pyarrow as pa
import pytest
from bench.bridge_truth import connector, nomad, ronin
from bench.heuristic_bridge import SETTINGS, backwards, choose, dealt, measure, tables
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.data.abi_log import batch_of
from tests.data.bridge_case import (
    ALICE,
    BOB,
    OTHER,
    THERE,
    TOKEN,
    deposit,
    events,
    pairs_of,
    split,
    withdrawal,
)
from tests.data.bridge_log import TX_IN, TX_OUT, both_sides

from bongsu.analyze.bridge import (
    MOST,
    ScoreModel,
    learned_pairs,
    link_by_id,
    link_by_score,
    link_events,
    model_of,
)
from bongsu.analyze.bridge_calibration import Calibration
from bongsu.facts.load import load_bridges
from bongsu.model.bridge import BRIDGE_LINK
from bongsu.normalize.bridge_event import normalize as decode
from bongsu.normalize.context import Context

BRIDGES = load_bridges()
LOGGED = both_sides()
SIDES = ("deposit", "withdrawal")
PLAIN = Calibration(floors=(0.0,), percents=(95,))
SURE = ScoreModel(calibrations={(fee, known): PLAIN for fee in (False, True) for known in (False, True)})
"""Claims every pair that is chosen, whatever its score."""


def by_id(*rows):
    return link_by_id(events(*rows), BRIDGES)


def by_score(*rows, model=SURE):
    return link_by_score(*split(events(*rows)), model)


# By id


def test_sides_of_one_id_are_linked_and_reversible_to_both_transactions():
    linked = by_id(
        deposit("in", transfer_id="7", position=3, confidence=80),
        withdrawal("out", transfer_id="7", position=9),
        withdrawal("else", transfer_id="8"),
    )
    (link,) = linked.links.to_pylist()
    assert (link["deposit_tx"], link["deposit_position"], link["deposit_asset"]) == ("in", 3, TOKEN)
    assert (link["withdrawal_chain"], link["withdrawal_tx"], link["withdrawal_position"]) == (THERE, "out", 9)
    assert (link["method"], link["transfer_id"], link["probability"], link["fee"]) == ("id", "7", 80, 0)
    assert link["why"] == ["Both sides carry the transfer id 7."]
    assert linked.links.schema.equals(BRIDGE_LINK)
    assert linked.refused.num_rows == 0


def test_same_id_of_another_bridge_is_another_transfer():
    linked = by_id(deposit("in", transfer_id="7"), withdrawal("out", transfer_id="7", bridge="poly"))
    assert linked.links.num_rows == linked.refused.num_rows == 0


def test_two_payments_that_exceed_one_deposit_share_its_probability():
    rows = [withdrawal(f"out{n}", transfer_id="7", amount=600, bridge="across") for n in (1, 2)]
    linked = by_id(deposit("in", transfer_id="7", bridge="across"), *rows)
    assert linked.links["probability"].to_pylist() == [45, 45]
    assert "exceed" in linked.links["why"][0].as_py()[1]


def test_parts_of_one_deposit_are_each_sure():
    rows = [withdrawal(f"out{n}", transfer_id="7", amount=500, bridge="across") for n in (1, 2)]
    linked = by_id(deposit("in", transfer_id="7", bridge="across"), *rows)
    assert linked.links["probability"].to_pylist() == [90, 90]


def test_several_deposits_of_one_id_go_with_withdrawals_in_their_order():
    linked = by_id(
        deposit("in2", 10, transfer_id="7"),
        deposit("in1", 0, transfer_id="7"),
        withdrawal("out2", 30, transfer_id="7"),
        withdrawal("out1", 20, transfer_id="7"),
        withdrawal("out3", 40, transfer_id="7"),
    )
    assert pairs_of(linked.links) == [("in1", "out1"), ("in2", "out2")]


def test_event_that_no_source_vouches_for_says_so():
    linked = by_id(
        deposit("in", transfer_id="7", established=False, confidence=30), withdrawal("out", transfer_id="7")
    )
    assert linked.links["probability"].to_pylist() == [30]
    assert linked.links["why"][0].as_py()[-1].startswith("No source names")


@pytest.mark.parametrize("name", LOGGED)
def test_both_sides_that_each_bridge_logs_are_linked_by_their_id(name):
    _slug, *sides = LOGGED[name]
    decoded = [decode(batch_of(rows), Context(chain=chain)).events for rows, chain in sides]
    linked = link_by_id(pa.concat_tables(decoded), BRIDGES)
    assert linked.refused.to_pylist() == []
    assert pairs_of(linked.links) == [(TX_IN, TX_OUT)]


def test_no_events_make_no_links():
    linked = link_events(events(), BRIDGES, model_of(BRIDGES))
    assert linked.links.num_rows == linked.refused.num_rows == 0
    assert linked.links.schema.equals(BRIDGE_LINK)


# By score


def test_score_links_what_fits_and_says_why():
    (link,) = by_score(deposit("in"), withdrawal("out")).to_pylist()
    assert (link["deposit_tx"], link["withdrawal_tx"], link["method"]) == ("in", "out", "score")
    assert (link["probability"], link["transfer_id"], link["fee"]) == (95, None, 0)
    assert link["why"] == [
        "Both sides name the same beneficiary.",
        "The amounts fit.",
        "No other deposit fits.",
        "It arrived 100 seconds after it left.",
        "Where the truth is known, at least 95 of 100 such pairs were right.",
    ]


@pytest.mark.parametrize(
    "changed",
    [
        {"amount": 999},
        {"amount": 1_001},
        {"beneficiary": BOB},
        {"asset": TOKEN},
        {"seconds": -1},
        {"other_chain": "eip155:10"},
        {"amount": None},
        {"asset": None},
        {"bridge": "poly"},
    ],
)
def test_score_links_nothing_that_cannot_be(changed):
    assert by_score(deposit("in"), withdrawal("out", **changed)).num_rows == 0


def test_two_sides_with_ids_are_not_for_a_score():
    assert by_score(deposit("in", transfer_id="1"), withdrawal("out", transfer_id="2")).num_rows == 0
    assert by_score(deposit("in", transfer_id="1"), withdrawal("out")).num_rows == 1


def test_no_latency_is_too_long():
    years = 20 * 365 * 86_400
    assert by_score(deposit("in"), withdrawal("out", years)).num_rows == 1


def test_fee_is_taken_within_its_bound_only():
    model = ScoreModel(calibrations=SURE.calibrations, basis_points={"ronin-bridge": 100})
    rows = [deposit("in", amount=10_000), deposit("in2", amount=50_000)]
    fits = by_score(*rows, withdrawal("out", amount=9_900), model=model)
    assert fits["fee"].to_pylist() == [100]
    assert by_score(*rows, withdrawal("out", amount=9_899), model=model).num_rows == 0
    assert by_score(*rows, withdrawal("out", amount=10_001), model=model).num_rows == 0


def test_bridge_that_converts_is_not_scored():
    model = ScoreModel(calibrations=SURE.calibrations, skipped=frozenset({"ronin-bridge"}))
    assert by_score(deposit("in"), withdrawal("out"), model=model).num_rows == 0


def test_below_the_threshold_nothing_is_claimed():
    low = {key: Calibration(floors=(0.0,), percents=(89,)) for key in SURE.calibrations}
    assert by_score(deposit("in"), withdrawal("out"), model=ScoreModel(calibrations=low)).num_rows == 0


def test_pairs_of_assets_are_learned_from_ids_only_where_they_agree():
    known = by_id(deposit("in", transfer_id="7", other_asset=None), withdrawal("out", transfer_id="7"))
    assert learned_pairs(known.links) == {TOKEN: OTHER}
    other = by_id(
        deposit("a", transfer_id="1", other_asset=None),
        withdrawal("b", transfer_id="1"),
        deposit("c", transfer_id="2", other_asset=None),
        withdrawal("d", transfer_id="2", asset=TOKEN),
    )
    assert learned_pairs(other.links) == {}


def test_what_ids_teach_of_assets_is_used_by_the_score():
    rows = [
        deposit("a", transfer_id="1", other_asset=None),
        withdrawal("b", transfer_id="1"),
        deposit("c", other_asset=None, amount=77),
        withdrawal("d", amount=77),
    ]
    assert pairs_of(link_events(events(*rows), BRIDGES, SURE).links) == [("a", "b"), ("c", "d")]


def test_refused_pair_is_not_scored_again():
    rows = [deposit("in", transfer_id="7"), withdrawal("out", transfer_id="7", beneficiary=BOB)]
    linked = link_events(events(*rows), BRIDGES, SURE)
    assert linked.links.num_rows == 0
    assert linked.refused["why"].to_pylist() == [["Another account was paid than was to be."]]


side = st.tuples(st.integers(0, 30), st.sampled_from([100, 200, 250]), st.sampled_from([ALICE, BOB, None]))


@given(left=st.lists(side, max_size=12), arrived=st.lists(side, max_size=12), fee=st.sampled_from([0, 3_000]))
@settings(max_examples=60)
@example(left=[(0, 200, None)], arrived=[(0, 200, ALICE), (0, 200, BOB)], fee=0)
def test_each_event_is_used_once_in_time_and_the_order_of_rows_does_not_matter(left, arrived, fee):
    rows = [deposit(f"i{n}", s, amount=a, beneficiary=b) for n, (s, a, b) in enumerate(left)]
    rows += [withdrawal(f"o{n}", s, amount=a, beneficiary=b) for n, (s, a, b) in enumerate(arrived)]
    model = ScoreModel(calibrations=SURE.calibrations, basis_points={"ronin-bridge": fee} if fee else {})
    links = by_score(*rows, model=model)
    stated = {row["tx_hash"]: row for row in rows}
    for name in ("deposit_tx", "withdrawal_tx"):
        assert len(set(links[name].to_pylist())) == links.num_rows
    for one, other in pairs_of(links):
        paid, got = stated[one], stated[other]
        assert paid["time"] <= got["time"]
        assert got["amount"] <= paid["amount"]
        assert 10_000 * got["amount"] >= (10_000 - fee) * paid["amount"]
        assert paid["beneficiary"] == got["beneficiary"] or None in (paid["beneficiary"], got["beneficiary"])
    again = by_score(*reversed(rows), model=model)
    # Twins may change places; how many are linked, and of what, may not.
    assert _shape(again, stated) == _shape(links, stated)


def _shape(links, stated):
    keep = ("time", "amount")
    return sorted(
        (*(stated[tx][name] for tx in pair for name in keep), str(stated[pair[1]]["beneficiary"]))
        for pair in pairs_of(links)
    )


def test_equal_amounts_in_numbers_make_no_pairs_in_numbers_squared():
    count = 30_000
    rows = events(deposit("in"), withdrawal("out", 10**6))
    left, arrived = (pa.concat_tables([one] * count).combine_chunks() for one in split(rows))
    links = link_by_score(left, arrived, ScoreModel(most=4))
    assert links.num_rows == 0
    assert MOST * count < count**2


# Real data


@pytest.fixture(scope="module", params=[ronin, nomad], ids=["ronin", "nomad"])
def truth(request, onchain):
    return request.param(onchain / "bridges_xchainwatcher" / request.param.__name__)


def rates(links, truth):
    """Precision, recall and F1 of links; a pair that the source does not list is wrong."""
    claims = set(pairs_of(links))
    right = len(claims & truth.pairs)
    return right / len(claims), right / len(truth.pairs), 2 * right / (len(claims) + len(truth.pairs))


def test_decoys_are_what_remains_without_the_matched(truth):
    known = {
        "ronin-bridge": (2_694, 11_815, 732, {"deposits": 768, "withdrawals": 1_908}),
        "nomad": (4_482, 828, 387, {"deposits": 0, "withdrawals": 0}),
    }
    counts = len(truth.pairs), truth.decoy_deposits, truth.decoy_withdrawals, truth.removed
    assert counts == known[truth.name]
    left, arrived = truth.without_ids(beneficiary=True)
    assert left["transfer_id"].null_count == left.num_rows
    assert arrived["transfer_id"].null_count == arrived.num_rows
    assert left["tx_hash"].to_pylist() == sorted(left["tx_hash"].to_pylist())


def test_every_pair_is_linked_by_id(truth):
    linked = link_by_id(pa.concat_tables([truth.deposits, truth.withdrawals]), BRIDGES)
    claims = set(pairs_of(linked.links))
    assert truth.pairs <= claims
    # What is claimed besides carries the same id, account and amount on both sides.
    beside = claims - truth.pairs
    assert len(beside) == {"ronin-bridge": 22, "nomad": 0}[truth.name]
    assert beside <= truth.same_id()
    dealt_ids = dealt(truth.withdrawals, "transfer_id")
    decoys = link_by_id(pa.concat_tables([truth.deposits, dealt_ids]), BRIDGES).links
    assert decoys.num_rows <= 1


def test_with_the_beneficiary_given_the_bar_is_met(truth):
    left, arrived = truth.without_ids(beneficiary=True)
    links = link_by_score(left, arrived, model_of(BRIDGES))
    precision, recall, f1 = rates(links, truth)
    assert precision >= 0.99
    assert f1 >= 0.97
    assert recall >= 0.96
    assert min(links["probability"].to_pylist()) >= 90
    times = (links[f"{side}_time"].to_pylist() for side in SIDES)
    days = [(arrived - left).days for left, arrived in zip(*times, strict=True)]
    assert max(days) > {"ronin-bridge": 900, "nomad": 60}[truth.name]


def test_with_the_beneficiary_withheld_no_match_claims_more_than_it_keeps(truth):
    left, arrived = truth.without_ids(beneficiary=False)
    assert left["beneficiary"].null_count == left.num_rows
    links = link_by_score(left, arrived, model_of(BRIDGES))
    precision, recall, _f1 = rates(links, truth)
    assert 100 * precision >= max(links["probability"].to_pylist())
    assert recall > {"ronin-bridge": 0.5, "nomad": 0.75}[truth.name]
    for percent in set(links["probability"].to_pylist()):
        own = links.filter(pa.array([one == percent for one in links["probability"].to_pylist()]))
        assert 100 * rates(own, truth)[0] >= percent


def test_where_nothing_can_be_right_little_is_claimed(truth):
    left, arrived = truth.without_ids(beneficiary=True)
    model = model_of(BRIDGES)
    assert link_by_score(left, dealt(arrived, "beneficiary"), model).num_rows < 0.003 * arrived.num_rows
    left, arrived = truth.without_ids(beneficiary=False)
    assert link_by_score(backwards(left), backwards(arrived), model).num_rows < 0.06 * arrived.num_rows


def test_exploit_that_used_real_ids_is_refused(onchain):
    truth = nomad(onchain / "bridges_xchainwatcher" / "nomad")
    linked = link_by_id(pa.concat_tables([truth.deposits, truth.withdrawals]), BRIDGES)
    assert linked.links.num_rows == len(truth.pairs)
    assert linked.refused.num_rows == 382
    assert all(linked.refused["why"].to_pylist())
    assert set(linked.refused["probability"].to_pylist()) == {0}


def test_rates_of_the_page_are_those_of_the_links(onchain):
    found = {rate.name: rate for rate in measure()}
    assert len(found) == 2 * (1 + len(SETTINGS))
    for rate in found.values():
        assert rate.true_positive + rate.false_negative == rate.n
        assert rate.decoys > 0
        assert rate.note
    score = found["bridge_score nomad, beneficiary given"]
    assert score.false_positive == 0
    chosen = choose(nomad(onchain / "bridges_xchainwatcher" / "nomad"), 0, beneficiary=True)
    assert chosen.right.sum() >= score.true_positive


@pytest.mark.usefixtures("onchain")
def test_the_page_states_what_is_measured():
    page = Path(__file__).parent.parent.parent / "docs" / "reference" / "bridges.md"
    assert tables() in page.read_text()


def test_pairs_that_a_source_lists_load_as_known_links(onchain):
    loaded = connector(onchain / "bridges_connector")
    assert (loaded.links.num_rows, loaded.deposits.num_rows, loaded.rejects.num_rows) == (24_392, 16_043, 0)
    assert loaded.links.schema.equals(BRIDGE_LINK)
    assert set(loaded.links["method"].to_pylist()) == {"stated"}
    # One file of deposits is missing: those links know their transactions only.
    assert loaded.links["deposit_amount"].null_count == 8_349
    assert len(set(pairs_of(loaded.links))) == 24_392
    for name in ("asset", "amount", "time", "sender", "beneficiary", "other_chain"):
        assert loaded.deposits[name].null_count == 0
