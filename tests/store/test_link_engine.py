import sys

import pyarrow as pa
import pytest

from bongsu.errors import MissingExtraError
from bongsu.store.link_engine import open_link_engine


def test_a_table_is_asked_and_replaced():
    with open_link_engine() as engine:
        engine.register("people", pa.table({"record": ["a", "b"]}))
        frame = engine.register("people", pa.table({"record": ["c"]}))
        assert engine.run("SELECT record FROM people").to_pylist() == [{"record": "c"}]
        assert frame.physical_name == "people"
        assert engine.splink.sql_dialect.sql_dialect_str == "duckdb"


def test_nothing_reaches_the_disk_or_the_network():
    with open_link_engine() as engine:
        asked = ("temp_directory", "autoinstall_known_extensions", "autoload_known_extensions")
        found = engine.run("SELECT " + ", ".join(f"current_setting('{name}') AS {name}" for name in asked))
        assert found.to_pylist() == [dict(zip(asked, ("", False, False), strict=True))]


def test_no_bar_is_drawn_between_what_is_printed():
    with open_link_engine() as engine:
        found = engine.run("SELECT current_setting('enable_progress_bar') AS drawn")
        assert found.to_pylist() == [{"drawn": False}]


def test_without_the_package_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "splink", None)
    with pytest.raises(MissingExtraError) as caught, open_link_engine():
        pass
    assert "bongsu[screen]" in caught.value.hint
