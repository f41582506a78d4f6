import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bongsu.model.address import canonical_address
from bongsu.rehearse.made_address import hex_array, made_addresses, made_bytes, made_hashes

NUMBERS = np.arange(5000, dtype=np.uint64)


@given(raw=st.lists(st.binary(min_size=7, max_size=7), max_size=20))
def test_hex_is_what_bytes_write(raw):
    array = np.frombuffer(b"".join(raw), dtype=np.uint8).reshape(-1, 7)
    assert hex_array(array).to_pylist() == ["0x" + one.hex() for one in raw]


def test_addresses_are_canonical_and_differ():
    made = made_addresses(NUMBERS, 7).to_pylist()
    assert len(set(made)) == len(made)
    assert [canonical_address("eip155:1", address) for address in made[:100]] == made[:100]


def test_another_seed_or_purpose_gives_other_text():
    first = made_addresses(NUMBERS, 7)
    assert first.equals(made_addresses(NUMBERS, 7))
    others = [*made_addresses(NUMBERS, 8).to_pylist(), *made_addresses(NUMBERS, 7, "mule").to_pylist()]
    assert set(first.to_pylist()).isdisjoint(others)


def test_a_number_has_the_same_address_whatever_stands_beside_it():
    assert made_addresses(NUMBERS[40:50], 7).to_pylist() == made_addresses(NUMBERS, 7).to_pylist()[40:50]


def test_hashes_have_thirty_two_bytes():
    assert {len(text) for text in made_hashes(NUMBERS, 7).to_pylist()} == {66}


def test_every_byte_value_occurs_everywhere():
    made = made_bytes(NUMBERS, 1, "account", 20)
    assert all(len(np.unique(made[:, column])) == 256 for column in range(20))
