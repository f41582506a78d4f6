"""Questions of the extraction asked of DuckDB over a few transfers in a file."""

import hashlib
from contextlib import contextmanager

import pyarrow as pa
import pyarrow.parquet as pq

from bongsu.analyze.frontier import KEY
from bongsu.store.engine_parquet import open_parquet_engine
from bongsu.store.part_pack import pack_transfers, writing


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


def plain(table):
    """Rows in an order of their own, without what an engine names its files by."""
    rows = [{key: value for key, value in row.items() if key != "part"} for row in table.to_pylist()]
    return sorted(rows, key=str)


def hash_of(name):
    """A hash as EVM chains have them, in place of a short name."""
    return "0x" + hashlib.sha256(name.encode()).hexdigest() if name else name


def hashed(table):
    """The transfers that state a transaction, with hashes as EVM chains have them."""
    kept = table.filter(pa.array([name != "" for name in table["tx_hash"].to_pylist()]))
    hashes = pa.array([hash_of(name) for name in kept["tx_hash"].to_pylist()])
    return kept.set_column(kept.schema.get_field_index("tx_hash"), kept.schema.field("tx_hash"), hashes)


def write_packed(path, transfers):
    """Nothing; the file keeps them as a ledger's parts do."""
    packed = pack_transfers(transfers.drop_columns("file"))
    assert {"source_name", "target_name"} < set(packed.column_names)
    pq.write_table(packed, path, **writing(packed))
