import pytest

from bongsu.app.jobs.document_file import Wanted, read_document_file
from bongsu.errors import FormatError, InputError

WANTED = Wanted("bongsu.made/1", "Cannot use {path}: it is none.", "Make one.")


def test_a_document_of_the_schema_is_read(tmp_path):
    (tmp_path / "a.json").write_text('{"schema": "bongsu.made/1", "x": 1}')
    assert read_document_file(tmp_path / "a.json", WANTED)["x"] == 1


@pytest.mark.parametrize("text", ["", "{", "[]", '{"schema": "bongsu.other/1"}', "\x00"])
def test_anything_else_is_refused_with_what_to_do(tmp_path, text):
    (tmp_path / "a.json").write_text(text)
    with pytest.raises(FormatError, match="it is none") as caught:
        read_document_file(tmp_path / "a.json", WANTED)
    assert caught.value.hint == "Make one."


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(InputError, match="No such file"):
        read_document_file(tmp_path / "none", WANTED)
