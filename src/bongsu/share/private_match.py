"""Which identifiers two organizations share, while neither shows its set to the other.

Elliptic-curve Diffie-Hellman set intersection, of the package openmined-psi: the asker sends its values
blinded with its key; the holder blinds them once more and sends its own values blinded; what is equal under
both keys is shared. Both sides are taken to follow the protocol (semi-honest). What each learns:

| side   | of a question that counts                    | of a question that reveals, beside that |
|--------|----------------------------------------------|------------------------------------------|
| asker  | size of the holder's set; how many are shared | which of its own values are shared       |
| holder | size of the asker's set                      | nothing                                  |

Values are hashed to the curve whole; no value, and no hash that could be guessed at, is in a message.
"""

import hashlib
import hmac
import re
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bongsu.errors import FormatError
from bongsu.model.extra import load_extra
from bongsu.model.text import _

QUESTION, ANSWER = "bongsu.match-question/1", "bongsu.match-answer/1"
_EXACT = 1e-12
"""Rate of false matches; the holder's set is sent as a list of points, which has none."""
_ROUND = re.compile(r"[A-Za-z0-9._-]{1,64}")
Document = dict[str, Any]


def is_round(name: str) -> bool:
    """Whether a round may have this name; it becomes part of a file's name on both sides."""
    return _ROUND.fullmatch(name) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Blinded values of one that asks."""

    round: str
    """Names the exchange; both sides use the same in all its questions."""
    reveal: bool
    """Whether the asker would learn which of its values are shared, not only how many."""
    kinds: tuple[str, ...]
    """Kinds of identifiers that the values are of."""
    count: int
    shared: int | None
    """For a question that reveals: how many are shared, as counted before."""
    elements: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a holder makes of a question."""

    round: str
    reveal: bool
    setup: bytes
    elements: bytes


def ask(
    values: Sequence[str], *, round_id: str, kinds: Sequence[str], shared: int | None = None
) -> tuple[Question, bytes]:
    """A question and the key that reads its answer; the key must not leave.

    Args:
        values: Normalized identifiers, each once.
        round_id: Name of the exchange.
        kinds: Kinds that the values are of.
        shared: How many are shared, counted before; given, the question reveals which.

    Raises:
        MissingExtraError: When the extra `match` is not installed.
    """
    reveal = shared is not None
    client = _library().client.CreateWithNewKey(reveal)
    key: bytes = client.GetPrivateKeyBytes()
    request = client.CreateRequest(in_order(values, key))
    elements = request.SerializeToString()
    question = Question(
        round=round_id,
        reveal=reveal,
        kinds=tuple(sorted(kinds)),
        count=len(values),
        shared=shared,
        elements=elements,
    )
    return question, key


def answer(question: Question, values: Sequence[str]) -> Answer:
    """The holder's part; whether it may be given at all is for `bongsu.share.match_rule`.

    Raises:
        FormatError: When the question is not one that the protocol can answer.
        MissingExtraError: When the extra `match` is not installed.
    """
    library = _library()
    request = _parsed(library.Request, question.elements)
    if request.reveal_intersection != question.reveal or len(request.encrypted_elements) != question.count:
        raise _not_readable(_("it says one thing and asks another"))
    if len(set(request.encrypted_elements)) != question.count:
        # a count that weighs one value 1, the next 2, then 4 would say which of them are shared
        raise _not_readable(_("it asks for one value more than once"))
    server = library.server.CreateWithNewKey(question.reveal)
    count = max(question.count, 1)
    setup = server.CreateSetupMessage(_EXACT, count, sorted(values), library.DataStructure.RAW)
    try:
        response = server.ProcessRequest(request)
    except RuntimeError as error:
        raise _not_readable(str(error)) from error
    return Answer(
        round=question.round,
        reveal=question.reveal,
        setup=setup.SerializeToString(),
        elements=response.SerializeToString(),
    )


def shared_count(found: Answer, key: bytes) -> int:
    """How many values are shared.

    Raises:
        FormatError: When the answer is not to a question of this key.
    """
    client, setup, response = _opened(found, key)
    try:
        return int(client.GetIntersectionSize(setup, response))
    except RuntimeError as error:
        raise _not_readable(str(error)) from error


def shared_values(found: Answer, key: bytes, values: Sequence[str]) -> list[str]:
    """Which of the asker's values are shared, sorted.

    Raises:
        FormatError: When the answer is none that reveals, or is not to a question of this key.
    """
    if not found.reveal:
        raise _not_readable(_("it counts what is shared and does not reveal it"))
    client, setup, response = _opened(found, key)
    ordered = in_order(values, key)
    try:
        places = client.GetIntersection(setup, response)
    except RuntimeError as error:
        raise _not_readable(str(error)) from error
    if places and max(places) >= len(ordered):
        raise _not_readable(_("it is to other values"))
    return sorted(ordered[place] for place in places)


def in_order(values: Sequence[str], key: bytes) -> list[str]:
    """The values in an order that only the key knows: places in a question say nothing of values."""
    return sorted(values, key=lambda one: hmac.new(key, one.encode(), hashlib.sha256).digest())


def question_document(question: Question) -> Document:
    """The question as JSON writes it."""
    return {
        "schema": QUESTION,
        "round": question.round,
        "reveal": question.reveal,
        "kinds": list(question.kinds),
        "count": question.count,
        "shared": question.shared,
        "elements": b64encode(question.elements).decode(),
    }


def answer_document(found: Answer) -> Document:
    """The answer as JSON writes it."""
    return {
        "schema": ANSWER,
        "round": found.round,
        "reveal": found.reveal,
        "setup": b64encode(found.setup).decode(),
        "elements": b64encode(found.elements).decode(),
    }


def read_question(document: Mapping[str, Any]) -> Question:
    """Question of a document.

    Raises:
        FormatError: When it is none.
    """
    _demand(document, QUESTION, {"round": str, "reveal": bool, "kinds": list, "count": int, "elements": str})
    _demand_round(document)
    shared = document.get("shared")
    if not (shared is None or type(shared) is int) or document["reveal"] != (shared is not None):
        raise _not_readable("shared")
    return Question(
        round=document["round"],
        reveal=document["reveal"],
        kinds=tuple(map(str, document["kinds"])),
        count=document["count"],
        shared=shared,
        elements=_bytes(document["elements"]),
    )


def read_answer(document: Mapping[str, Any]) -> Answer:
    """Answer of a document.

    Raises:
        FormatError: When it is none.
    """
    _demand(document, ANSWER, {"round": str, "reveal": bool, "setup": str, "elements": str})
    _demand_round(document)
    return Answer(
        round=document["round"],
        reveal=document["reveal"],
        setup=_bytes(document["setup"]),
        elements=_bytes(document["elements"]),
    )


def _opened(found: Answer, key: bytes) -> tuple[Any, Any, Any]:
    library = _library()
    client = library.client.CreateFromKey(key, found.reveal)
    return client, _parsed(library.ServerSetup, found.setup), _parsed(library.Response, found.elements)


def _parsed(kind: Any, data: bytes) -> Any:  # noqa: ANN401
    message = kind()
    try:
        message.ParseFromString(data)
    except load_extra("google.protobuf.message", "match").DecodeError as error:
        raise _not_readable(str(error)) from error
    return message


def _demand(document: Mapping[str, Any], schema: str, fields: Mapping[str, type]) -> None:
    if document.get("schema") != schema:
        raise _not_readable(_("it is no {schema}").format(schema=schema))
    for name, kind in fields.items():
        if type(document.get(name)) is not kind:
            raise _not_readable(name)


def _demand_round(document: Mapping[str, Any]) -> None:
    if not is_round(document["round"]):
        raise _not_readable("round")


def _bytes(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except ValueError as error:
        raise _not_readable("base64") from error


def _not_readable(why: str) -> FormatError:
    return FormatError(
        _("Cannot use this message of a private match: {why}.").format(why=why),
        hint=_("Ask the other side to make it again, and use each file with the folder it was made for."),
    )


def _library() -> Any:  # noqa: ANN401
    return load_extra("private_set_intersection.python", "match")
