"""Labels read from a file, one by one: addresses in canonical form, and rows that are no labels."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import pyarrow as pa

from bongsu.errors import AddressError
from bongsu.model.address import canonical_address
from bongsu.model.label import LABEL
from bongsu.model.text import _
from bongsu.read.label_word import UNTOLD
from bongsu.read.raw import Fault, reject_table


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelBatch:
    """Some labels of a file (schema `LABEL`) and rejects (schema `REJECT` with an empty source)."""

    labels: pa.Table
    rejects: pa.Table


class LabelReader(Protocol):
    """A format of label files: one file `read/<format>.py` with these module attributes."""

    RAW: pa.Schema
    """Columns or keys that are read."""

    def sniff(self, path: Path, head: bytes) -> bool:
        """Whether this reader can read the file; `head` is its first 64 KiB, decompressed."""
        ...

    def read(self, path: Path, *, chain: str = "", license_name: str = "") -> Iterator[LabelBatch]:
        """Batches of labels in file order.

        Args:
            path: File, possibly compressed.
            chain: CAIP-2 chain id of all addresses where the file does not say.
            license_name: License of the labels.
        """
        ...


@dataclass(slots=True, kw_only=True)
class LabelRows:
    """Labels under way: rows that hold are kept, others become rejects."""

    license_name: str = ""
    _rows: list[dict[str, object]] = field(default_factory=list)
    _faults: list[Fault] = field(default_factory=list)

    def add(self, locator: int, chain: str | None, address: str, **label: object) -> None:
        """Nothing; keeps the label, or says why not."""
        if not chain:
            self.refuse(locator, "unknown_chain", _("no chain is known for {text}").format(text=address))
            return
        try:
            # A chain that stands for all EVM chains has the address rules of each.
            canonical = canonical_address(chain.replace(":*", ":1"), address)
        except AddressError as error:
            self.refuse(locator, error.rule, str(error))
            return
        license_name = self.license_name or UNTOLD
        optional = {"entity": "", "valid_from": None, "valid_to": None, "license": license_name}
        self._rows.append({**optional, "chain": chain, "address": canonical, **label})

    def refuse(self, locator: int, rule: str, message: str) -> None:
        """Nothing; keeps a reject."""
        self._faults.append((locator, rule, message))

    def batch(self) -> LabelBatch:
        """What was added since the last call."""
        labels = pa.Table.from_pylist(self._rows, schema=LABEL)
        rejects = reject_table(self._faults)
        self._rows, self._faults = [], []
        return LabelBatch(labels=labels, rejects=rejects)
