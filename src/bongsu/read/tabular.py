"""A reader of one table that comes as delimited text, JSON lines or Parquet, by its column names."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bongsu.errors import FormatError
from bongsu.model.ports import Batch
from bongsu.model.text import _
from bongsu.read.delimited import read_delimited
from bongsu.read.jsonlines import read_json_lines
from bongsu.read.parquet import read_parquet
from bongsu.read.raw import text_schema
from bongsu.read.sniff import Shape, read_head, shape_of

Pick = Callable[[Shape], dict[str, str]]
"""From a file's layout to raw column name -> the file's name for it ('' where it has none)."""


def same_names(columns: Sequence[str], *, unless: dict[str, str] | None = None) -> Pick:
    """Pick of the columns under their own names.

    Args:
        columns: Raw columns, named as in the file.
        unless: Raw column to the column that makes reading it needless.
    """
    spared = unless or {}

    def pick(shape: Shape) -> dict[str, str]:
        present = set(shape.names)
        needless = {name for name, other in spared.items() if other in present}
        return {name: name if name in present and name not in needless else "" for name in columns}

    return pick


class Tabular:
    """A `bongsu.model.ports.Reader` for a table that is recognized by its columns."""

    def __init__(
        self,
        columns: Sequence[str],
        *,
        required: Sequence[str],
        pick: Pick | None = None,
        accept: Callable[[Shape], bool] = lambda shape: True,
    ) -> None:
        self.RAW = text_schema(columns)
        self.required = tuple(required)
        self._pick = pick or same_names(columns)
        self._accept = accept

    def sniff(self, path: Path, head: bytes) -> bool:
        """Whether the file has the columns that this table must have."""
        shape = shape_of(path, head)
        found = {raw for raw, name in self._pick(shape).items() if name} | set(shape.names)
        return shape.kind in {"delimited", "json_lines", "parquet"} and self._fits(shape, found)

    def read(self, path: Path, *, batch_rows: int) -> Iterator[Batch]:
        """Batches of text columns in file order; columns of integers in Parquet stay integers.

        Raises:
            FormatError: When the file lacks a column that this table must have.
        """
        shape = shape_of(path, read_head(path))
        picks = self._pick(shape)
        missing = [name for name in self.required if not picks.get(name) and name not in shape.names]
        if missing and shape.kind != "json_lines":
            raise _lacking(path, shape, missing)
        if shape.kind == "parquet":
            return read_parquet(path, picks, batch_rows)
        if shape.kind == "json_lines":
            return read_json_lines(path, {raw: name or raw for raw, name in picks.items()}, batch_rows)
        return read_delimited(path, shape, picks, batch_rows)

    def _fits(self, shape: Shape, found: set[str]) -> bool:
        return all(name in found for name in self.required) and self._accept(shape)


def _lacking(path: Path, shape: Shape, missing: list[str]) -> FormatError:
    return FormatError(
        _("Cannot read {path}: it has no column {missing}.").format(path=path, missing=", ".join(missing)),
        hint=_("Its columns are: {names}.").format(names=", ".join(shape.names[:20]) or "-"),
    )
