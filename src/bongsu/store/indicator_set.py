"""Indicators made ready once and kept: rows and arrays in a folder named by their content, mapped later.

Processes that open the same folder share its pages. A folder is there whole or not at all.
"""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from bongsu.store.column_file import map_column
from bongsu.store.durable import disk_errors, flush, write_whole
from bongsu.store.table_file import damaged, map_table, write_table

Array = npt.NDArray[Any]
LAYOUT = 1
"""Version of what a folder holds; another version has another name."""
_ROWS, _SHAPE = "rows.arrow", "arrays.json"


class IndicatorSet(NamedTuple):
    """What a folder holds."""

    rows: pa.Table
    """Schema INDICATOR, in the order that the arrays need."""
    arrays: Mapping[str, Array]
    """As they were kept; not to be changed."""


def set_key(sources: Mapping[str, str], *, method: str) -> str:
    """Name of the set that is made of these files: a hash of their hashes and of how it is made.

    Args:
        sources: SHA-256 of each file to how it is read; warning lists and disputes are files too.
        method: Version of the facts and of the code that make it.
    """
    told = json.dumps([LAYOUT, method, sorted(sources.items())])
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def keep_set(folder: Path, key: str, kept: IndicatorSet) -> Path:
    """Folder that holds the set now; one that is there already is left as it is.

    Raises:
        LedgerError: When the disk is full or refuses.
    """
    target = folder / key
    if target.exists():
        return target
    with disk_errors(target):
        folder.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=".set-", dir=folder))
    try:
        _write(aside, kept)
        with disk_errors(target):
            if not target.exists():
                aside.rename(target)
                flush(folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return target


def open_set(folder: Path, key: str) -> IndicatorSet | None:
    """The set, mapped and not read; None where it is not there.

    Raises:
        LedgerError: When a file of it is damaged.
    """
    path = folder / key
    if not path.exists():
        return None
    try:
        types: dict[str, str] = json.loads((path / _SHAPE).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise damaged(path / _SHAPE) from error
    arrays = {name: map_column(path / f"{name}.bin", np.dtype(kind)) for name, kind in types.items()}
    return IndicatorSet(map_table(path / _ROWS), arrays)


def _write(path: Path, kept: IndicatorSet) -> None:
    with disk_errors(path):
        write_table(path / _ROWS, kept.rows.schema, [kept.rows])
        flush(path / _ROWS)
    for name, array in kept.arrays.items():
        write_whole(path / f"{name}.bin", np.ascontiguousarray(array).tobytes())
    types = {name: array.dtype.str for name, array in kept.arrays.items()}
    write_whole(path / _SHAPE, json.dumps(types).encode())
