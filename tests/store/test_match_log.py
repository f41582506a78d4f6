"""The log of private matches keeps what it is told; keys are used once."""

import stat
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from bongsu.errors import InputError, LedgerError
from bongsu.store.match_log import LOG, append_entry, drop_key, hold_log, keep_key, read_entries, take_key


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


def test_one_at_a_time_decides_from_the_log(tmp_path):
    inside, most = [], []

    def decide(number):
        with hold_log(tmp_path):
            inside.append(number)
            most.append(len(inside))
            time.sleep(0.01)
            inside.remove(number)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(decide, range(6)))
    assert most == [1] * 6


def test_who_waits_too_long_is_told(tmp_path):
    with (
        hold_log(tmp_path),
        pytest.raises(LedgerError, match="another process"),
        hold_log(tmp_path, seconds=0.1),
    ):
        pass
    with pytest.raises(LedgerError, match="mine"), hold_log(tmp_path):
        raise LedgerError("mine")  # what is done inside is not taken for waiting
