import pytest

from bongsu.read.zone_file import read_zone

pytest.importorskip("dns")
ZONE = """\
$ORIGIN example.com.
$TTL 300
@ IN SOA ns hostmaster 1 2 3 4 5
@ IN MX 10 mx
@ IN TXT "v=spf1 ip4:192.0.2.0/24 " "-all"
"""


def test_a_zone_file_says_its_zone():
    rows, zone = read_zone(ZONE)
    assert zone == "example.com"
    assert ("example.com.", "MX", "10 mx.example.com.") in rows


def test_a_zone_that_is_named_needs_no_origin():
    rows, zone = read_zone("@ 300 IN A 192.0.2.1\n", "example.net")
    assert (rows, zone) == ([("example.net.", "A", "192.0.2.1")], "example.net")


def test_answers_of_dig_are_of_no_whole_zone():
    rows, zone = read_zone("; <<>> DiG\nexample.com. 300 IN A 192.0.2.1\n")
    assert (rows, zone) == ([("example.com.", "A", "192.0.2.1")], "")


@pytest.mark.parametrize(
    "text", ["hello world\n", "$ORIGIN x.\n@ IN A nowhere\n", "$ORIGIN x.\n$INCLUDE /etc/passwd\n"]
)
def test_what_is_neither_is_refused(text):
    with pytest.raises(ValueError, match=r"\w"):
        read_zone(text)
