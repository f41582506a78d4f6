"""What several files state counts once: rules one by one, then against a slow twin."""

from collections import Counter, defaultdict

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.data.ledger_rows import moved, rows, sources

from bongsu.model.transfer import LAST_POSITION
from bongsu.store.ledger import memory_ledger

FEE = {"kind": "fee", "position": LAST_POSITION + 1, "target": "fee:1"}
BURNED = {"kind": "base_fee", "position": LAST_POSITION, "target": "null"}


def amounts(*given, files=2):
    return sorted(one["amount"] for one in moved(memory_ledger(rows(*given), sources(files))))


def test_row_with_position_counts_once_even_within_a_file():
    assert amounts({"file": 0}, {"file": 0}, {"file": 1}) == [1]


def test_rows_without_position_alike_in_one_file_are_distinct_and_the_most_across_files_counts():
    row = {"kind": "flow", "position": None}
    assert amounts(row | {"file": 0}, row | {"file": 0}, row | {"file": 1}) == [1, 1]


def test_internal_row_without_position_is_the_one_that_traces_place():
    export = {"kind": "internal", "position": None, "file": 0}
    trace = {"kind": "internal", "position": 1, "file": 1}
    assert amounts(export, trace | {"path": "0000"}, trace | {"path": "0001"}) == [1, 1]
    assert amounts(export, export, export, trace | {"path": "0000"}) == [1, 1, 1]


def test_rows_without_hash_are_known_by_block_and_time():
    reward = {"kind": "reward", "position": None, "tx_hash": ""}
    assert amounts(reward | {"file": 0}, reward | {"file": 1}) == [1]
    assert amounts(reward | {"block": 1}, reward | {"block": 2, "file": 1}) == [1, 1]


def test_split_fee_replaces_the_sum_and_a_tip_of_zero_too():
    assert amounts(
        FEE | {"amount": 10}, BURNED | {"amount": 7, "file": 1}, FEE | {"amount": 3, "file": 1}
    ) == [3, 7]
    assert amounts(FEE | {"amount": 7}, BURNED | {"amount": 7, "file": 1}) == [7]
    other = {"tx_hash": "t2"}
    assert amounts(FEE | {"amount": 10} | other, BURNED | {"amount": 7, "file": 1}) == [7, 10]


def test_cited_is_the_first_row_of_the_first_file():
    (one,) = moved(memory_ledger(rows({"file": 1, "locator": 5}, {"file": 0, "locator": 9}), sources(2)))
    assert (one["file"], one["locator"]) == (0, 9)


ROW = st.fixed_dictionaries(
    {
        "file": st.integers(0, 2),
        "source": st.sampled_from("ab"),
        "amount": st.integers(1, 2),
        "kind": st.sampled_from(["internal", "token"]),
        "tx_hash": st.sampled_from(["", "t1"]),
        "position": st.sampled_from([None, 1, 2]),
        "block": st.sampled_from([1, 2]),
    }
)


def twin(given):
    """How many rows of each kind count, by reading the rules aloud."""
    placed, per_file = set(), defaultdict(Counter)
    for one in given:
        content = (
            one["source"],
            one["amount"],
            one["kind"],
            one["tx_hash"],
            "" if one["tx_hash"] else one["block"],
        )
        if one["position"] is None:
            per_file[one["file"]][content] += 1
        else:
            placed.add((*content, one["position"]))
    most = Counter()
    for counts in per_file.values():
        most |= counts
    total = Counter(one[:-1] for one in placed)
    for content, count in most.items():
        stated = total[content] if content[3] else 0
        total[content] += max(0, count - stated)
    return Counter({content[:4]: 0 for content in total}) + sum_by(total)


def sum_by(total):
    found = Counter()
    for content, count in total.items():
        found[content[:4]] += count
    return found


@settings(max_examples=60, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=12))
def test_equals_slow_twin(given):
    found = moved(memory_ledger(rows(*given), sources(3)))
    assert Counter((m["source"], m["amount"], m["kind"], m["tx_hash"]) for m in found) == twin(given)
