import pytest

from bongsu.errors import FormatError, InputError
from bongsu.read.registry import READERS, load_reader, sniff_format


@pytest.mark.parametrize("name", READERS)
def test_every_reader_has_what_the_protocol_asks(name):
    reader = load_reader(name)
    assert callable(reader.sniff)
    assert callable(reader.read)
    assert isinstance(reader.RAW.names, list)


def test_an_unknown_name_lists_the_known_ones():
    with pytest.raises(FormatError) as caught:
        load_reader("ethereum")
    assert "ethereum-etl/transactions" in caught.value.hint


@pytest.mark.parametrize(
    ("data", "seen", "hint"),
    [
        (b"", "no content", "The file is empty"),
        (b"PK\x03\x04zip", "50 4b 03 04", "ZIP"),
        ("a,b\n".encode("utf-16"), "ff fe", "UTF-16"),
        (b'[{"hash": 1}]', "hash", "one object a line"),
        (b"hash,block_number,from_address,to_address,wert\n", "wert", "ethereum-etl/transactions"),
        (b"who,whom,what\n", "whom", "--format flows --map"),
    ],
)
def test_what_fits_no_format_says_what_was_seen_and_what_to_do(tmp_path, data, seen, hint):
    path = tmp_path / "x"
    path.write_bytes(data)
    with pytest.raises(FormatError, match=seen) as caught:
        sniff_format(path)
    assert hint in caught.value.hint


def test_a_missing_file_is_an_input_error(tmp_path):
    with pytest.raises(InputError):
        sniff_format(tmp_path / "absent")


def test_columns_that_a_person_names_are_read_where_the_format_asks_for_them(tmp_path):
    path = tmp_path / "sides.csv"
    path.write_text("tx,wei,id\n1,15,7\n")
    (batch,) = load_reader("bridge-events", {"amount": "wei"}).read(path, batch_rows=9)
    assert batch.rows["amount"].to_pylist() == ["15"]
    assert load_reader("flows", {"from": "a"}) is load_reader("flows")
