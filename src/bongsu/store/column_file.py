"""Where a layout's columns and tables are made: in a folder, then mapped, or in memory."""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from bongsu.store.durable import disk_errors
from bongsu.store.table_file import canonical, damaged, map_table, write_table

Array = npt.NDArray[Any]
_PIECE_BYTES = 8 << 20


class Column(Protocol):
    """A column of fixed width under way."""

    def append(self, values: Array) -> None:
        """Nothing; the values come last."""
        ...

    def close(self) -> Array:
        """All values; they may be changed in place."""
        ...

    def leave(self) -> None:
        """Nothing; no file stays open."""
        ...


class Scratch(Protocol):
    """Numbers that are put aside for a while."""

    def append(self, values: Array) -> None:
        """Nothing; the values come last."""
        ...

    def pieces(self) -> Iterable[Array]:
        """All values in order, some at a time."""
        ...

    def leave(self) -> None:
        """Nothing; the values are gone."""
        ...


class Place(Protocol):
    """Where columns and tables are made."""

    def column(self, name: str, dtype: npt.DTypeLike) -> Column:
        """A column to append to."""
        ...

    def zeros(self, name: str, dtype: npt.DTypeLike, count: int) -> Array:
        """A column of zeros, to be changed in place."""
        ...

    def scratch(self, name: str, dtype: npt.DTypeLike) -> Scratch:
        """Room for numbers that are no part of what is made."""
        ...

    def table(self, name: str, schema: pa.Schema, tables: Iterable[pa.Table]) -> pa.Table:
        """The table of these pieces."""
        ...


class _MemoryColumn:
    def __init__(self, dtype: npt.DTypeLike) -> None:
        self.dtype = np.dtype(dtype)
        self._pieces: list[Array] = []

    def append(self, values: Array) -> None:
        self._pieces.append(np.asarray(values, dtype=self.dtype))

    def close(self) -> Array:
        return np.concatenate([np.empty(0, dtype=self.dtype), *self._pieces])

    def pieces(self) -> Iterable[Array]:
        return self._pieces

    def leave(self) -> None:
        self._pieces = []


class _FileColumn:
    def __init__(self, path: Path, dtype: npt.DTypeLike) -> None:
        self.path, self.dtype = path, np.dtype(dtype)
        with disk_errors(path):
            self._file = path.open("wb")

    def append(self, values: Array) -> None:
        with disk_errors(self.path):
            self._file.write(np.ascontiguousarray(values, dtype=self.dtype).data)

    def close(self) -> Array:
        with disk_errors(self.path):
            self._file.close()
        return map_column(self.path, self.dtype, write=True)

    def leave(self) -> None:
        with suppress(OSError):  # what is not on the disk yet is not wanted any more
            self._file.close()


class _FileScratch:
    """Read and not mapped: pages of a map would count as memory in use."""

    def __init__(self, path: Path, dtype: npt.DTypeLike) -> None:
        self.path, self.dtype = path, np.dtype(dtype)
        with disk_errors(path):
            self._file = path.open("w+b")

    def append(self, values: Array) -> None:
        with disk_errors(self.path):
            self._file.write(np.ascontiguousarray(values, dtype=self.dtype).data)

    def pieces(self) -> Iterable[Array]:
        with disk_errors(self.path):
            self._file.seek(0)
            while data := self._file.read(_PIECE_BYTES):
                yield np.frombuffer(data, dtype=self.dtype)

    def leave(self) -> None:
        with suppress(OSError):  # what is not on the disk yet is not wanted any more
            self._file.close()
        self.path.unlink(missing_ok=True)


class Memory:
    """A place in memory."""

    def column(self, name: str, dtype: npt.DTypeLike) -> Column:
        """A column to append to."""
        return _MemoryColumn(dtype)

    def zeros(self, name: str, dtype: npt.DTypeLike, count: int) -> Array:
        """A column of zeros."""
        return np.zeros(count, dtype=dtype)

    def scratch(self, name: str, dtype: npt.DTypeLike) -> Scratch:
        """Room for numbers."""
        return _MemoryColumn(dtype)

    def table(self, name: str, schema: pa.Schema, tables: Iterable[pa.Table]) -> pa.Table:
        """The table of these pieces."""
        return canonical(pa.concat_tables([schema.empty_table(), *tables]))


class Folder:
    """A place on the disk: `NAME` for a column, `NAME.arrow` for a table."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def column(self, name: str, dtype: npt.DTypeLike) -> Column:
        """A column to append to.

        Raises:
            LedgerError: When the disk is full or refuses; also from the column's own methods.
        """
        return _FileColumn(self.path / name, dtype)

    def zeros(self, name: str, dtype: npt.DTypeLike, count: int) -> Array:
        """A column of zeros.

        Raises:
            LedgerError: When the disk is full or refuses.
        """
        path, size = self.path / name, count * np.dtype(dtype).itemsize
        with disk_errors(path), path.open("wb") as file:
            if size:  # a full disk is an error here, and would be the end of the process in a mapped page
                os.posix_fallocate(file.fileno(), 0, size)
        return map_column(path, dtype, write=True)

    def scratch(self, name: str, dtype: npt.DTypeLike) -> Scratch:
        """Room for numbers, in a file that goes.

        Raises:
            LedgerError: When the disk is full or refuses; also from its own methods.
        """
        return _FileScratch(self.path / f"{name}.scratch", dtype)

    def table(self, name: str, schema: pa.Schema, tables: Iterable[pa.Table]) -> pa.Table:
        """The table of these pieces.

        Raises:
            LedgerError: When the disk is full or refuses.
        """
        path = self.path / f"{name}.arrow"
        with disk_errors(path):
            write_table(path, schema, tables)
        return map_table(path)


def map_column(path: Path, dtype: npt.DTypeLike, *, write: bool = False) -> Array:
    """The numbers in the file, little-endian, mapped into memory, not read.

    Raises:
        LedgerError: When the file is missing, or cut off within a number.
    """
    try:
        if not path.stat().st_size:
            return np.zeros(0, dtype=dtype)
        # A plain array over the map: the subclass makes every slice of it ten times slower.
        return np.asarray(np.memmap(path, dtype=dtype, mode="r+" if write else "r"))
    except (OSError, ValueError) as error:
        raise damaged(path) from error
