import pytest

from bongsu.normalize.identifier_place import canonical_postal_address

SAME = [
    "12 North Main Street, Apartment 4, Springfield 12345",
    "12 N. Main St. #4 Springfield 12345-6789",
    "12  n main st, unit 4; springfield 12345",
]
OTHERS = [
    "14 North Main Street, Apartment 4, Springfield 12345",
    "12 South Main Street, Apartment 4, Springfield 12345",
    "12 North Main Street, Apartment 5, Springfield 12345",
    "12 North Main Road, Apartment 4, Springfield 12345",
    "12 North Main Street, Apartment 4, Springfield 12346",
]


def test_one_address_in_several_ways():
    assert {canonical_postal_address(text).value for text in SAME} == {"12 n main st apt 4 springfield 12345"}


@pytest.mark.parametrize("text", OTHERS)
def test_another_house_is_another_address(text):
    assert canonical_postal_address(text).value != canonical_postal_address(SAME[0]).value


def test_a_number_that_stands_twice_stays_twice():
    assert canonical_postal_address("Apt 5, 5 Main Street").value == "apt 5 5 main st"


def test_no_address_is_strong():
    assert {canonical_postal_address(text).strength for text in SAME + OTHERS} == {"medium"}


def test_other_scripts_are_kept():
    found = canonical_postal_address("서울특별시 종로구 세종대로 209")
    assert found.value == "서울특별시 종로구 세종대로 209"


@pytest.mark.parametrize("text", ["Springfield", "Main Street Springfield", "12 Main"])
def test_a_text_without_a_house_is_refused(text):
    assert canonical_postal_address(text).rule == "bad_address"
