"""The log of private matches keeps what it is told; keys are used once."""

import stat

import pytest

from bongsu.errors import InputError
from bongsu.store.match_log import LOG, append_entry, drop_key, keep_key, read_entries, take_key


def test_entries_come_back_in_their_order(tmp_path):
    folder = tmp_path / "match"
    assert read_entries(folder) == []
    said = [{"what": "asked", "partner": "봉수", "n": n} for n in range(3)]
    for one in said:
        append_entry(folder, one)
    assert read_entries(folder) == said
    assert (folder / LOG).read_text().count("\n") == 3


def test_a_damaged_log_is_not_taken_for_an_empty_one(tmp_path):
    append_entry(tmp_path, {"what": "asked"})
    with (tmp_path / LOG).open("a") as file:
        file.write('{"what": "ans')
    with pytest.raises(InputError, match="Cannot read the log"):
        read_entries(tmp_path)


def test_a_key_is_its_owners_and_gone_when_it_was_used(tmp_path):
    keep_key(tmp_path, "r.count", b"\x01\x02")
    (path,) = (tmp_path / "keys").iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert take_key(tmp_path, "r.count") == b"\x01\x02"
    drop_key(tmp_path, "r.count")
    with pytest.raises(InputError, match="no question of that round"):
        take_key(tmp_path, "r.count")
