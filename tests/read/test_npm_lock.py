import pytest
from tests.read.lock_samples import NPM_1, NPM_3, batches_of, rejects_of, rows_of

from bongsu.read.log_registry import sniff_log

WHAT = ("locator", "name", "version", "alias_of", "file_kind")


def test_version_3_names_packages_by_their_folders_and_says_the_line_of_each():
    found = batches_of("npm_lock", NPM_3)
    assert rows_of(found, *WHAT) == [
        (11, "@acme/ui", "2.0.0", None, "npm v3"),
        (17, "axios", "0.27.2", None, "npm v3"),
        (22, "http", "1.6.0", "axios", "npm v3"),
        (28, "inner", None, None, "npm v3"),
    ]
    assert rows_of(found, "integrity")[1] == ("sha512-BBBB==",)
    assert found[0].stream[:2] == ("lockfile", "npm")
    assert not rejects_of(found)


def test_version_1_nests_packages_and_hides_an_alias_in_the_version():
    assert rows_of(batches_of("npm_lock", NPM_1), *WHAT) == [
        (5, "@acme/ui", "2.0.0", None, "npm v1"),
        (13, "axios", "0.27.2", None, "npm v1"),
        (19, "http", "1.6.0", "axios", "npm v1"),
    ]


def test_a_version_that_is_no_alias_of_npm_keeps_its_name():
    body = NPM_1.replace(b"npm:axios@1.6.0", b"npm:@acme/http@1.6.0")
    assert rows_of(batches_of("npm_lock", body), "name", "alias_of")[-1] == ("http", "@acme/http")


def test_of_a_file_that_is_cut_off_the_whole_entries_are_kept_and_the_cut_is_told():
    body = NPM_3[: NPM_3.index(b'"sha512-CCCC')]
    found = batches_of("npm_lock", body)
    assert rows_of(found, "locator", "name", "version") == [
        (11, "@acme/ui", "2.0.0"),
        (17, "axios", "0.27.2"),
    ]
    assert rejects_of(found) == [(26, "bad_json"), (22, "bad_entry")]


def test_an_entry_without_version_is_a_reject_at_its_line():
    body = NPM_3.replace(b'"version": "0.27.2",\n', b"\n")
    found = batches_of("npm_lock", body)
    assert rejects_of(found) == [(17, "bad_entry")]
    assert len(rows_of(found, "name")) == 3


@pytest.mark.parametrize("body", [NPM_3, NPM_1, NPM_1.replace(b'  "lockfileVersion": 1,\n', b"")])
def test_is_told_by_content(body):
    assert sniff_log(body) == "npm_lock"


def test_a_manifest_is_no_lockfile():
    assert sniff_log(b'{"name": "shop", "version": "1", "dependencies": {"axios": "^1"}}') == "any_json"


def test_deep_nesting_is_refused_not_followed():
    deep = b'{"lockfileVersion": 1, "dependencies": ' + b'{"a": {"version": "1", "dependencies": ' * 300
    found = batches_of("npm_lock", deep + b"{}" + b"}}" * 300 + b"}")
    assert len(rows_of(found, "name")) == 200
    assert rejects_of(found) == [(1, "bad_entry")]
    assert rejects_of(batches_of("npm_lock", b'{"a":' * 100_000)) == [(1, "bad_json")]


def test_batches_are_of_the_size_that_is_asked_for():
    found = batches_of("npm_lock", NPM_3, batch_rows=3)
    assert [one.rows.num_rows for one in found] == [3, 1]
