"""The engine: bounded, spilling, never on the network."""

import duckdb
import pytest

from bongsu.errors import LedgerError
from bongsu.store.engine import open_engine


def test_extensions_are_never_fetched():
    with open_engine() as engine:
        names = "('autoinstall_known_extensions', 'autoload_known_extensions')"
        found = engine.execute(f"SELECT value FROM duckdb_settings() WHERE name IN {names}").fetchall()
    assert found == [("false",), ("false",)]


def test_too_little_memory_is_an_error_that_a_person_can_mend():
    with pytest.raises(LedgerError, match="Cannot seal") as caught, open_engine() as engine:
        engine.execute("SET memory_limit = '4MB'")
        engine.execute("CREATE TABLE a AS SELECT i, sha256(i::VARCHAR) FROM range(1000000) t(i)")
    assert caught.value.hint


def test_with_a_folder_it_spills(tmp_path):
    with open_engine(tmp_path) as engine:
        engine.execute("SET memory_limit = '30MB'")
        engine.execute("CREATE TABLE a AS SELECT i, sha256(i::VARCHAR) AS h FROM range(600000) t(i)")
        assert engine.execute("SELECT count(DISTINCT h) FROM a").fetchone() == (600000,)


def test_mistakes_in_sql_stay_mistakes():
    with pytest.raises(duckdb.ParserException), open_engine() as engine:
        engine.execute("SELEKT")
