import pytest

from bongsu.errors import FormatError
from bongsu.normalize.registry import NORMALIZERS, load_normalizer
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
