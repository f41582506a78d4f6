import pytest
from tests.data.person_file import normalized, stated, write_csv

from bongsu.model.event import INTERNET_LINE

RESUME = (
    "Wrote a service that counts what leaves a store and tells it to those who order new goods\nEducation"
)


def test_what_a_row_states():
    found = normalized(
        "applicants",
        application="A7",
        applied="2026-01-02T03:04:05Z",
        email="a.b+c@gmail.com",
        phone="202-555-0143",
        country="US",
        ip="8.8.8.8",
        visitor="V1",
        github="Dev",
        zone="UTC-5",
        town="Springfield",
        agency="One",
    )
    events = [(row["subject"], row["kind"], row["thing"], row["value"]) for row in found.events.to_pylist()]
    assert sorted(events) == [
        ("a7", "account", "handle", "dev"),
        ("a7", "alias", "account", "a.b+c@gmail.com"),
        ("a7", "alias", "handle", "dev"),
        ("a7", "application", "", ""),
        ("a7", "contact", "email", "ab@gmail.com"),
        ("a7", "contact", "phone", "+12025550143"),
        ("a7", "resume", "town", "springfield"),
        ("a7", "work", "utc_offset", "-300"),
        ("a7", "work", "vendor", "one"),
    ]
    assert found.rejects.num_rows == 0


def test_a_resume_becomes_hashes_claims_and_one_application(tmp_path):
    head = ("application id", "applied at", "email", "resume", "skills", "jobs")
    row = ("A7", "2026-01-02T03:04:05Z", "a@x.example", RESUME, "Rust: 3 years; Go", "Acme 2019 to 2021")
    events, rejects = stated(write_csv(tmp_path / "file.csv", head, row))
    assert rejects == []
    assert sum(kind == "application" for _who, kind, _thing, _value in events) == 1
    assert {subject for subject, *_rest in events} == {"a7"}
    claims = {thing: value for _who, kind, thing, value in events if kind == "resume"}
    assert (claims["skill"], claims["job"]) == ("rust 2023", "acme 2019-01..2021-12")
    assert len(claims["passage"]) == 16
    assert "store" not in str(events)


@pytest.mark.parametrize(
    ("line", "note"),
    [
        ("VoIP", INTERNET_LINE),
        ("fixed-voip", INTERNET_LINE),
        ("nonFixedVoip", INTERNET_LINE),
        ("non-VoIP", ""),
        ("mobile", ""),
    ],
)
def test_the_kind_of_line_is_a_note(line, note):
    raw = {"application": "A7", "applied": "2026-01-02", "phone": "+12025550143", "line_type": line}
    assert {
        row["note"] for row in normalized("applicants", **raw).events.to_pylist() if row["thing"] == "phone"
    } == {note}
