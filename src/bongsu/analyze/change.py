"""Which of two outputs is the change that a payer gave back to itself.

Rules: Meiklejohn et al. (IMC 2013) for addresses seen once; Kappos et al., "How to Peel a Million" (USENIX
Security 2022) and Möser and Narayanan, "Resurrecting Address Clustering in Bitcoin" (FC 2022) for address
type, round amounts and optimal change. Each rule speaks only where exactly one of the two outputs fits.
"""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.analyze.joint import UNKNOWN, Joints
from bongsu.kernel.case import Array

METHOD = "bongsu.change@1"
ROUND = 1_000
"""Satoshi: a multiple of this is an amount that a person chose."""
RULES = ("address_type", "round_amount", "optimal_change", "one_time")
NONE = -1
"""No output is named."""


def two_outputs(joints: Joints) -> Array:
    """Places of the outputs with money of transactions that have exactly two, else NONE: shape (n, 2)."""
    outs = joints.outputs
    money = np.flatnonzero(outs.amount > 0)
    count = np.bincount(outs.parent[money], minlength=len(joints))
    pairs = np.full((len(joints), 2), NONE, dtype=np.int64)
    two = money[count[outs.parent[money]] == 2]
    pairs[count == 2] = two.reshape(-1, 2)
    return pairs


def change_votes(joints: Joints) -> dict[str, Array]:
    """Output that each rule names as change, NONE where it has nothing to say: rule to shape (n,)."""
    pairs = two_outputs(joints)
    asked = pairs[:, 0] >= 0
    fits = {
        "address_type": _same_type(joints, pairs),
        "round_amount": joints.outputs.amount[pairs] % ROUND != 0,
        "optimal_change": _smaller_than_inputs(joints, pairs),
        "one_time": _seen_once(joints)[pairs],
    }
    votes = {}
    for rule in RULES:
        one = asked & (fits[rule].sum(axis=1) == 1)
        votes[rule] = np.where(one, np.where(fits[rule][:, 0], pairs[:, 0], pairs[:, 1]), NONE)
    return votes


def change_outputs(joints: Joints, rules: tuple[str, ...] = RULES) -> Array:
    """Output that two rules or more name and none contradicts, NONE elsewhere: int64, shape (n,)."""
    votes = change_votes(joints)
    named = np.stack([votes[rule] for rule in rules])
    most = named.max(axis=0)
    agree = ((named == most) | (named == NONE)).all(axis=0) & ((named >= 0).sum(axis=0) >= 2)
    found: Array = np.where(agree, most, NONE)
    return found


def address_types(addresses: pa.Array) -> Array:
    """Code of the kind of each address, told from its form: int64; addresses of one kind have one code."""
    segwit = pc.starts_with(addresses, "bc1")
    size = pc.utf8_length(addresses).cast(pa.string())
    kind = pc.binary_join_element_wise(pc.utf8_slice_codeunits(addresses, 0, 4), size, "")
    legacy = pc.utf8_slice_codeunits(addresses, 0, 1)
    found: Array = pc.if_else(segwit, kind, legacy).dictionary_encode().indices.to_numpy().astype(np.int64)
    return found


def _same_type(joints: Joints, pairs: Array) -> Array:
    """Whether each output has the one type that all inputs have."""
    types = np.append(address_types(joints.addresses), UNKNOWN)
    ins = types[joints.inputs.address]
    least = np.full(len(joints), np.iinfo(np.int64).max)
    most = np.full(len(joints), UNKNOWN, dtype=np.int64)
    np.minimum.at(least, joints.inputs.parent, ins)
    np.maximum.at(most, joints.inputs.parent, ins)
    outs = types[joints.outputs.address][pairs]
    same: Array = (outs == most[:, None]) & (least == most)[:, None] & (most >= 0)[:, None]
    return same


def _smaller_than_inputs(joints: Joints, pairs: Array) -> Array:
    """Whether each output is less than every input, where all are known: else one input was not needed."""
    least = np.full(len(joints), np.iinfo(np.int64).max)
    np.minimum.at(least, joints.inputs.parent, joints.inputs.amount)
    known = joints.whole & (least != UNKNOWN)
    smaller: Array = (joints.outputs.amount[pairs] < least[:, None]) & known[:, None]
    return smaller


def _seen_once(joints: Joints) -> Array:
    """Whether each output's address is known and paid once in the whole table."""
    outs = joints.outputs.address
    count = np.bincount(outs[outs >= 0], minlength=len(joints.addresses) + 1)
    once: Array = (outs >= 0) & (count[outs] == 1)
    return once
