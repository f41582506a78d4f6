"""Broken indicator files are refused whole, or give rows and rejects; nothing crashes and nothing hangs.

BONGSU_FULL tries 10^5 mutations for each format.
"""

import os
import random

import pytest
from tests.read.test_indicator_registry import FILES

from bongsu.errors import InputError
from bongsu.normalize.indicator import IndicatorMaker
from bongsu.normalize.warning_list import WarningLists
from bongsu.read.indicator_registry import INDICATOR_READERS, load_indicator_reader

COUNT = 100_000 if os.environ.get("BONGSU_FULL") else 400
ODD = [
    b"",
    b"\x00",
    b"\xff",
    b'"',
    b"'",
    b"{",
    b"]",
    b"\n",
    b",",
    b"<",
    b">",
    b"\\",
    b"\r",
    b"\xed\xa0\x80",
    b"\\ud800",
    b"9" * 400,
]


def mutated(data, rng):
    """The bytes with a few changed, cut, doubled or put in."""
    for _ in range(rng.randint(1, 4)):
        at, to = sorted(rng.randrange(len(data) + 1) for _ in range(2))
        way = rng.randrange(4)
        if way == 0:
            data = data[:at] + rng.choice(ODD) + data[at + 1 :]
        elif way == 1:
            data = data[:at] + data[to:]
        elif way == 2:
            data = data[:to] + data[at:to][:2000] + data[to:]
        else:
            data = data[:at] + bytes([rng.randrange(256)]) + data[at:]
    return data


@pytest.mark.parametrize("name", INDICATOR_READERS)
def test_mutated_files_break_nothing(tmp_path, name):
    rng = random.Random(name)
    reader, maker = load_indicator_reader(name), IndicatorMaker(WarningLists())
    path = tmp_path / "x"
    read = 0
    for _ in range(COUNT):
        data = mutated(FILES[name].encode(), rng)
        path.write_bytes(data)
        assert reader.sniff(path, data) in {True, False}
        try:
            for batch in reader.read(path):
                found = maker.make(batch.rows)
                assert found.indicators.num_rows + found.rejects.num_rows >= batch.rows.num_rows
                read += 1
        except InputError:
            continue
    assert read > 0
