"""Facts as tables."""

from rich.console import Console

from bongsu.app.cli.fact_table import SHOWN_ROWS, cell, column, count_table, fact_table, found_table


def text(table):
    console = Console(width=120, record=True, file=open("/dev/null", "w"))  # noqa: SIM115, PTH123
    console.print(table)
    console.file.close()
    return console.export_text()


def test_fact_has_a_row_a_field_and_no_empty_ones():
    shown = text(fact_table({"kind": "incident", "id": "x-1", "title": "T", "notes": "", "dprk": False}))
    assert "incident x-1" in shown
    assert "notes" not in shown
    assert "dprk" in shown
    assert "no" in shown


def test_long_list_is_cut_and_counted():
    shown = cell([{"address": str(number), "note": ""} for number in range(SHOWN_ROWS + 3)])
    assert shown.splitlines()[0] == "0"
    assert "3 more" in shown.splitlines()[-1]
    assert len(shown.splitlines()) == SHOWN_ROWS + 1
    assert cell(7) == "7"


def test_source_of_rows_is_shown_once_below_them():
    rows = [{"address": "a", "source": "s"}, {"address": "b", "source": "s"}, {"address": "c", "source": "t"}]
    assert cell(rows).splitlines() == ["a", "b", "c", "source: s", "source: t"]


def test_found_facts_have_a_line_each():
    facts = [
        {"kind": "incident", "id": "x-1", "title": "T"},
        {"kind": "label", "address": "0x1", "name": "N"},
        {"kind": "sanction", "address": "0x2", "subject": "S"},
        {"kind": "asset", "id": "a", "symbol": "A"},
    ]
    assert [column(fact) for fact in facts] == [
        ("incident", "x-1", "T"),
        ("label", "0x1", "N"),
        ("sanction", "0x2", "S"),
        ("asset", "a", "A"),
    ]
    shown = text(found_table(facts))
    assert all(name in shown for name in ("x-1", "0x1", "0x2"))


def test_counts_share_their_columns():
    shown = text(count_table([{"path": "p", "labels": 1}, {"path": "q", "labels": 2}]))
    assert "labels" in shown
    assert "q" in shown
    assert count_table([]).row_count == 0
