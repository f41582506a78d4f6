import numpy as np
from tests.data.pattern_case import flow_book, pool

from bongsu.analyze.layering import layer_depths, layering

WAY = [("s", "a", 9), ("a", "b", 8), ("b", "c", 7), ("s", "c", 1), ("c", "d", 7), ("x", "y", 5)]


def mask(book, *names):
    return np.isin(np.arange(book.pools.num_rows), [pool(book, one) for one in names])


def test_depth_is_by_the_fewest_payments():
    book = flow_book(*WAY)
    depths = layer_depths(book, mask(book, "s"), mask(book))
    assert [int(depths[pool(book, one)]) for one in "sabcdxy"] == [0, 1, 2, 1, 2, -1, -1]
    assert layering(book, mask(book, "s"), mask(book)) == []


def test_a_deep_way_is_a_finding():
    book = flow_book(*[one for one in WAY if one != ("s", "c", 1)])
    (found,) = layering(book, mask(book, "s"), mask(book))
    assert "can reach 1 pools by 4 payments" in found.why[0]
    assert "0: 1, 1: 1, 2: 1, 3: 1, 4: 1" in found.why[1]
    assert found.subject.endswith(":s")
    assert layering(book, mask(book, "s"), mask(book, "b")) == []
