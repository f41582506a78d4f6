"""What a domain's SPF record lets others do, and the record to publish in its place."""

from collections.abc import Iterator
from typing import NamedTuple

from bongsu.analyze.spf import MOST_LOOKUPS, SpfTerm, spf_record, spf_terms
from bongsu.model.dns import DnsSource
from bongsu.model.text import _

_ASKS = frozenset({"include", "a", "mx", "ptr", "exists"})
_MOST_RECORDS = 100


class Advice(NamedTuple):
    """One thing to change."""

    level: str
    """One of bongsu.model.detection.LEVELS."""
    key: str
    """Stable name."""
    what: str
    why: str
    record: str
    """Record to publish; empty: none, or it depends on what only you know."""


class Lookups(NamedTuple):
    """How many look-ups a record costs a receiver."""

    asked: int
    unknown: tuple[str, ...]
    """Domains whose records were not saved: the true number is higher."""


def review_spf(domain: str, dns: DnsSource, *, receives: bool, found: dict[str, str]) -> Iterator[Advice]:
    """What to change of a domain's SPF record.

    Args:
        domain: The domain.
        dns: Where records are looked up.
        receives: Whether it has mail servers.
        found: Gets what stands there under `SPF`.
    """
    ends = "v=spf1 mx -all" if receives else "v=spf1 -all"
    try:
        record = spf_record(domain, dns)
    except ValueError as error:
        found["SPF"] = str(error)
        why = _("Receivers then treat the domain as if it had a broken record. Join them into one.")
        yield Advice("high", "spf_several", str(error), why, "")
        return
    found["SPF"] = _("not among the saved answers") if record is None else record or _("none")
    if record is None:
        why = _("Save the answer for TXT of {domain}.").format(domain=domain)
        yield Advice(
            "informational", "spf_unknown", _("whether there is an SPF record is not known"), why, ""
        )
    elif not record:
        why = _("Anyone may send for the domain. Name your servers, then refuse all others.")
        yield Advice("high", "spf_missing", _("there is no SPF record"), why, f'{domain}. TXT "{ends}"')
    else:
        yield from _of_record(domain, record, dns)


def _of_record(domain: str, record: str, dns: DnsSource) -> Iterator[Advice]:
    try:
        terms, redirect = spf_terms(record)
    except ValueError as error:
        yield Advice("high", "spf_damaged", str(error), _("Receivers cannot use the record."), "")
        return
    last = next((one for one in terms if one.name == "all"), None)
    if last is not None and last.qualifier in "+?":
        what = _("the SPF record ends in {term}all").format(term=last.qualifier)
        why = _("It lets everybody send for the domain.")
        yield Advice("high", "spf_open", what, why, f'{domain}. TXT "{_closed(record)}"')
    elif last is None and not redirect:
        what, why = (
            _("the SPF record does not end in -all"),
            _("Who is not named is then neither allowed nor refused."),
        )
        yield Advice("medium", "spf_no_end", what, why, f'{domain}. TXT "{record.rstrip()} -all"')
    if any(one.name == "ptr" for one in terms):
        why = _("It is slow and unreliable, and should not be used (RFC 7208 section 5.5).")
        yield Advice("low", "spf_ptr", _("the SPF record uses ptr"), why, "")
    cost = spf_lookups(domain, dns)
    if cost.asked > MOST_LOOKUPS:
        what = _("the SPF record needs {count} look-ups, {most} are allowed").format(
            count=cost.asked, most=MOST_LOOKUPS
        )
        why = _("Receivers give up, and SPF fails for all your mail. Replace what is included by networks.")
        yield Advice("high", "spf_lookups", what, why, "")
    elif cost.unknown:
        what = _("the SPF record needs at least {count} look-ups").format(count=cost.asked)
        why = _("These records were not saved: {names}.").format(names=", ".join(cost.unknown[:5]))
        yield Advice("informational", "spf_lookups_unknown", what, why, "")


def _closed(record: str) -> str:
    """The record with its last word refusing all others."""
    words = [one for one in record.split() if one.lower().lstrip("+?~-") != "all"]
    return " ".join([*words, "-all"])


def spf_lookups(domain: str, dns: DnsSource) -> Lookups:
    """Look-ups that a domain's record costs, with those of all that it includes, each as often as it is."""
    waiting, count, unknown, seen = [domain], 0, list[str](), 0
    while waiting and seen < _MOST_RECORDS:
        name, seen = waiting.pop(), seen + 1
        try:
            record = spf_record(name, dns)
            terms, redirect = spf_terms(record or "v=spf1")
        except ValueError:
            continue
        if record is None:
            unknown.append(name)
        count += sum(one.name in _ASKS for one in terms) + bool(redirect)
        waiting += _named(terms, redirect)
    return Lookups(count, tuple(dict.fromkeys(unknown)))


def _named(terms: list[SpfTerm], redirect: str) -> list[str]:
    """Domains whose records are read as well; what has a macro depends on the mail."""
    stated = [one.value for one in terms if one.name == "include"] + [redirect]
    return [one.lower().rstrip(".") for one in stated if one and "%" not in one]
