"""Private matches over HTTPS: questions are answered by the rules, and with the log, of the file way.

Who asks is settled before a byte of the question is read, and no more of it is read than a question has.
"""

import asyncio
import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bongsu.app.api import problem
from bongsu.app.api.problem import ProblemError, problem_response
from bongsu.app.jobs.match import NO_CONSENT, Exchange, make_answer, now
from bongsu.app.jobs.match_consent import find_consent
from bongsu.errors import BongsuError, FormatError, ReleaseError
from bongsu.model.text import _
from bongsu.share.match_client import QUESTION_PATH
from bongsu.share.match_partner import find_partner, read_partners
from bongsu.share.match_rule import (
    MATCH_KINDS,
    MOST_BYTES,
    MOST_REFUSED_A_DAY,
    MOST_VALUES,
    MatchRefusedError,
)
from bongsu.share.private_match import Question, read_question
from bongsu.store.match_log import read_entries

CERTIFICATE = "bongsu.certificate"
"""Key of the scope: SHA-256 of the certificate that TLS has proven, empty for none."""
BODY_SECONDS = 60.0
_PUBLIC = frozenset({"too_many_values", "other_kinds", "too_many_today", "answered_before"})
"""Rules that speak of the caller's own question; any other would say what this side has counted."""
_log = logging.getLogger("bongsu.match")


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """What answers."""

    values: Path
    """CSV file of this side's identifiers; read for each question."""
    folder: Path
    """Keeps the log."""
    partners: Path
    """YAML file of who may ask; read for each question, so that one taken out is out."""
    kinds: Sequence[str] = MATCH_KINDS
    """Kinds that are answered for."""
    clock: Callable[[], datetime] = now
    strangers: list[str] = field(default_factory=list)
    """Days of the callers that were turned away, for the log has only the first of a day."""


def match_app(service: Service) -> Starlette:
    """The service as an ASGI application."""

    async def question(request: Request) -> Response:
        try:
            return JSONResponse(await _answered(service, request), headers={"Cache-Control": "no-store"})
        except ProblemError as error:
            return problem_response(error.problem)
        except ClientDisconnect:
            return Response(status_code=400)
        except Exception:  # noqa: BLE001 (whatever it is, the caller learns nothing of it)
            _log.exception("no answer")
            return problem_response(problem.not_now())

    return Starlette(
        routes=[Route(QUESTION_PATH, question, methods=["POST"])],
        exception_handlers={HTTPException: _elsewhere},
    )


async def _elsewhere(request: Request, error: Exception) -> Response:
    is_method = isinstance(error, HTTPException) and error.status_code == 405
    rule = "no_such_method" if is_method else "no_such_place"
    return problem_response(problem.refused(rule, _("nothing is asked for in this way here")))


async def _answered(service: Service, request: Request) -> dict[str, Any]:
    seen: dict[str, Any] = {"address": request.client.host if request.client else ""}
    partner = await run_in_threadpool(_partner, service, request, seen)
    exchange = Exchange(folder=service.folder, partner=partner, clock=service.clock, seen=seen)
    await run_in_threadpool(_demand_patience, exchange)
    try:
        body = await _body(request)
        seen["bytes"] = len(body)
        question = _read(body)
    except ProblemError as error:
        exchange.note("refused", "", why=f"{error.problem.what}: {error.problem.why}.")
        raise
    return await run_in_threadpool(_answer, service, exchange, question)


def _partner(service: Service, request: Request, seen: dict[str, Any]) -> str:
    kind, _space, token = request.headers.get("authorization", "").partition(" ")
    shown = token.strip() if kind.lower() == "bearer" else ""
    found = find_partner(read_partners(service.partners), shown, request.scope.get(CERTIFICATE, ""))
    if found is not None:
        return found
    today = service.clock().date().isoformat()
    if service.strangers.count(today) < MOST_REFUSED_A_DAY:
        service.strangers[:] = [day for day in service.strangers if day == today] + [today]
        stranger = Exchange(folder=service.folder, partner="", clock=service.clock, seen=seen)
        stranger.note("turned_away", "")
    raise ProblemError(problem.unknown_partner())


def _demand_patience(exchange: Exchange) -> None:
    """Nothing, unless the partner was refused so often today that more lines would only fill the disk."""
    today = exchange.clock().date().isoformat()
    refusals = [
        one
        for one in read_entries(exchange.folder)
        if (one["what"], one["partner"]) == ("refused", exchange.partner) and one["at"].startswith(today)
    ]
    if len(refusals) >= MOST_REFUSED_A_DAY:
        why = _("{count} questions were refused today").format(count=len(refusals))
        raise ProblemError(problem.refused("too_many_refused", why))


async def _body(request: Request) -> bytes:
    stated = request.headers.get("content-length", "0")
    if not stated.isdecimal() or int(stated[:20]) > MOST_BYTES:
        raise ProblemError(_too_large())
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for piece in request.stream():
                body += piece
                if len(body) > MOST_BYTES:
                    raise ProblemError(_too_large())
    except TimeoutError:
        why = _("it had not come whole after {seconds:g} seconds").format(seconds=BODY_SECONDS)
        raise ProblemError(problem.refused("too_slow", why)) from None
    return bytes(body)


def _too_large() -> problem.Problem:
    why = _("it is larger than {bytes} bytes, and one of {most} values, the most, is not")
    return problem.refused("too_large", why.format(bytes=MOST_BYTES, most=MOST_VALUES))


def _read(body: bytes) -> Question:
    try:
        document = json.loads(body)
        return read_question(document if isinstance(document, dict) else {})
    except (ValueError, RecursionError, FormatError):
        raise ProblemError(problem.not_readable()) from None


def _answer(service: Service, exchange: Exchange, question: Question) -> dict[str, Any]:
    try:
        consent = find_consent(exchange, question.round) if question.reveal else NO_CONSENT
        answer, _said = make_answer(exchange, question, service.values, consent=consent, kinds=service.kinds)
    except FormatError as error:
        exchange.note("refused", question.round, reveal=question.reveal, why=str(error))
        raise ProblemError(problem.not_readable()) from None
    except MatchRefusedError as error:
        is_public = error.rule in _PUBLIC
        found = problem.refused(error.rule, error.why) if is_public else problem.ask_a_person()
        raise ProblemError(found) from None
    except ReleaseError:
        raise ProblemError(problem.ask_a_person()) from None
    except BongsuError as error:
        exchange.note("failed", question.round, reveal=question.reveal, why=str(error))
        raise
    return answer
