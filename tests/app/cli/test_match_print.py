"""What a private match prints on a terminal."""

import sys

import pytest

from bongsu.app.cli import match_print


@pytest.mark.parametrize(
    ("document", "lines"),
    [
        (
            {"round": "r", "reveal": False, "values": 3, "left_out": {"weak": 1}},
            ["Round: r", "no", "3", "weak 1"],
        ),
        (
            {"round": "r", "shared": 1, "values": [{"kind": "iban", "namespace": "", "value": "DE1"}]},
            ["DE1", "1"],
        ),
        ({"round": "r", "left_out": {}}, ["none"]),
        (
            {"decision": "consented", "releasable_to": ["a", "b"], "shared": None},
            ["Decision: consented", "May go to: a, b", "Shared: not known"],
        ),
        ({"approved_by": "Kim", "releasable_to": []}, ["Decided by: Kim", "May go to: none"]),
    ],
)
def test_a_terminal_shows_lines_and_a_table(document, lines, monkeypatch, capsys):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    match_print.print_match(document)
    shown = capsys.readouterr().out
    assert all(line in shown for line in lines)


def test_piped_output_is_one_json_document(capsys):
    match_print.print_match({"round": "봉수", "shared": 2})
    assert capsys.readouterr().out == '{"round": "봉수", "shared": 2}\n'
