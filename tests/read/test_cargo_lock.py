from tests.read.lock_samples import CARGO, batches_of, rejects_of, rows_of

from bongsu.read.log_registry import sniff_log


def test_crates_are_read():
    found = rows_of(batches_of("cargo_lock", CARGO), "locator", "name", "version", "integrity")
    digest = "sha256:91d3c334ca1ee894a2c6f6ad698fe8c435b76d504b13d436f0685d648d6d96f7"
    assert found == [(5, "serde", "1.0.190", digest), (14, "shop", "0.1.0", None)]


def test_a_crate_without_version_is_a_reject():
    assert rejects_of(batches_of("cargo_lock", CARGO[: CARGO.rindex(b"version")])) == [(14, "bad_entry")]


def test_is_told_by_content():
    assert sniff_log(CARGO) == "cargo_lock"
