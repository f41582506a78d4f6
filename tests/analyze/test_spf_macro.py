import pytest

from bongsu.analyze.spf_macro import SpfQuery, expand

QUERY = SpfQuery("192.0.2.3", "email.example.com", "strong-bad@email.example.com", helo="mx.example.org")
SIX = QUERY._replace(ip="2001:db8::cb01")


@pytest.mark.parametrize(
    ("text", "expanded"),
    [  # the examples of RFC 7208 section 7.4
        ("%{s}", "strong-bad@email.example.com"),
        ("%{o}", "email.example.com"),
        ("%{d4}", "email.example.com"),
        ("%{d2}", "example.com"),
        ("%{d1}", "com"),
        ("%{dr}", "com.example.email"),
        ("%{d2r}", "example.email"),
        ("%{l}", "strong-bad"),
        ("%{l-}", "strong.bad"),
        ("%{lr-}", "bad.strong"),
        ("%{l1r-}", "strong"),
        ("%{ir}.%{v}._spf.%{d2}", "3.2.0.192.in-addr._spf.example.com"),
        ("%{lr-}.lp.%{ir}.%{v}._spf.%{d2}", "bad.strong.lp.3.2.0.192.in-addr._spf.example.com"),
        ("a%%b%-c", "a%b%20c"),
        ("%{h}", "mx.example.org"),
    ],
)
def test_macros_are_filled_in(text, expanded):
    assert expand(text, QUERY, "email.example.com") == expanded


def test_addresses_of_version_6_are_written_digit_by_digit():
    found = expand("%{ir}.%{v}._spf.%{d2}", SIX, "email.example.com")
    assert found == ("1.0.b.c.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6._spf.example.com")


def test_what_is_not_known_is_not_made_up():
    assert expand("%{p}.x", QUERY, "a.example") is None
    assert expand("%{h}", QUERY._replace(helo=""), "a.example") is None
    assert expand("%{zz}", QUERY, "a.example") is None
