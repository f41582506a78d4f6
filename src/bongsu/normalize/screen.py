"""A batch under examination: columns are asked for in their types, bad rows are struck with a reason."""

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.errors import AddressError
from bongsu.model.address import canonical_address
from bongsu.model.reject import REJECT
from bongsu.model.schema import AMOUNT, MAX_AMOUNT, TIME
from bongsu.model.text import _
from bongsu.normalize.amount import parse_base_units, plain_amounts
from bongsu.normalize.fault import Fault
from bongsu.normalize.hexadecimal import lower_hex
from bongsu.normalize.time import parse_time, unix_times

Mask = npt.NDArray[np.bool_]
"""One truth value a row."""

_SHOWN = 80
_NOBODY = "0x" + "0" * 40


class Screen:
    """Typed columns of a raw batch; a row that breaks a rule is struck once, by the first rule."""

    def __init__(self, rows: pa.Table) -> None:
        self.rows = rows.combine_chunks()
        self.count = rows.num_rows
        self.locators = _one(self.rows.column("locator"))
        self.struck: Mask = np.zeros(self.count, dtype=np.bool_)
        self._rejects: list[pa.Table] = []

    def text(self, name: str) -> pa.Array:
        """The column's text; null where the file lacks it."""
        if name not in self.rows.column_names:
            return pa.nulls(self.count, pa.string())
        values = _one(self.rows.column(name))
        return values if pa.types.is_string(values.type) else values.cast(pa.string())

    def stored(self, name: str, kind: Callable[[pa.DataType], bool], largest: int) -> pa.Array | None:
        """The column where it is stored in such a type with no value out of 0..largest; else None."""
        if name not in self.rows.column_names or not kind(self.rows.schema.field(name).type):
            return None
        values = _one(self.rows.column(name))
        low, high = pc.min_max(values).values()
        return values if not low.is_valid or (low.as_py() >= 0 and high.as_py() <= largest) else None

    def rejects(self) -> pa.Table:
        """Rejects of all struck rows, in file order."""
        return pa.concat_tables([REJECT.empty_table(), *self._rejects]).sort_by("locator")

    def strike(self, mask: Mask, rule: str, why: str, *, values: pa.Array | None = None) -> None:
        """Nothing; rows of the mask that are not struck yet become rejects."""
        fresh = np.flatnonzero(mask & ~self.struck)
        if len(fresh) == 0:
            return
        self.struck[fresh] = True
        shown = [""] * len(fresh) if values is None else values.take(pa.array(fresh)).to_pylist()
        self._rejects.append(
            pa.table(
                [
                    pa.repeat(pa.scalar(""), len(fresh)),
                    self.locators.take(pa.array(fresh)),
                    pa.repeat(pa.scalar(rule), len(fresh)),
                    pa.array([_explain(why, value) for value in shown], pa.string()),
                ],
                schema=REJECT,
            )
        )

    def convert(
        self, texts: pa.Array, parse: Callable[[str], Any], dtype: pa.DataType, *, label: str
    ) -> pa.Array:
        """Parsed column; a text whose parse is a Fault strikes its rows and is null."""
        encoded = texts.dictionary_encode()
        parsed = [parse(text) for text in encoded.dictionary.to_pylist()]
        faults: dict[Fault, list[int]] = {}
        for code, value in enumerate(parsed):
            if isinstance(value, Fault):
                faults.setdefault(value, []).append(code)
        codes = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
        for fault, wrong in faults.items():
            self.strike(np.isin(codes, wrong), fault.rule, f"{label}: {fault.why}", values=texts)
        values = pa.array([None if isinstance(v, Fault) else v for v in parsed], dtype)
        return values.take(encoded.indices)

    def header(self, name: str) -> str:
        """What the file calls the column; empty where it lacks it or was not delimited text."""
        if name not in self.rows.column_names:
            return ""
        metadata = self.rows.schema.field(name).metadata or {}
        return bytes(metadata.get(b"header", b"")).decode()

    def integer(self, name: str, *, needed: bool = False, largest: int = 2**63 - 1) -> pa.Array:
        """Column of integers from 0 to `largest`; rows with anything else are struck."""
        fast = self.stored(name, pa.types.is_int64, largest)
        texts = self.text(name) if fast is None else fast
        if needed:
            self.strike(as_mask(texts.is_null()), "missing_value", _("{name} is empty").format(name=name))
        fast = _plain_integers(texts, largest) if fast is None else fast
        if fast is not None:
            return fast

        def parse(text: str) -> int | Fault:
            whole, _point, fraction = text.strip().partition(".")
            plain = whole.isascii() and whole.isdigit() and len(whole) < 20 and not fraction.strip("0")
            if plain and int(whole) <= largest:
                return int(whole)
            return Fault("bad_number", _("not a whole number in range"))

        return self.convert(texts, parse, pa.int64(), label=name)

    def base_units(self, name: str) -> pa.Array:
        """Column of amounts in base units; rows with anything else are struck, an empty one is null."""
        fast = self.stored(name, pa.types.is_decimal128, MAX_AMOUNT)
        if fast is not None:
            return fast.cast(AMOUNT)
        texts = self.text(name)
        fast = plain_amounts(texts)
        return self.convert(texts, parse_base_units, AMOUNT, label=name) if fast is None else fast

    def time(self, name: str) -> pa.Array:
        """Column of times; rows with a bare date or no time are struck, an empty one is null."""
        stored = self.stored(name, pa.types.is_int64, 2**63 - 1)
        fast = unix_times(self.text(name) if stored is None else stored)
        return self.convert(self.text(name), parse_time, TIME, label=name) if fast is None else fast

    def tx_hash(self, name: str, *, where: Mask | None = None) -> pa.Array:
        """Column of EVM transaction hashes in lower case.

        A missing or malformed one strikes its row, or only rows of `where`.
        """
        texts, right = lower_hex(self.text(name), 64)
        wrong = ~right if where is None else ~right & where
        self.strike(wrong, "bad_hash", _("{name}: not 0x and 64 digits").format(name=name), values=texts)
        return texts

    def stated_hash(self, name: str, chain: str) -> pa.Array:
        """Column of transaction hashes of any chain, as people paste them; empty where none is stated."""
        evm = chain.startswith("eip155:")
        form = re.compile(r"(0x|\\x)?([0-9a-f]{64})" if evm else r"()([0-9a-f]{64})")

        def parse(text: str) -> str | Fault:
            found = form.fullmatch(text.strip().lower())
            if found is None:
                return Fault("bad_hash", _("not a transaction hash of {chain}").format(chain=chain))
            return ("0x" if evm else "") + found[2]

        return self.convert(self.text(name), parse, pa.string(), label=name).fill_null("")

    def bulk_address(self, name: str, *, instead: pa.Array | None = None, needed: bool = True) -> pa.Array:
        """Column of EVM addresses in lower case; no checksum is looked at, for bulk exports have none.

        Args:
            name: Column.
            instead: Texts to take where the column is empty.
            needed: Whether an empty one strikes its row; else it stays null.
        """
        texts = self.text(name) if instead is None else pc.coalesce(self.text(name), instead)
        checked, right = lower_hex(texts if needed else texts.fill_null(_NOBODY), 40)
        self.strike(~right, "bad_address", _("{name}: not 0x and 40 digits").format(name=name), values=texts)
        return checked if needed or not texts.null_count else pc.if_else(texts.is_null(), None, checked)

    def address(self, name: str, chain: str, *, needed: bool = True) -> pa.Array:
        """Column of canonical addresses; a checksum that is written and wrong strikes its row."""
        texts = self.text(name)
        if needed:
            self.strike(as_mask(texts.is_null()), "bad_address", _("{name} is empty").format(name=name))

        def parse(text: str) -> str | Fault:
            try:
                return canonical_address(chain, text)
            except AddressError as error:
                return Fault(error.rule, _("not an address of {chain}").format(chain=chain))

        return self.convert(texts, parse, pa.string(), label=name)


def as_mask(values: pa.Array) -> Mask:
    """Truth values as numpy; a null is false."""
    mask: Mask = pc.fill_null(values, False).to_numpy(zero_copy_only=False)
    return mask


def _one(column: pa.ChunkedArray) -> pa.Array:
    return column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)


def _plain_integers(texts: pa.Array, largest: int) -> pa.Array | None:
    if not pc.all(pc.ascii_is_decimal(texts), min_count=0).as_py():
        return None
    try:
        numbers = texts.cast(pa.int64())
    except pa.ArrowInvalid:
        return None
    top = pc.max(numbers).as_py()
    return numbers if top is None or top <= largest else None


def _explain(why: str, value: str | None) -> str:
    if not value:
        return why
    shown = value if len(value) <= _SHOWN else value[:_SHOWN] + "…"
    return f"{why}: {shown!r}"
