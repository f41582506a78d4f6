"""The manifest of a ledger."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bongsu.errors import LedgerError
from bongsu.store.manifest import LAYOUT, Manifest, SourceRecord, fingerprint_of, load_manifest, save_manifest

SEALED = """{"layout": 1, "sources": [], "sealed": {
    "folder": %s, "fingerprint": "", "files": {}, "counts": {}}}"""


def record(sha256, **more):
    return SourceRecord(sha256=sha256, name=f"{sha256}.csv", format="flows", **more)


def test_it_comes_back_as_it_was_saved(tmp_path):
    manifest = Manifest()
    manifest.put(record("b", sums={"x": "1"}, options={"unit": "USD"}))
    manifest.put(record("a"))
    manifest.put(record("b", rows_in=3))
    save_manifest(tmp_path, manifest)
    loaded = load_manifest(tmp_path)
    assert loaded == manifest
    assert [(one.sha256, one.rows_in) for one in loaded.sources] == [("a", 0), ("b", 3)]
    assert (loaded.find("a").name, loaded.find("c")) == ("a.csv", None)


@given(st.permutations(["a", "b", "c"]))
def test_fingerprint_does_not_depend_on_order(names):
    manifest = Manifest()
    for name in names:
        manifest.put(record(name))
    assert manifest.fingerprint() == fingerprint_of((name, {}) for name in "abc")


def test_fingerprint_depends_on_options_and_context():
    found = {
        fingerprint_of([("a", {})]),
        fingerprint_of([("a", {"unit": "USD"})]),
        Manifest(sources=[record("a", context={"base_fees": "1"})]).fingerprint(),
    }
    assert len(found) == 3


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("{", "damaged"),
        ("[]", "damaged"),
        ('{"layout": 1}', "damaged"),
        ('{"layout": 1, "sources": [{"color": 1}], "sealed": {}}', "damaged"),
        ('{"layout": 9, "sources": [], "sealed": {}}', "its layout is 9"),
        ("[" * 100_000, "damaged"),
        ('{"layout": 1, "sources": [], "sealed": []}', "damaged"),
        ('{"layout": 1, "sources": [], "sealed": {"folder": "sealed-1"}}', "damaged"),
        (SEALED % '"../elsewhere"', "damaged"),
        (SEALED % "7", "damaged"),
    ],
)
def test_bad_manifest_is_an_error_that_a_person_can_mend(tmp_path, content, why):
    (tmp_path / "manifest.json").write_text(content)
    with pytest.raises(LedgerError, match=why) as caught:
        load_manifest(tmp_path)
    assert caught.value.hint


def test_folder_without_manifest(tmp_path):
    with pytest.raises(LedgerError, match=r"no manifest\.json"):
        load_manifest(tmp_path / "nowhere")


def test_it_is_plain_json(tmp_path):
    save_manifest(tmp_path, Manifest(sources=[record("a")]))
    assert json.loads((tmp_path / "manifest.json").read_text())["sources"][0]["name"] == "a.csv"


def test_manifest_of_a_newer_version_says_so(tmp_path):
    for layout, newer in ((LAYOUT + 1, True), (0, False), ("x", False)):
        (tmp_path / "manifest.json").write_text(json.dumps({"layout": layout, "sources": [], "sealed": {}}))
        with pytest.raises(LedgerError, match="its layout is") as caught:
            load_manifest(tmp_path)
        assert ("newer version" in caught.value.hint) is newer
