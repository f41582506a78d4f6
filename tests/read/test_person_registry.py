import pytest

from bongsu.errors import FormatError
from bongsu.normalize.person_registry import PERSON_SOURCES
from bongsu.read.person_registry import PERSON_READERS, load_person_reader, sniff_person_source


def test_every_source_has_a_reader_and_a_plan():
    assert set(PERSON_READERS) == set(PERSON_SOURCES)
    assert all(load_person_reader(name).required for name in PERSON_READERS)


def test_what_is_not_known_is_said(tmp_path):
    with pytest.raises(FormatError, match="the source is not known"):
        load_person_reader("fax")
    path = tmp_path / "file"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(FormatError, match="no known source has its columns") as caught:
        sniff_person_source(path)
    assert "a, b" in caught.value.hint
