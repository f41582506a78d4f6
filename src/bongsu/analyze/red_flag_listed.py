"""Red flags of what a court, an authority or a researcher listed: exact matches, each with its source."""

from collections.abc import Iterator
from datetime import date

from bongsu.analyze.event_index import DAY, UNTOLD
from bongsu.analyze.red_flag import Met, Scope
from bongsu.model.label import Label
from bongsu.model.text import _

SANCTIONED = "sanctioned"
LISTED = frozenset({SANCTIONED, "theft", "abuse"})
"""Categories of labels that list a wallet; all others do not, and those that many deal with never do."""
_FIRST_DAY = date(1970, 1, 1).toordinal()
_CONTACTS = (("contact", "email"), ("contact", "phone"), ("account", "handle"), ("payout", "wallet"))


def listed(scope: Scope) -> Iterator[Met]:
    """Hits of mailboxes, phones, handles and wallets that the user's list has."""
    for kind, thing in _CONTACTS:
        strength = "medium" if thing == "handle" else scope.flag.strength
        yield from _listed(scope, kind, thing, strength)


def listed_wallet(scope: Scope) -> Iterator[Met]:
    """Hits of wallets that get pay and that a label lists, with the label's source.

    A wallet that a label calls a payer, an exchange or a contract is no hit but of a sanctions listing in
    force on the day of the payment: what the law lists outweighs what somebody calls it.
    """
    by_address: dict[str, list[Label]] = {}
    for label in scope.context.labels:
        by_address.setdefault(label.address, []).append(label)
    index = scope.index
    pairs, first, _counts = index.pairs(scope.rows("payout", "wallet"), index.value)
    for (subject, value), row in zip(pairs.tolist(), first.tolist(), strict=True):
        wallet = index.value.texts[value]
        for label in by_address.get(wallet, ()):
            named = label.category in LISTED and not scope.damping.is_negative(wallet)
            if (named or label.category == SANCTIONED) and _in_force(label, int(index.time[row])):
                why = _("Pay goes to {wallet}, which is listed: {name} ({source}).")
                said = why.format(wallet=wallet, name=label.name, source=label.source)
                yield Met(subject, said, (row,), "wallet", wallet)


def listed_address(scope: Scope) -> Iterator[Met]:
    """Hits of sign-ins from addresses that the user's list has."""
    index = scope.index
    wanted = {
        code: scope.context.listed["ip", text]
        for code, text in enumerate(index.ip.texts)
        if ("ip", text) in scope.context.listed
    }
    if not wanted:
        return
    pairs, first, counts = index.pairs(scope.sign_ins, index.ip)
    for (subject, ip), row, count in zip(pairs.tolist(), first.tolist(), counts.tolist(), strict=True):
        if ip in wanted:
            text = index.ip.texts[ip]
            why = _("{count} sign-ins from {ip}, listed by {source}.")
            yield Met(subject, why.format(count=count, ip=text, source=wanted[ip]), (row,), "ip", text)


def _in_force(label: Label, time: int) -> bool:
    """Whether a label holds on the day of a time; without a time, whether it ever did."""
    if time == UNTOLD:
        return True
    day = date.fromordinal(_FIRST_DAY + time // DAY)
    return (label.valid_from is None or label.valid_from <= day) and (
        label.valid_to is None or day <= label.valid_to
    )


def _listed(scope: Scope, kind: str, thing: str, strength: str) -> Iterator[Met]:
    index = scope.index
    pairs, first, _counts = index.pairs(scope.rows(kind, thing), index.value)
    for (subject, value), row in zip(pairs.tolist(), first.tolist(), strict=True):
        text = index.value.texts[value]
        source = scope.context.listed.get((thing, text))
        if source:
            why = _("{thing} {value} is listed by {source}.").format(thing=thing, value=text, source=source)
            yield Met(subject, why, (row,), thing, text, strength=strength)
