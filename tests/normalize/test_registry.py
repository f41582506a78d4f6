import pytest
from tests.data.abi_log import batch_of
from tests.data.bridge_log import both_sides

from bongsu.errors import FormatError
from bongsu.normalize.context import Context
from bongsu.normalize.registry import CROSSINGS, NORMALIZERS, load_normalizer
from bongsu.read.registry import READERS


@pytest.mark.parametrize("name", NORMALIZERS)
def test_every_normalizer_loads(name):
    assert callable(load_normalizer(name))


def test_every_normalizer_has_a_reader():
    assert set(NORMALIZERS) <= set(READERS)


def test_an_unknown_name_lists_the_known_ones():
    with pytest.raises(FormatError) as caught:
        load_normalizer("ethereum")
    assert "ethereum-etl/transactions" in caught.value.hint


def test_logs_also_say_what_crosses_bridges_and_each_row_is_counted_once():
    _slug, (rows, _chain), _other = both_sides()["ronin in"]
    broken = rows[0] | {"data": rows[0]["data"][:-64], "log_index": "9"}
    made = load_normalizer("ethereum-etl/logs")(batch_of([*rows, broken]), Context())
    assert made.crossings["direction"].to_pylist() == ["deposit"]
    assert made.rejects["rule"].to_pylist() == ["bad_log"]
    assert made.rows_in == made.rows_kept + made.rejects.num_rows + sum(made.set_aside.values())


def test_formats_that_say_what_crosses_bridges_are_known():
    assert set(CROSSINGS) <= set(NORMALIZERS)
