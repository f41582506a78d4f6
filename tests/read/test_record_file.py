"""Records of people as tables, JSON lines and JSON documents."""

import gzip
import json

import pytest

from bongsu.errors import FormatError
from bongsu.read.record_file import RecordFile, flat_rows, plain_name, record_names
from bongsu.read.sniff import read_head

READER = RecordFile(
    {"user": ("actor.email", "E-mail"), "ip": ("ipAddress",)}, required=("user",), explode="events"
)
OBJECTS = [
    {"actor": {"email": "a@x"}, "ipAddress": "1.1.1.1"},
    {"actor": {"email": "b@x"}, "ipAddress": None},
]


def read(path, **told):
    batches = list(READER.read(path, told=told))
    rows = [(r["user"], r["ip"], r["locator"]) for batch in batches for r in batch.rows.to_pylist()]
    return rows, [r["rule"] for batch in batches for r in batch.rejects.to_pylist()]


@pytest.mark.parametrize(
    "text",
    [
        "e-mail,IPADDRESS,name\na@x,1.1.1.1,Somebody\nb@x,,\n",
        "\n".join(json.dumps(one) for one in OBJECTS) + "\n",
        json.dumps(OBJECTS),
        json.dumps({"kind": "list", "items": OBJECTS}, indent=1),
        json.dumps({"@odata.context": "x", "value": OBJECTS}),
    ],
)
def test_the_same_rows_of_every_form(tmp_path, text):
    path = tmp_path / "file"
    path.write_text(text)
    assert READER.sniff(path, read_head(path))
    assert read(path) == ([("a@x", "1.1.1.1", 1), ("b@x", None, 2)], [])
    with gzip.open(tmp_path / "packed", "wt") as packed:
        packed.write(text)
    assert read(tmp_path / "packed")[0][0] == ("a@x", "1.1.1.1", 1)


def test_a_bad_line_stops_nothing(tmp_path):
    path = tmp_path / "file"
    path.write_text(json.dumps(OBJECTS[0]) + "\nnot json\n[1]\n" + json.dumps(OBJECTS[1]) + "\n")
    assert read(path) == ([("a@x", "1.1.1.1", 1), ("b@x", None, 4)], ["bad_row", "bad_row"])


def test_a_document_that_is_no_json_is_a_reject(tmp_path):
    path = tmp_path / "file"
    path.write_text(json.dumps(OBJECTS)[:-2])
    assert read(path) == ([], ["bad_row"])


def test_a_user_says_which_column_it_is(tmp_path):
    path = tmp_path / "file"
    path.write_text("who,ip\na@x,1.1.1.1\n")
    with pytest.raises(FormatError, match="no column user"):
        read(path)
    assert read(path, user="who")[0] == [("a@x", "1.1.1.1", 1)]
    assert not READER.sniff(path, read_head(path))


def test_lists_are_exploded_or_give_their_first():
    value = {"a": {"b": 1}, "events": [{"name": "x"}, {"name": "y"}], "tags": ["p", "q"], "none": None}
    assert flat_rows(value, "")[0] == {"a.b": "1", "events.name": "x", "tags": "p,q"}
    assert [row["events.name"] for row in flat_rows(value, "events")] == ["x", "y"]
    assert plain_name("E-Mail Address") == "emailaddress"


def test_names_of_what_cannot_be_read(tmp_path):
    path = tmp_path / "file"
    path.write_text("{")
    assert record_names(path, b"{") == []
