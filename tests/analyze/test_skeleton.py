import pytest

from bongsu.analyze.skeleton import decoded_label, skeleton


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kаkао", "kakao"),  # Cyrillic
        ("qooqle", "google"),
        ("gooogle", "google"),
        ("rnofa", "mofa"),
        ("m0fa", "mofa"),
        ("vvorld", "world"),
        ("daurn", "daum"),
        ("ｎａｖｅｒ", "naver"),
        ("nàvér", "naver"),
    ],
)
def test_names_that_an_eye_confuses_have_the_same_skeleton(one, other):
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize(
    ("one", "other"), [("ad", "add"), ("ins", "inss"), ("naver", "never"), ("kida", "kisa")]
)
def test_names_that_it_does_not_confuse_have_not(one, other):
    assert skeleton(one) != skeleton(other)


def test_punycode_is_decoded_and_what_is_none_stays():
    cyrillic = "xn--" + "nаver".encode("punycode").decode()
    assert decoded_label(cyrillic) == "nаver"
    assert skeleton(cyrillic) == skeleton("naver")
    assert decoded_label("xn--\xff") == "xn--\xff"
    assert decoded_label("naver") == "naver"
