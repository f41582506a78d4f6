import pyarrow as pa

from bongsu.analyze.linkage_group import METHOD, group_records
from bongsu.model.person import MEMBERSHIP


def grouped(records, *pairs):
    left, right, weight = zip(*pairs, strict=True) if pairs else ((), (), ())
    table = pa.table(
        {
            "left": pa.array(left, pa.string()),
            "right": pa.array(right, pa.string()),
            "weight": pa.array(weight, pa.float64()),
        }
    )
    found = group_records(list(records), table)
    assert found.schema == MEMBERSHIP
    assert set(found["method"].to_pylist()) <= {METHOD}
    return dict(zip(found["record"].to_pylist(), found["group"].to_pylist(), strict=True))


def test_sure_pairs_make_groups_and_a_lone_record_is_none():
    assert grouped("abcd", ("a", "b", 9.0), ("b", "c", 8.0)) == dict.fromkeys("abc", "a")


def test_the_order_of_records_and_pairs_does_not_matter():
    pairs = [("a", "b", 9.0), ("c", "d", 9.0), ("b", "c", 8.5), ("e", "f", 5.0)]
    assert grouped("abcdef", *pairs) == grouped("fedcba", *reversed(pairs))


def test_a_doubtful_pair_joins_a_lone_record_but_is_no_bridge_between_groups():
    three = [("a", "b", 9.0), ("b", "c", 9.0), ("d", "e", 9.0), ("e", "f", 9.0)]
    assert grouped("abcg", *three[:2], ("c", "g", 4.5))["g"] == "a"
    assert grouped("abcdef", *three, ("c", "d", 7.9))["d"] == "d"


def test_many_doubtful_pairs_are_a_bridge():
    three = [("a", "b", 9.0), ("b", "c", 9.0), ("d", "e", 9.0), ("e", "f", 9.0)]
    bridge = [("a", "d", 5.0), ("b", "e", 5.0), ("c", "f", 5.0)]
    assert set(grouped("abcdef", *three, *bridge).values()) == {"a"}


def test_a_pair_below_the_least_weight_joins_nothing():
    assert grouped("ab", ("a", "b", 2.9)) == {}
    assert grouped("ab") == {}
