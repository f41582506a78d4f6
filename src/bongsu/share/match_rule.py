"""Whether a question of a private match may be answered: the limits that keep it from being a look-up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bongsu.errors import ReleaseError
from bongsu.model.text import _
from bongsu.share.private_match import Question

MOST_VALUES = 10_000
"""Values in a question; more is not a comparison of employees but a search."""
MOST_A_DAY = 3
"""Questions of one partner that are answered on one day (UTC)."""
MATCH_KINDS = ("iban", "bank_account", "emoney", "wallet", "postal_address")
"""Kinds that are matched unless asked otherwise: where pay and equipment go, nothing about a person."""


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


def demand_allowed(asked: Asked, log: Iterable[Mapping[str, Any]]) -> None:
    """Nothing, where the question may be answered.

    A question that reveals needs a person who decided so, and a number of shared values that this side has
    counted itself, by a question of its own in the same round: so both know it before either learns more.

    Args:
        asked: The question.
        log: What was asked and answered before, entries of `bongsu.store.match_log`.

    Raises:
        ReleaseError: When it may not; the message says what would have to be so.
    """
    question, entries = asked.question, [one for one in log if one["partner"] == asked.partner]
    if question.count > MOST_VALUES:
        _refuse(_("it has {count} values, the most is {most}").format(count=question.count, most=MOST_VALUES))
    today = asked.moment.date().isoformat()
    answered = [one for one in entries if one["what"] == "answered"]
    if sum(one["at"].startswith(today) for one in answered) >= MOST_A_DAY:
        _refuse(_("{partner} had {most} answers today").format(partner=asked.partner, most=MOST_A_DAY))
    here = [one for one in answered if one["round"] == question.round]
    if any(one["reveal"] == question.reveal for one in here):
        _refuse(_("this question of round {round} was answered before").format(round=question.round))
    if question.reveal:
        _demand_counted(asked, entries)


def _demand_counted(asked: Asked, entries: list[Mapping[str, Any]]) -> None:
    counted = [
        one["shared"] for one in entries if one["what"] == "counted" and one["round"] == asked.question.round
    ]
    if not asked.approved_by.strip():
        _refuse(_("nobody has decided that shared values may be revealed; name who did"))
    if not counted:
        _refuse(_("this side has not counted yet what is shared; ask the same round yourself first"))
    if counted[-1] != asked.question.shared:
        _refuse(
            _("it says that {said} values are shared, this side counted {counted}").format(
                said=asked.question.shared, counted=counted[-1]
            )
        )
    if counted[-1] < asked.at_least:
        _refuse(_("{shared} are shared, fewer than {least}").format(shared=counted[-1], least=asked.at_least))


def _refuse(why: str) -> None:
    raise ReleaseError(
        _("Cannot answer this question: {why}.").format(why=why),
        hint=_("The refusal is in the log; the other side learns nothing from it."),
    )
