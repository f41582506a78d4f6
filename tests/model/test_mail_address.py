from bongsu.model.mail_address import MOST_COMMENTS, addresses_in


def test_addresses_are_those_of_the_library():
    assert addresses_in("Kim (desk) <kim@firm.example>, b@x.example") == [
        ("Kim (desk)", "kim@firm.example"),
        ("", "b@x.example"),
    ]


def test_brackets_without_end_are_no_address():
    for count in (MOST_COMMENTS + 1, 100_000):
        assert addresses_in("(" * count) == []
    assert addresses_in("(" * MOST_COMMENTS) is not None
