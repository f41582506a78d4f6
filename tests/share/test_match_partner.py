"""Who may ask over the network."""

from itertools import product

import pytest

from bongsu.errors import InputError
from bongsu.share.match_partner import MatchPartner, find_partner, new_token, read_partners, token_digest

A, B = "a" * 64, "b" * 64
BOTH = MatchPartner(name="both", token_sha256=token_digest("t"), certificate_sha256=A)
TOKEN = MatchPartner(name="token", token_sha256=token_digest("u"))
CERTIFICATE = MatchPartner(name="certificate", certificate_sha256=B)


@pytest.mark.parametrize(
    ("token", "certificate", "name"),
    [
        ("t", A, "both"),
        ("t", "", None),
        ("", A, None),
        ("t", B, "certificate"),
        ("u", "", "token"),
        ("u", A, "token"),
        ("u", B, None),  # two partners at once are none
        ("", B, "certificate"),
        ("", "", None),
        ("v", "", None),
        (token_digest("u"), "", None),
    ],
)
def test_a_partner_shows_all_that_is_stated_of_it(token, certificate, name):
    assert find_partner([BOTH, TOKEN, CERTIFICATE], token, certificate) == name


def test_one_of_whom_nothing_is_stated_is_nobody():
    for token, certificate in product(("", "t"), ("", A)):
        assert find_partner([MatchPartner(name="x")], token, certificate) is None


def test_a_file_is_read(tmp_path):
    path = tmp_path / "partners.yaml"
    path.write_text(f"partners:\n  zeta:\n    token_sha256: {A}\n    certificate_sha256: {B}\n")
    assert read_partners(path) == [MatchPartner(name="zeta", token_sha256=A, certificate_sha256=B)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "partners:",
        "partners: []",
        "partners: {zeta: }",
        "partners: {zeta: {}}",
        "partners: {1: {token_sha256: " + A + "}}",
        "partners: {' ': {token_sha256: " + A + "}}",
        "partners: {zeta: {token: secret}}",
        "partners: {zeta: {token_sha256: " + A + ", note: x}}",
        "partners: {zeta: {token_sha256: " + A.upper() + "}}",
        "partners: {zeta: {token_sha256: ''}}",
        "partners: {zeta: {token_sha256: 12}}",
        "partners: {a: {token_sha256: " + A + "}, b: {token_sha256: " + A + "}}",
        "partners: {",
        "!!python/object/apply:os.getcwd []",
        "\x00",
    ],
)
def test_a_file_that_is_not_clear_lets_nobody_in(tmp_path, text):
    path = tmp_path / "partners.yaml"
    path.write_text(text)
    with pytest.raises(InputError, match="Cannot use partners"):
        read_partners(path)


def test_no_file_lets_nobody_in(tmp_path):
    with pytest.raises(InputError, match="Cannot use partners"):
        read_partners(tmp_path / "none.yaml")


def test_tokens_differ_and_are_long():
    made = {new_token() for _number in range(50)}
    assert len(made) == 50
    assert {len(one) for one in made} == {43}
