import pytest
from tests.analyze.mail_zone import answers

from bongsu.analyze.posture_spf import review_spf, spf_lookups

ZONE = ("firm.example",)


def review(*records, receives=True, zones=ZONE, more=()):
    found = {}
    dns = answers(*(("firm.example", one) for one in records), *more, zones=zones)
    return list(review_spf("firm.example", dns, receives=receives, found=found)), found


@pytest.mark.parametrize(
    ("record", "keys"),
    [
        ("v=spf1 mx -all", []),
        ("v=spf1 mx ~all", []),
        ("v=spf1 +all", ["spf_open"]),
        ("v=spf1 mx ?all", ["spf_open"]),
        ("v=spf1 mx", ["spf_no_end"]),
        ("v=spf1 ptr -all", ["spf_ptr"]),
        ("v=spf1 ipv4:192.0.2.1 -all", ["spf_damaged"]),
        ("v=spf1 include:b.example -all", ["spf_lookups_unknown"]),
    ],
)
def test_what_weakens_a_record_is_told(record, keys):
    assert [one.key for one in review(record)[0]] == keys


def test_a_missing_record_is_written_out():
    assert review()[0][0].record == 'firm.example. TXT "v=spf1 mx -all"'
    assert review(receives=False)[0][0].record == 'firm.example. TXT "v=spf1 -all"'
    assert [one.key for one in review(zones=())[0]] == ["spf_unknown"]
    assert [one.key for one in review("v=spf1 -all", "v=spf1 mx -all")[0]] == ["spf_several"]


def test_an_open_record_is_closed():
    assert review("v=spf1 ip4:192.0.2.1 +all")[0][0].record == 'firm.example. TXT "v=spf1 ip4:192.0.2.1 -all"'


def test_look_ups_are_counted_through_what_is_included():
    inner = [(f"i{n}.example", "v=spf1 a mx ?all") for n in range(4)]
    record = "v=spf1 " + " ".join(f"include:i{n}.example" for n in range(4)) + " -all"
    assert spf_lookups("firm.example", answers(("firm.example", record), *inner)).asked == 12
    assert [one.key for one in review(record, more=inner)[0]] == ["spf_lookups"]
    assert spf_lookups("firm.example", answers(("firm.example", record))).unknown[0] == "i3.example"


def test_records_that_include_one_another_end():
    found = spf_lookups("firm.example", answers(("firm.example", "v=spf1 include:firm.example -all")))
    assert found.asked == 100
