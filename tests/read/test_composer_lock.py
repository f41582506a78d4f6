from tests.read.lock_samples import COMPOSER, batches_of, rejects_of, rows_of

from bongsu.read.log_registry import sniff_log


def test_packages_of_both_lists_are_read():
    found = rows_of(batches_of("composer_lock", COMPOSER), "locator", "name", "version", "integrity")
    assert found == [
        (6, "monolog/monolog", "3.5.0", "sha1:0123456789abcdef0123456789abcdef01234567"),
        (18, "acme/test", "v1.0.0", None),
    ]


def test_damage_is_a_reject():
    assert rejects_of(batches_of("composer_lock", COMPOSER[:-3])) == [(21, "bad_json")]
    found = batches_of("composer_lock", COMPOSER.replace(b'"version": "v1.0.0"', b'"version": 1'))
    assert rejects_of(found) == [(18, "bad_entry")]


def test_is_told_by_content():
    assert sniff_log(COMPOSER) == "composer_lock"
