"""Whether a question of a private match may be answered: the limits that keep it from being a look-up."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NoReturn

from bongsu.errors import ReleaseError
from bongsu.model.text import _
from bongsu.share.private_match import Question

MOST_VALUES = 10_000
"""Values in a question; more is not a comparison of employees but a search."""
MOST_A_DAY = 3
"""Questions of one partner that are answered on one day (UTC)."""
MOST_REFUSED_A_DAY = 100
"""Refusals of one partner that a server logs on one day (UTC); after them it says no without a line."""
MOST_BYTES = 600_000
"""Bytes of a question that a server reads: one of `MOST_VALUES` has about 467,000."""
MATCH_KINDS = ("iban", "bank_account", "emoney", "wallet", "postal_address")
"""Kinds that are matched unless asked otherwise: where pay and equipment go, nothing about a person."""


class MatchRefusedError(ReleaseError):
    """A question that may not be answered; `rule` names the limit, `why` is the sentence's second half."""

    def __init__(self, rule: str, why: str) -> None:
        super().__init__(
            _("Cannot answer this question: {why}.").format(why=why),
            hint=_("The refusal is in the log; the other side learns nothing from it."),
        )
        self.rule, self.why = rule, why


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who asks what of whom, when."""

    partner: str
    moment: datetime
    question: Question
    approved_by: str = ""
    """Who decided that shared values may be revealed."""
    at_least: int = 1
    """Fewest shared values that are revealed."""
    kinds: Collection[str] | None = None
    """Kinds that are answered for; null: any, for a person has looked at the question."""


def demand_allowed(asked: Asked, log: Iterable[Mapping[str, Any]]) -> None:
    """Nothing, where the question may be answered.

    A question that reveals needs a person who decided so, and a number of shared values that this side has
    counted itself, by a question of its own in the same round: so both know it before either learns more.

    Args:
        asked: The question.
        log: What was asked and answered before, entries of `bongsu.store.match_log`.

    Raises:
        MatchRefusedError: When it may not; the message says what would have to be so.
    """
    question, entries = asked.question, [one for one in log if one["partner"] == asked.partner]
    if question.count > MOST_VALUES:
        why = _("it has {count} values, the most is {most}")
        _refuse("too_many_values", why.format(count=question.count, most=MOST_VALUES))
    if asked.kinds is not None and not set(question.kinds) <= set(asked.kinds):
        why = _("only these kinds are answered for: {kinds}")
        _refuse("other_kinds", why.format(kinds=", ".join(sorted(asked.kinds))))
    today = asked.moment.date().isoformat()
    answered = [one for one in entries if one["what"] == "answered"]
    if sum(one["at"].startswith(today) for one in answered) >= MOST_A_DAY:
        why = _("{partner} had {most} answers today")
        _refuse("too_many_today", why.format(partner=asked.partner, most=MOST_A_DAY))
    here = [one for one in answered if one["round"] == question.round]
    if any(one["reveal"] == question.reveal for one in here):
        why = _("this question of round {round} was answered before")
        _refuse("answered_before", why.format(round=question.round))
    if question.reveal:
        _demand_counted(asked, entries)


def _demand_counted(asked: Asked, entries: list[Mapping[str, Any]]) -> None:
    counted = [
        one["shared"] for one in entries if one["what"] == "counted" and one["round"] == asked.question.round
    ]
    if not asked.approved_by.strip():
        _refuse("no_consent", _("nobody has decided that shared values may be revealed; name who did"))
    if not counted:
        _refuse(
            "not_counted",
            _("this side has not counted yet what is shared; ask the same round yourself first"),
        )
    if counted[-1] != asked.question.shared:
        why = _("it says that {said} values are shared, this side counted {counted}")
        _refuse("other_count", why.format(said=asked.question.shared, counted=counted[-1]))
    if counted[-1] < asked.at_least:
        why = _("{shared} are shared, fewer than {least}")
        _refuse("too_few", why.format(shared=counted[-1], least=asked.at_least))


def _refuse(rule: str, why: str) -> NoReturn:
    raise MatchRefusedError(rule, why)
