"""A private match with a partner's server in one go: ask, send, read."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bongsu.app.jobs.match import Exchange, Wanted, key_name, make_question, take_answer
from bongsu.errors import BongsuError, FormatError
from bongsu.model.text import _
from bongsu.share.match_client import Peer, post_question
from bongsu.share.private_match import Answer, read_answer
from bongsu.store.match_log import drop_key

Document = dict[str, Any]
Progress = Callable[[str], None]


def exchange_match(
    exchange: Exchange, path: Path, peer: Peer, wanted: Wanted, *, progress: Progress = lambda stage: None
) -> Document:
    """How many are shared, or which, and what was asked; the log has it, a failure too.

    Raises:
        InputError: When the file cannot be used, or the server cannot be reached, trusted or understood.
        ReleaseError: When the server may not answer.
    """
    question, said = make_question(exchange, path, wanted)
    progress(_("asking with {count} identifiers").format(count=said["values"]))
    try:
        body = json.dumps(question, sort_keys=True).encode()
        answer = _answer(post_question(peer, body, progress=progress), wanted)
        return said | take_answer(exchange, answer, path)
    except BongsuError as error:
        exchange.note("not_answered", wanted.round, reveal=wanted.reveal, why=str(error))
        raise
    finally:
        drop_key(exchange.folder, key_name(wanted.round, reveal=wanted.reveal))


def _answer(body: bytes, wanted: Wanted) -> Answer:
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        document = None
    found = read_answer(document if isinstance(document, dict) else {})
    if (found.round, found.reveal) != (wanted.round, wanted.reveal):
        raise FormatError(
            _("Cannot use this answer: it is to another question."),
            hint=_("Ask your contact there what answers at this address."),
        )
    return found
