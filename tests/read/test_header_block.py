"""Lines with `#` hold for what follows them."""

import io

import pytest

from bongsu.kernel.split_line import BARE, Style
from bongsu.read import header_block, line_cut
from bongsu.read.header_block import Desks, header_rows


@pytest.mark.parametrize("size", [4, 1000])
def test_rows_stand_under_the_last_header_before_them(monkeypatch, size):
    monkeypatch.setattr(
        header_block, "read_cuts", lambda file, mend: line_cut.read_cuts(file, size=size, mend=mend)
    )
    desks = Desks()

    def rows_of(block, names, before):
        yield from desks.rows(block, names, Style(32, False, BARE, len(names), 0), before)

    text = b"0\n#a b\n1 2\n3 4\n#c\n5\n#d\n#e\n6\n#f\n"
    found, faults = {}, []
    for names, rows in header_rows(
        io.BytesIO(text), (), lambda line, _names: tuple(line[1:].split()), rows_of
    ):
        faults += [(line, rule) for line, rule, _message in rows.faults]
        for place, line in enumerate(rows.lines.tolist()):
            found[line] = (names, {name: column[place].as_py() for name, column in rows.columns.items()})
    assert faults == [(1, "no_header")]
    assert found == {
        3: (("a", "b"), {"a": "1", "b": "2"}),
        4: (("a", "b"), {"a": "3", "b": "4"}),
        6: (("c",), {"c": "5"}),
        9: (("e",), {"e": "6"}),
    }
