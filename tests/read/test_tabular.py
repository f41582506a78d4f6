import pytest

from bongsu.errors import FormatError
from bongsu.read.sniff import read_head
from bongsu.read.tabular import Tabular, same_names

READER = Tabular(
    ("a", "b", "c"),
    required=("a",),
    pick=same_names(("a", "b", "c"), unless={"b": "c"}),
    accept=lambda shape: shape.first.get("a") != "no",
)


@pytest.fixture
def write(tmp_path):
    def run(text: str):
        path = tmp_path / "x"
        path.write_text(text)
        return path

    return run


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("a,b\n1,2\n", True),
        ("b,c\n1,2\n", False),
        ("a,b\nno,2\n", False),
        ('{"a": 1}\n', True),
        ('[{"a": 1}]', False),
    ],
)
def test_sniffs_by_columns(write, text, fits):
    path = write(text)
    assert READER.sniff(path, read_head(path)) is fits


def test_a_needless_column_is_not_read(write):
    (batch,) = READER.read(write("a,b,c\n1,2,3\n"), batch_rows=10)
    assert batch.rows.to_pylist() == [{"a": "1", "b": None, "c": "3", "locator": 1}]
    (batch,) = READER.read(write("a,b\n1,2\n"), batch_rows=10)
    assert batch.rows.to_pylist() == [{"a": "1", "b": "2", "c": None, "locator": 1}]


def test_a_file_that_lacks_a_required_column_is_an_error_that_lists_its_columns(write):
    with pytest.raises(FormatError, match="no column a") as caught:
        READER.read(write("x,y\n1,2\n"), batch_rows=10)
    assert "x, y" in caught.value.hint
