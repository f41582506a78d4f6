"""Rows of the table of coverage."""

from bongsu.analyze.swap import REASONS
from bongsu.share.report_coverage import coverage_rows, method_name, refusal_name


def test_what_was_followed_and_what_was_not():
    coverage = {
        "swaps": {"followed": 3, "by_method": {"decoded": 3}, "not_followed": {"unknown_split": 1}},
        "bridges": {"followed": 1, "by_method": {"id": 1}, "in_flight": 2},
    }
    assert coverage_rows(coverage) == [
        ("Exchanges followed, decoded from events", "3"),
        ("Bridges followed, by id", "1"),
        ("Payments over bridges in flight", "2"),
        ("Exchanges not followed: several assets, and nothing says how they share", "1"),
    ]


def test_older_documents_have_no_rows():
    assert coverage_rows({}) == []


def test_every_reason_has_words():
    assert all(refusal_name(why) != why for why in REASONS)
    assert method_name("other") == "other"
