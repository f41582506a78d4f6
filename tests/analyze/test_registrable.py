import pytest

from bongsu.analyze.registrable import host_parts, registered_domain

pytest.importorskip("tldextract")


@pytest.mark.parametrize(
    ("host", "registered", "below"),
    [
        ("mail.mofa.go.kr", "mofa.go.kr", "mail"),
        ("WWW.Example.CO.KR.", "example.co.kr", "www"),
        ("a.b.github.io", "b.github.io", "a"),
        ("mail.thinktank.example", "thinktank.example", "mail"),
        ("a.b.c.example", "c.example", "a.b"),
        ("co.kr", "", ""),
        ("localhost", "", ""),
        ("192.0.2.1", "", ""),
    ],
)
def test_hosts_are_cut_where_somebody_registered_them(host, registered, below):
    assert host_parts(host).registered == registered
    assert host_parts(host).below == below


def test_what_has_no_registered_name_stands_for_itself():
    assert registered_domain("Localhost") == "localhost"
