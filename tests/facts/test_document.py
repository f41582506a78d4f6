"""Fact files: headers, typed keys, and schemas that agree with the loader."""

import json
from datetime import UTC, date, datetime

import jsonschema
import pytest
import yaml

from bongsu.errors import FactsError
from bongsu.facts.document import DATA, KINDS, SCHEMAS, read_document, read_documents

FILES = [path for kind in KINDS for path in sorted((DATA / kind).glob("*.yaml"))]


def plain(value):
    """The value as JSON has it: dates and times are texts."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_shipped_file_fits_its_schema(path):
    schema = json.loads((SCHEMAS / f"{path.parent.name}.json").read_text())
    loaded = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    jsonschema.Draft202012Validator(schema).validate(plain(loaded))


@pytest.mark.parametrize("kind", KINDS)
def test_schema_refuses_a_file_without_a_source(kind):
    schema = json.loads((SCHEMAS / f"{kind}.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    path = sorted((DATA / kind).glob("*.yaml"))[0]
    loaded = plain(yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader))
    for wrong in ({**loaded, "sources": []}, {**loaded, "surprise": 1}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.Draft202012Validator(schema).validate(wrong)


def test_header_is_read(document):
    found = document("assets", "some-case", "assets: []\n")
    assert (found.slug, found.kind, found.title) == ("some-case", "assets", "A case")
    assert found.source == "Somebody, a document: example.org"
    assert found.retrieved == date(2024, 5, 6)
    assert (found.confidence, found.marking.tlp.label) == (80, "TLP:CLEAR")


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("title: A case\n", "", "title is missing"),
        ('sources: ["Somebody, a document: example.org"]\n', "sources: []\n", "sources is missing"),
        ("confidence: 80", "confidence: 101", "confidence is not in 0..100"),
        ("confidence: 80", "confidence: true", "confidence has the wrong type"),
        ("confidence: 80", "confidence: '80'", "confidence has the wrong type"),
        ("retrieved: 2024-05-06", "retrieved: 2024-05-06T00:00:00Z", "retrieved is a time, not a date"),
        ("TLP:CLEAR", "TLP:AMBER", "only public facts ship"),
        ("title: A case", "title: [", "Cannot read facts"),
    ],
)
def test_wrong_header_names_file_and_key(write_facts, old, new, why):
    from tests.facts.conftest import HEADER

    path = write_facts("assets", "broken", "assets: []\n", HEADER.replace(old, new))
    with pytest.raises(FactsError, match=r"broken\.yaml") as caught:
        read_document(path)
    assert why in str(caught.value)
    assert caught.value.hint


def test_file_name_must_be_a_slug(write_facts):
    with pytest.raises(FactsError, match="not a slug"):
        read_document(write_facts("assets", "Some Case", "assets: []\n"))


def test_missing_file_is_an_error(tmp_path):
    with pytest.raises(FactsError, match=r"absent\.yaml"):
        read_document(tmp_path / "absent.yaml")


def test_fields_are_typed(document):
    body = """\
texts: [a  b, c]
moment: 2024-01-02T03:04:05+02:00
naive: 2024-01-02T03:04:05
flag: false
nothing: null
rows: |
  one  first  row

  two
part: {inner: 1}
parts: [{inner: 1}]
"""
    fields = document("assets", "x", body).body
    assert fields.texts("texts") == ("a b", "c")
    assert fields.optional_moment("moment") == datetime(2024, 1, 2, 1, 4, 5, tzinfo=UTC)
    assert fields.flag("flag") is False
    assert fields.optional("nothing") is None
    assert fields.table("rows") == [("one", "first  row"), ("two", "")]
    assert fields.part("absent").values == {}
    with pytest.raises(FactsError, match="naive has no time zone"):
        fields.optional_moment("naive")
    with pytest.raises(FactsError, match=r"part\.inner has the wrong type"):
        fields.part("part").text("inner")
    with pytest.raises(FactsError, match=r"parts\[0\]\.inner has the wrong type"):
        fields.parts("parts")[0].flag("inner")
    with pytest.raises(FactsError, match="flag is not a mapping"):
        fields.part("flag")
    with pytest.raises(FactsError, match="texts"):
        fields.choice("texts", ("a", "b"))


def test_documents_come_by_slug():
    slugs = [found.slug for found in read_documents("incidents")]
    assert slugs == sorted(slugs)
    assert len(slugs) >= 7
