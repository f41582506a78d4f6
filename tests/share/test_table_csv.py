"""Ends as CSV: complete, exact, and nothing that a spreadsheet would run."""

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.data.trace_document import POLICIES, small

from bongsu.errors import ReleaseError
from bongsu.share.table_csv import guarded, write_csv

DECIMALS = {"ETH": 18, "USDT": 6}


def lines_of(document):
    stream = io.StringIO()
    write_csv(document, stream, recipient=None)
    return list(csv.DictReader(io.StringIO(stream.getvalue())))


def test_one_line_per_end_with_exact_amounts():
    document = small(ends=30)
    lines = lines_of(document)
    assert len(lines) == 30
    for line, end in zip(lines, document["endpoints"], strict=True):
        assert line["address"] == end["address"]
        assert line["shown"] == end["shown"]
        for policy in POLICIES:
            assert line[f"{policy}_base_units"] == end["amount"][policy]
            units = Decimal(line[policy]).scaleb(int(line["decimals"]))
            assert units == Decimal(end["amount"][policy])


def test_sanctions_in_force_and_lifted_have_columns_of_their_own():
    seen = set()
    for line, end in zip(lines_of(document := small(ends=60)), document["endpoints"], strict=True):
        listings = (end["label"] or {}).get("sanctions", [])
        seen |= {one["status"] for one in listings}
        assert line["sanctioned"] == str(any(one["status"] == "listed" for one in listings)).lower()
        for column, status in (("sanctions", "listed"), ("sanctions_lifted", "delisted")):
            named = [one for one in listings if one["status"] == status]
            assert line[column].count("EXA: Example Mixer (Example sanctions list)") == len(named)
    assert seen == {"listed", "delisted"}


def test_exercise_and_marking_are_on_every_line():
    document = small(exercise=True)
    document["marking"] = {"tlp": "TLP:AMBER", "releasable_to": []}
    assert {(line["exercise"], line["tlp"]) for line in lines_of(document)} == {("true", "TLP:AMBER")}


def test_hostile_labels_stay_text():
    for line in lines_of(small(ends=60, hostile=True)):
        for name, cell in line.items():
            assert not cell.startswith(("=", "+", "-", "@")), (name, cell)
            assert "\n" not in cell


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r\n=1",
        " =1",
        "\u200b=1",
        "＝1",
        "|x",
        "'=1",
        '"=1',
        "\x00=1",
        "\u3000＋1",
    ],
)
def test_formula_gets_a_quote(text):
    assert guarded(text).startswith("'")


@pytest.mark.parametrize("text", ["", "0x12", "1.5", "Example Exchange", "한빛", "a=b", "2024-03-01"])
def test_other_text_stays_as_it_is(text):
    assert guarded(text) == text


@given(st.text(st.characters()))
def test_no_cell_starts_a_formula_or_breaks_a_line(text):
    cell = guarded(text)
    assert not cell.strip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    assert len(cell.splitlines()) <= 1
    cell.encode()


def test_file_opens_in_a_spreadsheet_and_bytes_are_the_same(tmp_path):
    one, other = tmp_path / "a.csv", tmp_path / "b.csv"
    write_csv(small(), one, recipient=None)
    write_csv(small(), other, recipient="anyone")
    assert one.read_bytes() == other.read_bytes()
    assert one.read_bytes().startswith(b"\xef\xbb\xbftlp,")


def test_marking_is_asked_before_anything_is_written(tmp_path):
    document = small()
    document["marking"]["tlp"] = "TLP:GREEN"
    path, stream = tmp_path / "a.csv", io.StringIO()
    for target in (path, stream):
        with pytest.raises(ReleaseError):
            write_csv(document, target, recipient="partner")
    assert not path.exists()
    assert stream.getvalue() == ""
