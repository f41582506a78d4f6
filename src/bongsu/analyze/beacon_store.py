"""Contacts of pairs as columns: who asked whom is kept once a block, when as a number and a time."""

import numpy as np
import pyarrow as pa

from bongsu.analyze.beacon_column import PAIR, Array


class ContactStore:
    """Contacts under way; two stores can be merged, and a store can be pickled.

    Memory: 20 bytes a contact, some 100 bytes a pair and block until `arrange` joins them.
    """

    def __init__(self) -> None:
        self.contacts = 0
        """Contacts held."""
        self._pairs: list[pa.Table] = []
        self._parts: list[tuple[Array, Array, Array]] = []

    @property
    def pair_rows(self) -> int:
        """Rows of pairs held; a pair of several blocks has several."""
        return sum(len(table) for table in self._pairs)

    def add(self, pairs: pa.Table, contacts: tuple[Array, Array, Array]) -> None:
        """Nothing; takes contacts: key of the pair, time, bytes sent.

        Args:
            pairs: Schema PAIR, with each key of the contacts.
            contacts: uint64, int64 and int32, of one length.
        """
        self._pairs.append(pairs)
        self._parts.append(contacts)
        self.contacts += len(contacts[0])

    def merge(self, other: "ContactStore") -> None:
        """Nothing; takes all that another store holds."""
        self._pairs += other._pairs
        self._parts += other._parts
        self.contacts += other.contacts

    def arrange(self) -> tuple[pa.Table, tuple[Array, Array, Array]]:
        """Pairs, each once by key with its first row; and pair (its row), time, bytes of contacts, sorted."""
        pairs = pa.concat_tables([PAIR.empty_table(), *self._pairs]).combine_chunks()
        keys, first = np.unique(pairs["key"].to_numpy(), return_index=True)
        pairs = pairs.take(pa.array(first))
        columns = zip(*self._parts, strict=True) if self._parts else ([np.zeros(0, np.uint64)],) * 3
        key, micros, size = (np.concatenate(list(column)) for column in columns)
        pair = np.searchsorted(keys, key).astype(np.int32)
        order = np.lexsort((micros, pair))
        self._pairs, self._parts = [pairs], [(key[order], micros[order], size[order])]
        return pairs, (pair[order], micros[order], size[order])

    def keep(self, pairs: Array, contacts: Array) -> None:
        """Nothing; of what `arrange` gave only some is kept.

        Args:
            pairs: Rows of the pairs that stay, ascending.
            contacts: Whether each contact stays.
        """
        self._pairs = [self._pairs[0].take(pa.array(pairs))]
        self._parts = [tuple(column[contacts] for column in self._parts[0])]  # type: ignore[list-item]
        self.contacts = int(np.count_nonzero(contacts))
