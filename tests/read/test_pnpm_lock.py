import pytest
from tests.read.lock_samples import PNPM_5, PNPM_6, PNPM_9, batches_of, rejects_of, rows_of

from bongsu.read.log_registry import sniff_log

WHAT = ("locator", "name", "version", "integrity", "file_kind")


@pytest.mark.parametrize(
    ("body", "kind", "lines"),
    [(PNPM_9, "pnpm 9.0", (16, 20)), (PNPM_6, "pnpm 6.0", (10, 14)), (PNPM_5, "pnpm 5.4", (11, 15))],
)
def test_packages_of_three_shapes_have_their_real_names(body, kind, lines):
    found = batches_of("pnpm_lock", body)
    assert rows_of(found, *WHAT)[:2] == [
        (lines[0], "@acme/ui", "2.0.0", "sha512-AAAA==", kind),
        (lines[1], "axios", "1.6.0", "sha512-CCCC==", kind),
    ]
    assert not rejects_of(found)


def test_snapshots_do_not_repeat_packages():
    assert len(rows_of(batches_of("pnpm_lock", PNPM_9), "name")) == 2


def test_a_package_from_elsewhere_says_its_name_itself():
    found = rows_of(batches_of("pnpm_lock", PNPM_5), "name", "version", "resolved")
    assert found[-1] == ("odd", "0.0.7", "https://codeload.example/odd.tgz")


def test_a_key_without_version_is_a_reject():
    found = batches_of("pnpm_lock", PNPM_9.replace(b"  axios@1.6.0:\n", b"  axios:\n", 1))
    assert rejects_of(found) == [(20, "bad_entry")]


@pytest.mark.parametrize("body", [PNPM_5, PNPM_6, PNPM_9])
def test_is_told_by_content(body):
    assert sniff_log(body) == "pnpm_lock"
