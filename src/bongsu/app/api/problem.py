"""What a caller is told when it is refused, and the one table of HTTP statuses.

The texts are fixed, or speak of the caller's own question: nothing in them comes from this side's values,
and whatever stands in the way of revealing has one and the same text.
"""

from typing import NamedTuple

from starlette.responses import JSONResponse

from bongsu.model.text import _

STATUS = {
    "not_readable": 400,
    "unknown_partner": 401,
    "ask_a_person": 403,
    "other_kinds": 403,
    "too_many_values": 403,
    "no_such_place": 404,
    "no_such_method": 405,
    "too_slow": 408,
    "answered_before": 409,
    "too_large": 413,
    "too_many_refused": 429,
    "too_many_today": 429,
    "not_now": 500,
}
"""HTTP status of every rule."""
_CLOSING = frozenset({"unknown_partner", "too_slow", "too_large"})
"""Rules by which the caller's body is not read to its end."""


class Problem(NamedTuple):
    """Why a request is refused."""

    rule: str
    what: str
    why: str
    next: str


class ProblemError(Exception):
    """Carries a problem to where it is answered."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.rule)
        self.problem = problem


def problem_response(problem: Problem) -> JSONResponse:
    """The problem as RFC 9457 has it, with what, why and what to do next in place of title and detail."""
    headers = {"Cache-Control": "no-store"}
    if problem.rule in _CLOSING:
        headers["Connection"] = "close"
    if problem.rule == "unknown_partner":
        headers["WWW-Authenticate"] = "Bearer"
    status = STATUS[problem.rule]
    said = {"type": f"urn:bongsu:match:{problem.rule}", "status": status}
    return JSONResponse(
        said | {"what": problem.what, "why": problem.why, "next": problem.next},
        status,
        headers,
        "application/problem+json",
    )


def refused(rule: str, why: str) -> Problem:
    """A question that is not answered, for this reason."""
    return Problem(rule, _("Cannot answer this question"), why, _next(rule))


def ask_a_person() -> Problem:
    """The one answer to a question that reveals and may not, whatever the reason."""
    return refused("ask_a_person", _("that shared values are revealed is for a person to decide"))


def not_readable() -> Problem:
    """The answer to a body that is no question."""
    return refused("not_readable", _("it is not what `bongsu match ask` makes"))


def unknown_partner() -> Problem:
    """The answer to one that shows no token or certificate of a partner."""
    what, why = _("Cannot answer"), _("the caller is not known here")
    return Problem("unknown_partner", what, why, _next("unknown_partner"))


def not_now() -> Problem:
    """The answer when this side cannot, for a reason that is its own."""
    return refused("not_now", _("this side cannot answer now; its operator sees why"))


def _next(rule: str) -> str:
    return {
        "ask_a_person": _("Count on both sides first, then ask your contact there to look at it."),
        "unknown_partner": _("Ask your contact there; a token is sent as Authorization: Bearer TOKEN."),
        "too_many_today": _("Ask again after midnight, UTC."),
        "too_many_refused": _("Ask again after midnight, UTC, and ask your contact there before."),
        "answered_before": _("Take a new name for the round."),
        "not_now": _("Ask your contact there; the log there has the question."),
        "not_readable": _("Make it anew; both sides should have the same version of Bongsu."),
        "no_such_place": _("Post a question to /match/question."),
        "no_such_method": _("Post a question to /match/question."),
    }.get(rule, _("Compare employees of this company, not a list to search in; ask for fewer."))
