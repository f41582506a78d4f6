import pytest

from bongsu.normalize.public_suffix import is_private_suffix_below, is_public_suffix


@pytest.mark.parametrize(
    "host", ["com", "co.kr", "github.io", "vercel.app", "x.ck", "nowhere", "xn--45brj9c"]
)
def test_strangers_register_below_public_suffixes(host):
    assert is_public_suffix(host)


@pytest.mark.parametrize("host", ["evil.com", "evil.co.kr", "a.github.io", "www.ck", "n-e.kr"])
def test_other_names_belong_to_somebody(host):
    assert not is_public_suffix(host)


@pytest.mark.parametrize(
    ("host", "private"),
    [("a.github.io", True), ("b.a.github.io", True), ("github.io", False), ("a.co.kr", False)],
)
def test_customers_of_a_company_stand_below_its_suffix(host, private):
    assert is_private_suffix_below(host) is private
