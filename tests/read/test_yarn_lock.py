import pytest
from tests.read.lock_samples import YARN_1, YARN_BERRY, batches_of, rejects_of, rows_of

from bongsu.read.log_registry import sniff_log

WHAT = ("locator", "name", "version", "alias_of", "file_kind")


def test_yarn_1_is_read_with_its_aliases():
    found = batches_of("yarn_lock", YARN_1)
    assert rows_of(found, *WHAT) == [
        (5, "@acme/ui", "2.0.0", None, "yarn 1"),
        (12, "axios", "0.27.2", None, "yarn 1"),
        (15, "http", "1.6.0", "axios", "yarn 1"),
    ]
    assert rows_of(found, "resolved", "integrity")[0] == (
        "https://registry.example/ui-2.0.0.tgz#aa",
        "sha512-AAAA==",
    )


def test_berry_says_in_the_resolution_what_is_installed():
    found = batches_of("yarn_lock", YARN_BERRY)
    assert rows_of(found, *WHAT) == [
        (7, "@acme/ui", "2.0.0", None, "yarn berry"),
        (16, "http", "1.6.0", "axios", "yarn berry"),
        (23, "shop", "0.0.0-use.local", None, "yarn berry"),
    ]
    assert not rejects_of(found)


def test_an_entry_without_version_is_a_reject_and_takes_nothing_of_its_neighbors():
    found = batches_of("yarn_lock", YARN_1.replace(b'  version "0.27.2"\n', b""))
    assert rejects_of(found) == [(12, "bad_entry")]
    assert rows_of(found, "name", "version") == [("@acme/ui", "2.0.0"), ("http", "1.6.0")]


@pytest.mark.parametrize("body", [YARN_1, YARN_BERRY, YARN_1.partition(b"v1\n\n\n")[2]])
def test_is_told_by_content(body):
    assert sniff_log(body) == "yarn_lock"


def test_a_list_of_mail_addresses_is_no_lockfile():
    assert sniff_log(b"root@example.com:\n  hello\n") == "plain_text"
