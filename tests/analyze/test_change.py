import numpy as np
import pyarrow as pa
import pytest
from bench.heuristic_block import true_changes
from bench.real_data import block_joints
from tests.data.pattern_case import joints

from bongsu.analyze.change import NONE, address_types, change_outputs, change_votes, two_outputs
from bongsu.analyze.cospend import suspects

SEGWIT = "bc1q" + "x" * 38


def votes(inputs, outputs):
    made = joints(("t", inputs, outputs))
    named = change_votes(made)
    return {rule: int(one[0]) for rule, one in named.items() if one[0] != NONE}, int(change_outputs(made)[0])


def test_each_rule_names_the_one_output_that_fits():
    payer = [("far:0", "1A", 5_000), ("far:1", "1B", 9_000)]
    assert votes(payer, [("1C", 3_001), ("3D", 10_000)]) == (
        {"address_type": 0, "round_amount": 0, "optimal_change": 0},
        0,
    )
    assert votes(payer, [("3C", 3_001), ("3D", 4_001)]) == ({}, NONE)
    assert votes([("far:0", "1A", None)], [("1C", 4_001), ("3D", 3_001)]) == ({"address_type": 0}, NONE)
    mixed = [("far:0", "1A", None), ("far:1", "3B", None)]
    assert votes(mixed, [("1C", 4_001), ("3D", 3_001)]) == ({}, NONE)


def test_rules_that_contradict_name_nothing():
    named, both = votes([("far:0", "1A", None)], [("1C", 4_000), ("3D", 3_001)])
    assert (named, both) == ({"address_type": 0, "round_amount": 1}, NONE)


def test_an_address_seen_before_is_not_new():
    made = joints(
        ("one", [("far:0", "1A", None)], [("3S", 5_000)]),
        ("two", [("far:1", "1B", None)], [("3S", 7_001), ("1N", 6_001)]),
    )
    assert change_votes(made)["one_time"].tolist() == [NONE, 2]
    assert change_outputs(made).tolist() == [NONE, 2]


def test_only_two_outputs_with_money_count():
    made = joints(
        ("one", [("far:0", "1A", None)], [("1B", 5), (None, 0), ("1C", 7)]),
        ("two", [("far:1", "1A", None)], [("1B", 5), ("1C", 7), ("1D", 9)]),
    )
    assert two_outputs(made).tolist() == [[0, 2], [NONE, NONE]]


def test_address_types():
    codes = address_types(pa.array(["1A", "3B", SEGWIT, "bc1q" + "y" * 58, "bc1p" + "z" * 58, "1C", SEGWIT]))
    assert codes[0] == codes[5]
    assert codes[2] == codes[6]
    assert len(set(codes.tolist())) == 5


@pytest.fixture(scope="module")
def blocks(onchain):
    return block_joints()


def test_real_blocks(blocks):
    back, kin = true_changes(blocks)
    assert ((back >= 0).sum(), (kin >= 0).sum()) == (918, 11)
    named = change_votes(blocks)
    asked = (back >= 0) & (named["round_amount"] >= 0)
    assert asked.sum() == 122
    assert (named["round_amount"][asked] == back[asked]).sum() == 117
    # Change to the payer's own address has its type by definition: such a test could not fail.
    typed = (back >= 0) & (named["address_type"] >= 0)
    assert (named["address_type"][typed] == back[typed]).all()
    assert not (suspects(blocks) & (np.maximum(back, kin) >= 0)).any()
