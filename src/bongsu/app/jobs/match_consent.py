"""Consent to reveal: what a person decided, recorded in the log before a server may act on it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bongsu.app.jobs.match import NO_CONSENT, Consent, Exchange
from bongsu.errors import InputError
from bongsu.model.marking import Marking, Tlp
from bongsu.model.text import _
from bongsu.share.private_match import is_round
from bongsu.share.release import require_release
from bongsu.store.match_log import hold_log, read_entries

Document = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a person decided about one partner and one round."""

    consent: Consent
    until: datetime


def record_consent(exchange: Exchange, round_id: str, decision: Decision) -> Document:
    """What was recorded, with how many are shared as far as this side has counted.

    Raises:
        InputError: When nobody is named, the round has no such name, or the time is over.
        ReleaseError: When the marking does not let the partner have the values anyway.
    """
    consent = decision.consent
    _demand_named(consent.approved_by, round_id)
    if decision.until <= exchange.clock():
        raise InputError(
            _("Cannot consent until {until}: that is over.").format(until=decision.until.isoformat()),
            hint=_("Give a day to come, for example --until 2026-12-01."),
        )
    require_release(consent.marking, exchange.partner)
    parties = consent.marking.releasable_to
    said = {
        "approved_by": consent.approved_by,
        "until": decision.until.isoformat(),
        "at_least": consent.at_least,
        "tlp": consent.marking.tlp.label,
        "releasable_to": None if parties is None else sorted(parties),
    }
    return _recorded(exchange, "consented", round_id, said)


def withdraw_consent(exchange: Exchange, round_id: str, by: str) -> Document:
    """What was recorded: from now on nothing of this round is revealed.

    Raises:
        InputError: When nobody is named, or the round has no such name.
    """
    _demand_named(by, round_id)
    return _recorded(exchange, "withdrawn", round_id, {"approved_by": by})


def find_consent(exchange: Exchange, round_id: str) -> Consent:
    """The last decision on this partner and round; none where it was withdrawn or its time is over."""
    found = [
        one
        for one in read_entries(exchange.folder)
        if one["what"] in {"consented", "withdrawn"}
        and (one["partner"], one["round"]) == (exchange.partner, round_id)
    ]
    if not found or found[-1]["what"] == "withdrawn":
        return NO_CONSENT
    last = found[-1]
    if datetime.fromisoformat(last["until"]) < exchange.clock():
        return NO_CONSENT
    tlp = next(one for one in Tlp if one.label == last["tlp"])
    parties = last["releasable_to"]
    marking = Marking(tlp=tlp, releasable_to=None if parties is None else frozenset(parties))
    return Consent(approved_by=last["approved_by"], at_least=last["at_least"], marking=marking)


def _demand_named(person: str, round_id: str) -> None:
    if not person.strip():
        raise InputError(
            _("Cannot record a decision: nobody is named."),
            hint=_("Name who decided with --approved-by."),
        )
    if not is_round(round_id):
        raise InputError(
            _("Cannot name a round {round}.").format(round=repr(round_id)),
            hint=_("Use up to 64 letters, digits, dots and dashes, the same on both sides."),
        )


def _recorded(exchange: Exchange, what: str, round_id: str, said: Document) -> Document:
    with hold_log(exchange.folder):
        exchange.note(what, round_id, **said)
        counted = [
            one["shared"]
            for one in read_entries(exchange.folder)
            if (one["what"], one["partner"], one["round"]) == ("counted", exchange.partner, round_id)
        ]
    shared = counted[-1] if counted else None
    return {"round": round_id, "partner": exchange.partner, "decision": what} | said | {"shared": shared}
