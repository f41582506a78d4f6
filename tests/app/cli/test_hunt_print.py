import json

from bongsu.app.cli.hunt_print import MOST_ROWS, file_progress, print_hunt

ALERT = {
    "alert": True, "level": "high", "title": "[bold]Made[/bold]", "first": None, "count": 1200,
    "hosts": [{"host": "h"}], "places": 3, "techniques": ["T1059"],
}  # fmt: skip


def document(count):
    return {
        "findings": [ALERT] * count,
        "summary": {"events": 1000, "files": 2},
        "coverage": {
            "rules": {"asked": 1, "loaded": 2, "not_loaded": ["x"]},
            "not_searched": [{"name": "a", "why": "b"}],
        },
    }


def printed(capsys, monkeypatch, count):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "120")
    print_hunt(document(count))
    return capsys.readouterr().out


def test_piped_it_is_one_line_of_json(capsys):
    print_hunt(document(1))
    assert json.loads(capsys.readouterr().out) == document(1)


def test_on_a_terminal_it_is_a_table_with_what_was_not_searched(capsys, monkeypatch):
    shown = printed(capsys, monkeypatch, 1)
    for text in ("[bold]Made[/bold]", "1,200", "T1059", "a: b", "1 of 2 rules", "Rules not loaded: 1"):
        assert text in shown


def test_many_findings_are_not_all_shown_and_that_is_said(capsys, monkeypatch):
    assert "3 more" in printed(capsys, monkeypatch, MOST_ROWS + 3)


def test_nothing_found_is_said(capsys, monkeypatch):
    assert "Nothing found in what was searched" in printed(capsys, monkeypatch, 0)


def test_progress_is_silent_where_nobody_watches(capsys):
    with file_progress() as show:
        show("a", 1)
    assert capsys.readouterr() == ("", "")
