import io
import json
import sys

import pytest
from rich.console import Console
from tests.data.check_case import FIRST, HASHES, SECOND, STRANGER, THIEF, small_ledger

from bongsu.app.cli.check_print import SHOWN, print_check, printable, show_check, stage_progress
from bongsu.app.jobs.check import CheckOptions, run_check


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    return small_ledger(tmp_path_factory.mktemp("print"))


def asked(ledger, text):
    return run_check(text, CheckOptions(ledger=ledger))


def shown(document):
    console = Console(file=io.StringIO(), width=240)
    show_check(document, console)
    return console.file.getvalue()


def test_an_exposed_address_is_told_with_least_and_most(ledger):
    text = shown(asked(ledger, SECOND))
    assert "Exposed to atomic-wallet-2023, under poison, haircut" in text
    assert all(part in text for part in ("0.10 USD", "0.60 USD", "indirect, 2 payments", "2023-06-03"))
    assert "exposure, not a verdict; a person decides" in text
    assert "as of block 17395815" in text
    assert "Sanctions listings" not in text


def test_how_near_it_is(ledger):
    assert "listed address itself" in shown(asked(ledger, THIEF))
    assert "Named in: atomic-wallet-2023." in shown(asked(ledger, THIEF))
    assert "direct" in shown(asked(ledger, FIRST))


def test_an_unknown_address_is_not_called_clean(ledger):
    text = shown(asked(ledger, STRANGER))
    assert "which does not mean clean" in text
    assert "No exposure" not in text


def test_listings_show_both_dates(ledger):
    text = shown(asked(ledger, "0xd90e2f925da726b50c4ed8d0fb90ad053324f31b"))
    assert all(part in text for part in ("it is no hit", "2022-08-08", "2025-03-21", "Tornado Cash"))
    assert "in force" not in text
    listed = shown(asked(ledger, "0x098b716b8aaf21512996dc57eb0615e2383e2f96"))
    assert "SANCTIONS LISTING in force" in listed


def test_a_transaction_is_told_by_policy_with_its_parties(ledger):
    text = shown(asked(ledger, HASHES[3]))
    assert "What the transaction moved" in text
    assert all(part in text for part in ("sender", "receiver", "0.40 USD"))
    clean = shown(asked(ledger, HASHES[1]))
    assert "It moved nothing of the traced incidents; a sender or receiver is exposed" in clean


def test_long_lists_say_that_there_is_more(ledger):
    document = asked(ledger, SECOND)
    label = {"name": "n", "category": "other", "confidence": 1, "source": "s"}
    document["parties"][0]["labels"] = [label] * (SHOWN + 3)
    assert "3 more are in --json." in shown(document)


def test_text_of_strangers_does_nothing_to_the_terminal(ledger):
    document = asked(ledger, SECOND)
    name = "[bold]x[/]\x1b[2J\u202e"
    document["parties"][0]["labels"] = [{"name": name, "category": "c", "confidence": 1, "source": "s"}]
    text = shown(document)
    assert "[bold]x[/]" in text
    assert "\x1b[2J" not in text
    assert "\u202e" not in text
    assert printable("a\nb") == "a?b"


def test_elsewhere_than_on_a_terminal_it_is_json(ledger, capsys, monkeypatch):
    document = asked(ledger, SECOND)
    print_check(document, plain=False)
    assert json.loads(capsys.readouterr().out) == document
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    print_check(document, plain=True)
    assert json.loads(capsys.readouterr().out) == document
    print_check(document, plain=False)
    assert "Exposed to" in capsys.readouterr().out


def test_progress_is_shown_on_a_terminal_only(monkeypatch, capsys):
    with stage_progress() as silent:
        silent("stage one")
    assert "stage one" not in capsys.readouterr().err
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("FORCE_COLOR", "1")
    with stage_progress() as told:
        told("stage two")
        told("stage three")
    assert "stage" in capsys.readouterr().err
