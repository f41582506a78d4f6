"""Questions of the extraction asked of DuckDB over a few transfers in a file."""

from contextlib import contextmanager

import pyarrow as pa
import pyarrow.parquet as pq

from bongsu.analyze.frontier import KEY
from bongsu.store.engine_parquet import open_parquet_engine


@contextmanager
def engine_over(folder, *tables):
    """Engine over a part file of each table."""
    with open_parquet_engine() as engine:
        for number, table in enumerate(tables):
            pq.write_table(table.drop_columns("file"), folder / f"{number}.parquet")
        engine.load(engine.list_files(str(folder)))
        yield engine


def pools(*given, **more):
    """Small table of pools (chain, asset, holder), and columns of other values."""
    keys = {name: pa.array([one[at] for one in given], pa.string()) for at, name in enumerate(KEY)}
    return pa.table(keys | {name: pa.array(values) for name, values in more.items()})


def holders(table):
    """Holders of the rows, sorted."""
    return sorted(table["holder"].to_pylist())
