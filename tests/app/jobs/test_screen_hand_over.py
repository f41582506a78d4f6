"""Hand-over from a document and from dossiers: nothing of people who are not referred leaves."""

import json
from datetime import UTC, datetime

import pytest
from tests.data.hand_case import INNOCENT, OWN, PAYER, SHARED, WALLET, write_hand_case

from bongsu.app.jobs.screen import run_screen
from bongsu.app.jobs.screen_decision import Decided, decide
from bongsu.app.jobs.screen_dossier import write_screening
from bongsu.app.jobs.screen_hand_over import hand_over
from bongsu.app.jobs.screen_intake import ScreenRequest
from bongsu.errors import FormatError, InputError, ReleaseError

NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def document(tmp_path):
    files, labels = write_hand_case(tmp_path)
    return run_screen(ScreenRequest(files=files, labels=(labels,)), clock=lambda: NOW)


@pytest.fixture
def saved(tmp_path, document):
    path = tmp_path / "screening.json"
    path.write_text(json.dumps(document))
    return path


def texts(folder):
    return {path.name: path.read_text() for path in folder.iterdir()}


def test_a_document_and_its_dossiers_give_the_same_files(tmp_path, document, saved):
    done = hand_over(saved, tmp_path / "one")
    assert done == {"written": ["wallets.json", "indicators.csv"], "identifiers": {"email": 1, "wallet": 2}}
    write_screening(document, tmp_path / "cases")
    hand_over(tmp_path / "cases", tmp_path / "two")
    assert texts(tmp_path / "one") == texts(tmp_path / "two")


def test_nothing_of_people_who_are_not_referred_leaves(tmp_path, saved):
    hand_over(saved, tmp_path / "out")
    text = "".join(texts(tmp_path / "out").values())
    for value in (WALLET, OWN, "one@mail.example"):
        assert value in text
    for value in (INNOCENT, SHARED, PAYER, "e1", "e5", "hris.csv", "Oak Street", "Basement"):
        assert value not in text


def test_release_is_asked_and_what_cannot_be_used_is_said(tmp_path, saved, document):
    with pytest.raises(ReleaseError):
        hand_over(saved, tmp_path / "out", recipient="partner")
    assert list((tmp_path / "out").iterdir()) == []
    with pytest.raises(InputError, match="No such file"):
        hand_over(tmp_path / "nothing.json", tmp_path / "out")
    (tmp_path / "x.json").write_text("[]")
    with pytest.raises(FormatError, match="no document of a screening"):
        hand_over(tmp_path / "x.json", tmp_path / "out")
    with pytest.raises(FormatError, match="has no dossier"):
        hand_over(tmp_path / "out", tmp_path / "out")
    saved.write_text(json.dumps(document | {"referrals": []}))
    with pytest.raises(InputError, match="no case has an identifier"):
        hand_over(saved, tmp_path / "out")


def test_nothing_of_who_was_cleared_is_handed_over(tmp_path, document):
    write_screening(document, tmp_path / "cases")
    cleared = Decided(by="K. Lee", outcome="cleared", why="A relative's laptop.")
    decide(tmp_path / "cases", "e1", cleared)
    assert hand_over(tmp_path / "cases", tmp_path / "out")["identifiers"] == {"wallet": 1}
    text = "".join(texts(tmp_path / "out").values())
    assert OWN not in text
    assert "one@mail.example" not in text
