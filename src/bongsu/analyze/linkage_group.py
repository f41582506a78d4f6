"""Groups of records of one person out of weighted pairs.

Groups of sure pairs come first. A less sure pair joins two of them only where all such pairs between them
together bring FACTOR bits for each record of the smaller group: one doubtful pair between two large groups is
no bridge, many are. That keeps chains of near-namesakes apart, which transitive closure does not.
"""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.kernel.union_find import joined_sets
from bongsu.model.person import MEMBERSHIP

SURE_WEIGHT = 8.0
"""Bits from which one pair joins two groups."""
LEAST_WEIGHT = 3.0
"""Bits below which a pair joins nothing."""
FACTOR = 4.0
"""Bits that pairs between two groups must bring for each record of the smaller."""
MOST_RECORDS = 100
"""Records that one person may have; a larger group is not made."""
METHOD = "linkage@1"


def group_records(records: list[str], pairs: pa.Table) -> pa.Table:
    """Groups of two and more records: schema `bongsu.model.person.MEMBERSHIP`.

    Args:
        records: Ids of all records.
        pairs: Columns left, right and weight, as `bongsu.analyze.linkage_model.weigh_pairs` returns them.
    """
    names = pa.array(sorted(records), pa.string())
    left, right = (_places(pairs[side], names) for side in ("left", "right"))
    roots = _roots(left, right, pairs["weight"].to_numpy(), len(names))
    sizes = np.bincount(roots, minlength=len(names))
    kept = np.flatnonzero(sizes[roots] > 1)
    columns = [names.take(kept), names.take(roots[kept]), pa.repeat(METHOD, len(kept))]
    return pa.table(dict(zip(MEMBERSHIP.names, columns, strict=True)), MEMBERSHIP)


def _places(values: pa.ChunkedArray, names: pa.Array) -> np.ndarray:
    found: np.ndarray = pc.index_in(values, value_set=names).to_numpy()
    return found.astype(np.int64)


def _roots(left: np.ndarray, right: np.ndarray, weight: np.ndarray, count: int) -> np.ndarray:
    """Smallest record of each record's group."""
    nobody = np.zeros(count, dtype=np.int64)
    sure = np.flatnonzero(weight >= SURE_WEIGHT)
    sure = sure[np.argsort(-weight[sure], kind="stable")]
    roots, _fate = joined_sets(left[sure], right[sure], nobody, most=MOST_RECORDS)
    doubtful = (weight >= LEAST_WEIGHT) & (weight < SURE_WEIGHT)
    one, other = _bridges(roots[left[doubtful]], roots[right[doubtful]], weight[doubtful], roots)
    within = np.arange(count)
    both = np.concatenate([within, one]), np.concatenate([roots, other])
    joined, _fate = joined_sets(*both, nobody, most=MOST_RECORDS)
    return joined


def _bridges(
    one: np.ndarray, other: np.ndarray, weight: np.ndarray, roots: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Groups that enough doubtful pairs join, the best supported first."""
    between = one != other
    low, high = np.minimum(one, other)[between], np.maximum(one, other)[between]
    pair, place = np.unique(np.stack([low, high], axis=1), axis=0, return_inverse=True)
    support = np.bincount(place.reshape(-1), weights=weight[between], minlength=len(pair))
    sizes = np.bincount(roots)
    share = support / np.minimum(sizes[pair[:, 0]], sizes[pair[:, 1]])
    order = np.argsort(-share, kind="stable")
    kept = order[share[order] >= FACTOR]
    return pair[kept, 0], pair[kept, 1]
