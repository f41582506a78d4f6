import numpy as np
import pytest
from tests.data.pattern_case import BITCOIN, flow_book, spending_book
from tests.data.trace_case import label

from bongsu.analyze.cluster import MOST_MEMBERS, clusters_of, label_masks, pool_clusters
from bongsu.analyze.end import Labels
from bongsu.model.cluster import MEMBER

SPENDS = [
    ("one", [("far:0", "1A", 10), ("far:1", "1B", 10)], [("3X", 20)]),
    ("two", [("far:2", "1B", 10), ("far:3", "1C", 10)], [("3Y", 20)]),
    ("three", [("far:4", "1D", 10), ("far:5", "1E", 10)], [("3Z", 20)]),
    ("mix", [(f"far:{n}", f"1M{n}", 100_000) for n in range(6, 11)], [(f"1N{n}", 100_000) for n in range(5)]),
]
NOBODY = Labels([])


def groups(found):
    made = {}
    for row in found.members.to_pylist():
        made.setdefault(row["cluster"], set()).add(row["address"])
    return sorted(map(sorted, made.values()))


def owner(address, name):
    return label(address, "exchange", chain=BITCOIN, name=name)


def test_co_spent_addresses():
    book = spending_book(*SPENDS)
    found = clusters_of(book, NOBODY, methods=["cospend"])
    assert groups(found) == [["1A", "1B", "1C"], ["1D", "1E"]]
    assert (found.suspects, found.conflicts, found.too_large) == (1, 0, 0)
    assert found.members.schema == MEMBER
    rows = {row["address"]: row for row in found.members.to_pylist()}
    assert rows["1C"]["evidence"][0]["locator"] == "row 2"
    assert rows["1C"]["method"] == "bongsu.cospend@1"


def test_without_the_guard_a_coinjoin_would_be_one_owner():
    plain = [*SPENDS[:3], ("mix", SPENDS[3][1], [(f"1N{n}", 100_000 + n) for n in range(5)])]
    assert ["1M10", "1M6", "1M7", "1M8", "1M9"] in groups(
        clusters_of(spending_book(*plain), NOBODY, methods=["cospend"])
    )


def test_two_owners_are_never_joined():
    labels = Labels([owner("1A", "One"), owner("1C", "Two")])
    found = clusters_of(spending_book(*SPENDS), labels, methods=["cospend"])
    assert groups(found) == [["1A", "1B"], ["1D", "1E"]]
    assert found.conflicts == 1
    same = Labels([owner("1A", "One"), owner("1C", "One")])
    assert clusters_of(spending_book(*SPENDS), same, methods=["cospend"]).conflicts == 0


def test_a_cluster_stops_growing():
    found = clusters_of(spending_book(*SPENDS), NOBODY, methods=["cospend"], most=2)
    assert (groups(found), found.too_large) == ([["1A", "1B"], ["1D", "1E"]], 1)
    assert MOST_MEMBERS > 2


def test_change_is_a_method_of_its_own():
    book = spending_book(("one", [("far:0", "1A", 9_001)], [("1B", 4_001), ("3K", 5_000)]))
    assert groups(clusters_of(book, NOBODY, methods=["cospend"])) == []
    (first, second) = clusters_of(book, NOBODY, methods=["change"]).members.to_pylist()
    assert (first["address"], second["address"], second["method"]) == ("1A", "1B", "bongsu.change@1")


def test_what_is_not_proven_is_off_unless_asked_for():
    assert clusters_of(spending_book(*SPENDS), NOBODY).members.num_rows == 0


PAYERS = [("a", "d", 5, 0), ("b", "d", 6, 60), ("c", "e", 7, 120), ("d", "hot", 11, 180)]


def test_payers_of_a_labeled_deposit_address():
    book = flow_book(*PAYERS)
    assert clusters_of(book, NOBODY).members.num_rows == 0
    found = clusters_of(book, Labels([label("d", "deposit", name="Deposit")]))
    assert groups(found) == [["a", "b"]]
    assert {row["method"] for row in found.members.to_pylist()} == {"bongsu.deposit_reuse@1"}


def test_payers_of_a_recognized_deposit_account_only_where_asked():
    book, labels = flow_book(*PAYERS), Labels([label("hot", "exchange", name="Hot")])
    assert clusters_of(book, labels).members.num_rows == 0
    assert groups(clusters_of(book, labels, methods=["deposit_account"])) == [["a", "b"]]


def test_an_overlay_changes_nothing_and_comes_off():
    book = spending_book(*SPENDS)
    before = (book.movements, book.pools)
    found = clusters_of(book, NOBODY, methods=["cospend", "change"])
    assert book.movements.equals(before[0])
    assert book.pools.equals(before[1])
    over = pool_clusters(book.pools, found.members)
    addresses = book.pools["address"].to_pylist()
    assert len({int(over[n]) for n, one in enumerate(addresses) if one in {"1A", "1B", "1C"}} - {-1}) == 1
    listed = found.members["address"].to_pylist()
    assert {int(over[n]) for n, one in enumerate(addresses) if one not in listed} == {-1}
    assert (pool_clusters(book.pools, MEMBER.empty_table()) == -1).all()


def test_label_masks():
    book = flow_book(*PAYERS)
    service, deposit = label_masks(book.pools, Labels([label("hot", "exchange"), label("d", "deposit")]))
    holders = book.pools["holder"].to_pylist()
    assert [holders[n] for n in np.flatnonzero(service)] == ["hot"]
    assert [holders[n] for n in np.flatnonzero(deposit)] == ["d"]


@pytest.mark.parametrize("methods", [["cospend"], ["cospend", "change"]])
def test_leaving_out_a_method_only_splits(methods):
    book = spending_book(*SPENDS, ("late", [("far:20", "1A", 9_001)], [("1D", 4_001), ("3K", 5_000)]))
    all_of = groups(clusters_of(book, NOBODY, methods=["cospend", "change"]))
    for part in groups(clusters_of(book, NOBODY, methods=methods)):
        assert any(set(part) <= set(whole) for whole in all_of)
