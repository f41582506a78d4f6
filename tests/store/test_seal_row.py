"""Loading of transfers for a seal."""

from pathlib import Path

import pyarrow.parquet as pq
from tests.data.ledger_rows import at, rows

from bongsu.model.transfer import TRANSFER
from bongsu.store.citation import PART, list_parts
from bongsu.store.engine import open_engine
from bongsu.store.seal_row import CITED_FILE, CITED_ROW, load_parts, load_table, number_rows

CITED = f"SELECT {CITED_FILE}, {CITED_ROW}, locator, time FROM rows ORDER BY cite"
GIVEN = rows({"file": 3, "locator": 2**40, "time": at(0)}, {"file": 2**19, "locator": 5})
FOUND = [(3, 0, 2**40, 1_704_067_200_000_000), (2**19, 1, 5, None)]


def test_a_row_cites_its_file_and_place_from_memory():
    with open_engine() as engine:
        load_table(engine, GIVEN)
        number_rows(engine)
        assert engine.execute(CITED).fetchall() == FOUND


def test_and_from_part_files_whatever_their_folder_is_called(tmp_path):
    folder = tmp_path / "it's [a] folder, *yes*?"
    folder.mkdir()
    parts = {"a.parquet": 3, "b.parquet": 2**19}
    for row, name in enumerate(parts):
        pq.write_table(GIVEN.select(TRANSFER.names).slice(row, 1), folder / name)
    with open_engine() as engine:
        load_parts(engine, folder, list_parts(folder, parts))
        number_rows(engine)
        assert engine.execute(CITED).fetchall() == FOUND


def test_no_parts_are_no_rows():
    with open_engine() as engine:
        load_parts(engine, Path("nowhere"), PART.empty_table())
        number_rows(engine)
        assert engine.execute("SELECT count(*) FROM rows").fetchone() == (0,)
