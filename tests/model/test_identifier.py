import pytest

from bongsu.model.identifier import IDENTIFIER, IDENTIFIER_KINDS, Canonical, weaker


@pytest.mark.parametrize(
    ("one", "other", "least"),
    [("weak", "strong", "weak"), ("strong", "medium", "medium"), ("strong", "strong", "strong")],
)
def test_the_weaker_of_two_strengths(one, other, least):
    assert weaker(one, other) == weaker(other, one) == least


def test_a_canonical_value_is_strong_unless_said():
    assert Canonical("email", "a@b.example") == ("email", "a@b.example", "", "strong", "")


def test_no_identifier_is_a_name_a_birthplace_or_a_language():
    forbidden = {"name", "birth_place", "nationality", "language", "school"}
    assert not forbidden & {*IDENTIFIER.names, *IDENTIFIER_KINDS}
