"""Fixtures of the normalizers' tests."""

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest

from bongsu.model.ports import Batch, Normalized
from bongsu.model.reject import REJECT
from bongsu.normalize.context import Context
from bongsu.normalize.registry import load_normalizer
from bongsu.read.registry import load_reader


@pytest.fixture
def import_file() -> Callable[..., Normalized]:
    """Reads and normalizes a whole file; readers' rejects are joined, and the row counts must add up."""

    def run(path: Path, source_format: str, batch_rows: int = 10**6, **facts: object) -> Normalized:
        context = Context(**facts)
        made = []
        rejects = [REJECT.empty_table()]
        for batch in load_reader(source_format).read(path, batch_rows=batch_rows):
            made.append(load_normalizer(source_format)(batch, context))
            rejects += [batch.rejects, made[-1].rejects]
        return join(made, pa.concat_tables(rejects))

    return run


@pytest.fixture
def normalize_rows() -> Callable[..., Normalized]:
    """Normalizes rows that are given as dictionaries of text."""

    def run(rows: list[dict[str, str | None]], source_format: str, **facts: object) -> Normalized:
        names = list(dict.fromkeys(name for row in rows for name in row))
        columns = {name: pa.array([row.get(name) for row in rows], pa.string()) for name in names}
        columns["locator"] = pa.array(range(1, len(rows) + 1), pa.int64())
        batch = Batch(rows=pa.table(columns), rejects=REJECT.empty_table())
        made = load_normalizer(source_format)(batch, Context(**facts))
        return join([made], made.rejects)

    return run


def join(parts: list[Normalized], rejects: pa.Table) -> Normalized:
    aside: dict[str, int] = {}
    for part in parts:
        assert part.rows_in == part.rows_kept + part.rejects.num_rows + sum(part.set_aside.values())
        for why, count in part.set_aside.items():
            aside[why] = aside.get(why, 0) + count
    return Normalized(
        rows_in=sum(part.rows_in for part in parts),
        rows_kept=sum(part.rows_kept for part in parts),
        transfers=pa.concat_tables(part.transfers for part in parts),
        rejects=rejects,
        gaps=pa.concat_tables(part.gaps for part in parts),
        set_aside=aside,
        events=pa.concat_tables(part.events for part in parts),
    )
