"""One command asks and reads; what goes wrong leaves no key behind and is in the log."""

import json

import pytest
from tests.data.match_case import OURS, SHARED, THEIRS
from tests.data.match_net import Employer

from bongsu.app.jobs import match_exchange
from bongsu.app.jobs.match import Wanted, make_answer
from bongsu.app.jobs.match_exchange import exchange_match
from bongsu.errors import BongsuError, FormatError, InputError
from bongsu.share.match_client import Peer
from bongsu.share.private_match import read_question

PEER = Peer(url="https://acme.example")


@pytest.fixture
def zeta(tmp_path):
    return Employer(tmp_path / "zeta", "zeta", [*SHARED, *OURS])


@pytest.fixture
def answers(tmp_path, monkeypatch):
    """Function that makes the other side answer, with a change."""
    acme = Employer(tmp_path / "acme", "acme", [*SHARED, *THEIRS])

    def set_answers(change=lambda document: document):
        def post(peer, body, *, progress):
            document, _said = make_answer(acme.exchange("zeta"), read_question(json.loads(body)), acme.values)
            changed = change(document)
            return changed if isinstance(changed, bytes) else json.dumps(changed).encode()

        monkeypatch.setattr(match_exchange, "post_question", post)

    return set_answers


def keys(side):
    folder = side.folder / "keys"
    return list(folder.iterdir()) if folder.exists() else []


def test_it_counts_and_says_what_it_does(zeta, answers):
    answers()
    told = []
    wanted = Wanted(round="r")
    found = exchange_match(zeta.exchange("acme"), zeta.values, PEER, wanted, progress=told.append)
    assert found["shared"] == 2
    assert told == ["asking with 3 identifiers"]
    assert [one["shared"] for one in zeta.log("counted")] == [2]
    assert keys(zeta) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda document: document | {"round": "other"},
        lambda document: document | {"reveal": True},
        lambda document: document | {"setup": "AAAA"},
        lambda document: document | {"round": "../../values"},
        lambda document: b"[]",
        lambda document: b"[" * 100_000,
        lambda document: b"\xff",
    ],
    ids=range(7),
)
def test_an_answer_that_is_none_is_refused_and_logged(zeta, answers, change):
    answers(change)
    with pytest.raises(FormatError):
        zeta.ask("acme", PEER)
    assert len(zeta.log("not_answered")) == 1
    assert zeta.log("counted") == keys(zeta) == []
    assert zeta.values.exists()


def test_a_server_out_of_reach_is_logged_and_the_round_can_be_asked_again(zeta, answers, monkeypatch):
    def lost(peer, body, *, progress):
        raise InputError("Cannot reach it.")

    monkeypatch.setattr(match_exchange, "post_question", lost)
    with pytest.raises(BongsuError, match="Cannot reach"):
        zeta.ask("acme", PEER)
    assert zeta.log("not_answered")[0]["why"] == "Cannot reach it."
    assert keys(zeta) == []
    answers()
    assert zeta.ask("acme", PEER)["shared"] == 2
