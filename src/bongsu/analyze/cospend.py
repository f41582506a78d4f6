"""Addresses of one owner, because their outputs were spent together; with a guard against collapse.

Nakamoto (2008, section 10) already names it. It is wrong for every CoinJoin, and a few wrong joins make one
cluster of everything: so CoinJoins are left out (two equal outputs are enough here to suspect one), a
transaction whose inputs are not all shown joins nothing, addresses that labels give to different owners are
never joined, and a cluster that grows beyond a size stops growing. What was refused is counted.
"""

from typing import NamedTuple

import numpy as np

from bongsu.analyze.change import METHOD as CHANGE
from bongsu.analyze.change import change_outputs
from bongsu.analyze.coinjoin import find_coinjoins
from bongsu.analyze.joint import UNKNOWN, Joints
from bongsu.kernel.case import Array

METHOD = "bongsu.cospend@1"
SUSPECT_EQUALS = 2
"""Equal outputs from which on the shape of a CoinJoin keeps a transaction from joining addresses."""


class Links(NamedTuple):
    """Pairs of address codes, the row that shows each, and the method: in the order of the rows."""

    left: Array
    right: Array
    row: Array
    method: tuple[str, ...]
    """Methods in the order of their codes."""
    code: Array


def suspects(joints: Joints) -> Array:
    """Whether each transaction may be a CoinJoin, or is not shown whole."""
    found: Array = (find_coinjoins(joints, fewest=SUSPECT_EQUALS).protocol > 0) | ~joints.whole
    return found


def cospend_links(joints: Joints, skip: Array) -> Links:
    """The first known input address of each transaction with each of its others.

    Args:
        joints: Transactions.
        skip: Whether each joins nothing.
    """
    ins = joints.inputs
    known = np.flatnonzero((ins.address != UNKNOWN) & ~skip[ins.parent])
    parent, address = ins.parent[known], ins.address[known]
    first = np.flatnonzero(np.diff(parent, prepend=-1))
    sizes = np.diff(first, append=len(parent))
    left = np.repeat(address[first], sizes)
    _pairs, once = np.unique(np.stack([parent, address], axis=1), axis=0, return_index=True)
    other = np.sort(once)
    other = other[left[other] != address[other]]
    return Links(left[other], address[other], ins.row[known][other], (METHOD,), np.zeros(len(other), int))


def change_links(joints: Joints, skip: Array) -> Links:
    """The first known input address of each transaction with the address of its change."""
    change = change_outputs(joints)
    named = np.flatnonzero((change >= 0) & ~skip)
    ins = joints.inputs
    payer = ins.address[ins.first[named]]
    payee = joints.outputs.address[change[named]]
    kept = (payer != UNKNOWN) & (payee != UNKNOWN) & (payer != payee)
    row = joints.outputs.row[change[named]][kept]
    return Links(payer[kept], payee[kept], row, (CHANGE,), np.zeros(len(row), dtype=np.int64))


def merged(parts: list[Links]) -> Links:
    """Links of several methods, in the order of their rows, methods first come first."""
    methods = tuple(name for part in parts for name in part.method)
    shift = np.cumsum([0, *(len(part.method) for part in parts)])
    code = np.concatenate([part.code + by for part, by in zip(parts, shift, strict=False)])
    left, right, row = (np.concatenate([part[field] for part in parts]) for field in range(3))
    order = np.lexsort((code, row))
    return Links(left[order], right[order], row[order], methods, code[order])
