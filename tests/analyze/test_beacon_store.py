import pickle

import numpy as np
import pyarrow as pa

from bongsu.analyze.beacon_column import PAIR
from bongsu.analyze.beacon_store import ContactStore


def pairs(*keys):
    rows = [
        {"key": key, "kind": "dns", "source": f"s{key}", "destination": "d", "port": "", "agent": "",
         "file": n, "locator": n}
        for n, key in enumerate(keys)
    ]  # fmt: skip
    return pa.Table.from_pylist(rows, schema=PAIR)


def contacts(keys, times):
    return np.array(keys, np.uint64), np.array(times, np.int64), np.full(len(keys), -1, np.int32)


def told(store):
    table, (pair, micros, _size) = store.arrange()
    names = table["source"].to_pylist()
    return [(names[place], time) for place, time in zip(pair.tolist(), micros.tolist(), strict=True)]


def test_contacts_are_sorted_by_pair_and_time_whatever_the_blocks():
    store, other = ContactStore(), ContactStore()
    store.add(pairs(9, 3), contacts([9, 3, 9], [5, 1, 2]))
    other.add(pairs(3, 7), contacts([7, 3], [4, 0]))
    store.merge(pickle.loads(pickle.dumps(other)))
    assert (store.contacts, store.pair_rows) == (5, 4)
    assert told(store) == [("s3", 0), ("s3", 1), ("s7", 4), ("s9", 2), ("s9", 5)]
    assert store.pair_rows == 3
    assert told(store) == [("s3", 0), ("s3", 1), ("s7", 4), ("s9", 2), ("s9", 5)], "again the same"


def test_a_pair_names_the_place_of_its_first_row():
    store = ContactStore()
    store.add(pairs(3), contacts([3], [1]))
    store.add(pairs(9, 3), contacts([9, 3], [1, 2]))
    table, _contacts = store.arrange()
    assert table["locator"].to_pylist() == [0, 0]


def test_what_is_not_kept_is_gone():
    store = ContactStore()
    store.add(pairs(3, 9), contacts([3, 9, 9], [1, 2, 3]))
    store.arrange()
    store.keep(np.array([1]), np.array([False, True, False]))
    assert told(store) == [("s9", 2)]
    assert store.contacts == 1


def test_an_empty_store_has_nothing():
    assert told(ContactStore()) == []
