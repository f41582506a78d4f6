from bongsu.model.dns import DnsAnswers, DnsRecord

ZONE = DnsAnswers(
    [
        DnsRecord("example.com", "MX", "10 mx.example.com"),
        DnsRecord("www.example.com", "CNAME", "host.example.net"),
        DnsRecord("inner.example.com", "NS", "ns.example.org"),
        DnsRecord("*.wild.example.com", "TXT", "any"),
        DnsRecord("loop.example.com", "CNAME", "loop.example.com"),
    ],
    absent=[("gone.example.net", ""), ("host.example.net", "TXT")],
    zones=["example.com"],
)


def test_what_is_saved_is_known():
    assert ZONE.lookup("EXAMPLE.com.", "MX") == ("10 mx.example.com",)


def test_in_a_zone_that_was_saved_whole_the_rest_is_absent():
    assert ZONE.lookup("example.com", "TXT") == ()
    assert ZONE.lookup("_dmarc.example.com", "TXT") == ()


def test_elsewhere_the_rest_is_unknown_unless_it_was_asked_for():
    assert ZONE.lookup("example.net", "TXT") is None
    assert ZONE.lookup("gone.example.net", "TXT") == ()
    assert ZONE.lookup("www.example.com", "TXT") == ()
    assert ZONE.lookup("www.example.com", "A") is None


def test_below_a_delegation_or_a_wild_card_the_rest_is_unknown():
    assert ZONE.lookup("a.inner.example.com", "TXT") is None
    assert ZONE.lookup("a.wild.example.com", "TXT") is None
    assert ZONE.lookup("a.wild.example.com", "A") == ()


def test_aliases_that_turn_in_a_circle_end():
    assert ZONE.lookup("loop.example.com", "A") is None
