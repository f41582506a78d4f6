"""The answer of a partner's server to a question, over HTTPS.

The server must prove with a certificate that it is the one; nothing is sent before it has. No redirect is
followed, no proxy of the environment is used, and what it says is cleaned before a person reads it.
"""

import json
import ssl
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPResponse, HTTPSConnection
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import SplitResult, urlsplit

from bongsu.errors import BongsuError, InputError, ReleaseError
from bongsu.model.text import _

QUESTION_PATH = "/match/question"
MOST_ANSWER_BYTES = 64 * 1024 * 1024
"""Bytes of an answer that are read: one of 1.4 million values has about as many."""
_PIECE = 64 * 1024
_REFUSALS = frozenset({403, 409, 413, 429})
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """A partner's server, and what this side shows it."""

    url: str
    """`https://host:port`, perhaps with a path before that of the service."""
    token: str = field(default="", repr=False)
    ca: Path | None = None
    """Certificates that its certificate must go back to; null: those of this machine."""
    certificate: Path | None = None
    """Certificate of this side, with its key in the same file or in `key`."""
    key: Path | None = None
    seconds: float = 300.0
    """For the whole of it."""


def post_question(peer: Peer, body: bytes, *, progress: Progress = lambda stage: None) -> bytes:
    """Body of the answer.

    Raises:
        InputError: When the server cannot be reached, trusted or understood, or does not know this side.
        ReleaseError: When it may not answer this question.
    """
    where, end = _where(peer), time.monotonic() + peer.seconds
    connection = HTTPSConnection(
        str(where.hostname), where.port or 443, timeout=peer.seconds, context=_context(peer)
    )
    with closing(connection):
        try:
            progress(_("connecting to {url}").format(url=peer.url))
            connection.connect()
            progress(_("sending {size} bytes").format(size=len(body)))
            response = _sent(connection, peer, where, body)
            progress(_("reading the answer"))
            said = _whole(response, end)
        except (OSError, HTTPException) as error:
            raise _unreachable(peer, error) from error
    if response.status != 200:
        _refused(peer, response.status, said)
    return said


def _where(peer: Peer) -> SplitResult:
    try:
        where = urlsplit(peer.url)
        good = where.scheme == "https" and where.hostname and where.port != 0
        plain = not (where.username or where.password or where.query or where.fragment)
    except ValueError:
        good = plain = False
    if not (good and plain):
        raise InputError(
            _("Cannot ask {url}: it is no https:// address.").format(url=repr(peer.url)),
            hint=_("Name the partner's server as https://HOST:PORT; nothing is sent without TLS."),
        )
    return where


def _context(peer: Peer) -> ssl.SSLContext:
    try:
        context = ssl.create_default_context(cafile=peer.ca)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        if peer.certificate:
            context.load_cert_chain(peer.certificate, peer.key)
    except (OSError, ValueError) as error:
        names = ", ".join(str(one) for one in (peer.ca, peer.certificate, peer.key) if one)
        raise InputError(
            _("Cannot use {path}: {why}.").format(path=names, why=error),
            hint=_("Certificates and keys are files in PEM; the key must be that of the certificate."),
        ) from error
    return context


def _sent(connection: HTTPSConnection, peer: Peer, where: SplitResult, body: bytes) -> HTTPResponse:
    headers = {"Content-Type": "application/json", "Accept": "application/json", "Connection": "close"}
    if peer.token:
        headers["Authorization"] = f"Bearer {peer.token}"
    with suppress(BrokenPipeError, ConnectionResetError):  # it may answer before it has read all
        connection.request("POST", where.path.rstrip("/") + QUESTION_PATH, body, headers)
    return connection.getresponse()


def _whole(response: HTTPResponse, end: float) -> bytes:
    pieces, size = [], 0
    while piece := response.read(_PIECE):
        pieces.append(piece)
        size += len(piece)
        if size > MOST_ANSWER_BYTES:
            raise HTTPException(_("its answer is larger than {most} bytes").format(most=MOST_ANSWER_BYTES))
        if time.monotonic() > end:
            raise TimeoutError
    if response.length:  # http.client is silent about it when it reads in pieces
        raise HTTPException(_("its answer ends too early"))
    return b"".join(pieces)


def _unreachable(peer: Peer, error: OSError | HTTPException) -> BongsuError:
    hint = _("Ask your contact there whether the service runs, and look at the address.")
    if isinstance(error, ssl.SSLCertVerificationError):
        why = _("its certificate is not trusted: {why}").format(why=error.verify_message)
        hint = _("Get the certificate of their CA by a channel that you trust, and name it with --ca.")
    elif isinstance(error, ssl.SSLError):
        why = _("TLS was refused: {why}").format(why=error.reason or error)
        hint = _("Does the service speak TLS, and does it want a certificate of yours (--cert, --key)?")
    elif isinstance(error, TimeoutError):
        why = _("no answer within {seconds:g} seconds").format(seconds=peer.seconds)
        hint = _("Try a longer --timeout. If it was answered meanwhile, take a new round.")
    elif isinstance(error, ConnectionRefusedError):
        why = _("nothing listens there")
    else:
        why = (getattr(error, "strerror", None) or str(error) or type(error).__name__).rstrip(".")
    return InputError(_("Cannot reach {url}: {why}.").format(url=peer.url, why=why), hint=hint)


def _refused(peer: Peer, status: int, said: bytes) -> NoReturn:
    problem = _problem(said)
    what, why = problem.get("what", ""), problem.get("why", "")
    message = _("Cannot match with {url}: it answered {status}: {what}: {why}.").format(
        url=peer.url, status=status, what=what or _("nothing more"), why=why or _("no reason given")
    )
    kind = ReleaseError if status in _REFUSALS else InputError
    raise kind(message, hint=problem.get("next", ""))


def _problem(said: bytes) -> dict[str, str]:
    """Texts of a problem, without anything that a terminal would act on."""
    try:
        document: Any = json.loads(said)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(document, dict):
        return {}
    return {
        name: _clean(document[name])
        for name in ("what", "why", "next")
        if isinstance(document.get(name), str)
    }


def _clean(text: str) -> str:
    return "".join(one if one.isprintable() else "?" for one in text[:300])
