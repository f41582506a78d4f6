import pytest

from bongsu.analyze.look_alike import (
    LOOK_ALIKE_KINDS,
    LookAlikes,
    distance,
    shipped_institutions,
    shipped_right,
)

pytest.importorskip("tldextract")
FIRM = LookAlikes(
    {"hanwool-defence.example": False, "mofa.go.kr": False, "korea.ac.kr": True, "thinktank.example": False}
)
SHIPPED = LookAlikes(shipped_institutions(), shipped_right())


@pytest.mark.parametrize(
    ("host", "like", "kind"),
    [
        ("mofa.go.kr.evil.example", "mofa.go.kr", "within"),
        ("login-mofa-go-kr.evil.example", "mofa.go.kr", "within"),
        ("korea.ac.kr.x.example", "korea.ac.kr", "within"),
        ("rnofa.go.kr", "mofa.go.kr", "letters"),
        ("m0fa.example", "mofa.go.kr", "letters"),
        ("xn--" + "thinktаnk".encode("punycode").decode() + ".example", "thinktank.example", "letters"),
        ("mofa-login.example", "mofa.go.kr", "word"),
        ("mofa.duckdns.org", "mofa.go.kr", "suffix"),
        ("korea-securedrive.example", "korea.ac.kr", "word"),
        ("mofamail.shop", "mofa.go.kr", "joined"),
        ("secure-loginthinktank.example", "thinktank.example", "joined"),
        ("thinktnak.example", "thinktank.example", "slip"),
        ("thnktamk.example", "thinktank.example", "slip"),
        ("mofa.kro.kr", "mofa.go.kr", "word"),
        ("xxthinktankyy.example", "thinktank.example", "inside"),
    ],
)
def test_ways_to_look_like_another(host, like, kind):
    found = FIRM.find(host)
    assert (found.like, found.kind, found.host) == (like, kind, host)
    assert found.confidence == LOOK_ALIKE_KINDS[kind]
    assert found.why


@pytest.mark.parametrize(
    "host",
    [
        "mofa.go.kr",
        "www.mofa.go.kr",
        "a.b.thinktank.example",
        "korea.com",
        "south-korea.example",
        "koreanair.com",
        "sofa.go.kr",
        "thinking.example",
        "go.kr",
        "localhost",
        "192.0.2.1",
        "",
        "notmofa.example",
    ],
)
def test_what_is_right_or_merely_near_is_not_named(host):
    assert FIRM.find(host) is None


def test_domains_that_are_known_to_be_right_are_left_alone():
    assert (
        LookAlikes({"thinktank.example": False}, ["thinktank-mail.example"]).find("a.thinktank-mail.example")
        is None
    )
    assert LookAlikes({"thinktank.example": False}).find("a.thinktank-mail.example") is not None
    assert SHIPPED.find("kakaobank.com") is None


@pytest.mark.parametrize("domain", sorted(shipped_institutions()))
def test_no_institution_of_the_list_is_taken_for_another(domain):
    assert SHIPPED.find(domain) is None
    assert SHIPPED.find(f"www.{domain}") is None


def test_an_empty_list_finds_nothing():
    assert LookAlikes({}).find("mofa.go.kr.evil.example") is None


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [("abc", "abc", 0), ("abc", "acb", 1), ("abc", "ab", 1), ("abcd", "badc", 2), ("a", "abcd", 3)],
)
def test_distance_counts_slips(one, other, slips):
    assert distance(one, other, 2) == slips
