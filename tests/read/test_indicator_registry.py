import json

import pytest
from tests.data.stix_case import OBJECTS
from tests.read.test_misp_event import EVENT
from tests.read.test_openioc import OLD
from tests.read.test_screen_handover import SCREEN

from bongsu.errors import FormatError
from bongsu.read.indicator_registry import (
    INDICATOR_READERS,
    load_indicator_reader,
    sniff_indicator_format,
)

FILES = {
    "screen": SCREEN,
    "stix": json.dumps({"type": "bundle", "id": "bundle--1", "objects": OBJECTS}),
    "misp": json.dumps(EVENT),
    "openioc": OLD,
    "packages": "ecosystem,name,version\nnpm,axios,1.14.1\n",
    "csv": "type,value\ndomain,evil.com\n",
    "list": "# ours\nevil.com\n1.2.3.4\n",
}


@pytest.mark.parametrize("name", INDICATOR_READERS)
def test_formats_are_told_by_content(tmp_path, name):
    path = tmp_path / "indicators"
    path.write_text(FILES[name])
    assert sniff_indicator_format(path) == name
    fitting = [
        one for one in INDICATOR_READERS if load_indicator_reader(one).sniff(path, FILES[name].encode())
    ]
    assert fitting == [name]
    assert sum(batch.rows.num_rows for batch in load_indicator_reader(name).read(path)) > 0


@pytest.mark.parametrize("text", ["", "hello\nworld\n", '{"a": 1}', "a,b\n1,2\n"])
def test_other_files_are_refused(tmp_path, text):
    path = tmp_path / "x"
    path.write_text(text)
    with pytest.raises(FormatError, match="Cannot tell the format"):
        sniff_indicator_format(path)


def test_an_unknown_format_is_refused():
    with pytest.raises(FormatError, match="it is not known"):
        load_indicator_reader("yaml")
