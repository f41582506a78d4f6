import pytest

from bongsu.normalize.identifier_network import ascii_domain, canonical_domain, canonical_ip


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("8.8.8.8", "8.8.8.8"),
        ("8.8.8.8:443", "8.8.8.8"),
        ("2001:4860:4860:0:0:0:0:8888", "2001:4860:4860::8888"),
        ("[2001:4860:4860::8888]:443", "2001:4860:4860::8888"),
        ("::ffff:8.8.8.8", "8.8.8.8"),
    ],
)
def test_an_address_in_canonical_form_is_weak(text, value):
    found = canonical_ip(text)
    assert (found.value, found.strength) == (value, "weak")


@pytest.mark.parametrize("text", ["10.0.0.1", "127.0.0.1", "fe80::1%eth0", "224.0.0.1", "192.0.2.7"])
def test_an_address_that_is_not_public_is_refused(text):
    assert canonical_ip(text).rule == "private_ip"


@pytest.mark.parametrize("text", ["8.8.8", "1.2.3.400", "host", "08.8.8.8"])
def test_what_is_no_address_is_refused(text):
    assert canonical_ip(text).rule == "bad_ip"


@pytest.mark.parametrize(
    ("text", "value", "strength"),
    [
        ("https://www.Company.example/jobs?x=1", "company.example", "medium"),
        ("company.example.", "company.example", "medium"),
        ("gmail.com", "gmail.com", "weak"),
        ("Bücher.example", "xn--bcher-kva.example", "medium"),
    ],
)
def test_a_domain_is_never_strong(text, value, strength):
    found = canonical_domain(text)
    assert (found.value, found.strength) == (value, strength)


@pytest.mark.parametrize("text", ["localhost", "-a.example", "a..example", "1.2.3.4", "a b.example"])
def test_what_is_no_domain_is_refused(text):
    assert ascii_domain(text).rule == canonical_domain(text).rule == "bad_domain"
