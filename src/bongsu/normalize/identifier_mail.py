"""Mail addresses: the mailbox that an address reaches, as its provider reads it.

Dots and tags are dropped only where the provider says that they change nothing (RFC 5321 leaves the part
before the sign to the host); the domain is lower-case, in ASCII (IDNA). The address as written is kept apart.
"""

import re
from functools import cache
from typing import NamedTuple

from bongsu.facts.word_table import load_table, load_words
from bongsu.model.identifier import Canonical
from bongsu.model.text import _
from bongsu.normalize.fault import Fault
from bongsu.normalize.identifier_network import ascii_domain

_LOCAL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}")
_BRACKETED = re.compile(r"<([^<>]*)>\s*$")
_PREFIX = re.compile(r"\s*mailto:", re.IGNORECASE)


class _Provider(NamedTuple):
    """A provider: the domain that stands for it, and what it ignores."""

    domain: str
    ignores: frozenset[str]


def canonical_email(text: str) -> Canonical | Fault:
    """Mailbox that the address reaches; weak where many read it or it is of a role."""
    bracketed = _BRACKETED.search(text)
    written = _PREFIX.sub("", bracketed[1] if bracketed else text).strip().casefold()
    local, sign, host = written.rpartition("@")
    domain = ascii_domain(host)
    if not sign or isinstance(domain, Fault):
        return Fault("bad_email", _("it has no domain after the sign @"))
    if _LOCAL.fullmatch(local) is None or local[0] == "." or local[-1] == "." or ".." in local:
        return Fault("bad_email", _("the part before the sign @ is not one"))
    provider = _providers().get(domain, _Provider(domain, frozenset()))
    mailbox = _mailbox(local, provider.ignores)
    if not mailbox:
        return Fault("bad_email", _("nothing is left of the part before the sign @"))
    value = f"{mailbox}@{provider.domain}"
    if domain in load_words("identifiers", "mail", "disposable"):
        return Canonical("email", value, strength="weak", why=_("a mailbox that many read"))
    if mailbox in load_words("identifiers", "mail", "roles"):
        return Canonical("email", value, strength="weak", why=_("a mailbox of a role, not of a person"))
    return Canonical("email", value)


def _mailbox(local: str, ignores: frozenset[str]) -> str:
    """Part before the sign as the provider reads it."""
    if "plus" in ignores:
        local = local.partition("+")[0]
    if "dots" in ignores:
        local = local.replace(".", "")
    if ignores >= {"dots", "minus"}:
        local = local.replace("-", "").replace("_", "")
    return local.replace(".", "-") if "minusdot" in ignores else local


@cache
def _providers() -> dict[str, _Provider]:
    """Domain to its provider; other domains keep the part before the sign as it is."""
    found: dict[str, _Provider] = {}
    for domain, (ignores, *others) in load_table("identifiers", "mail", "providers").items():
        provider = _Provider(domain, frozenset(ignores.split(",")) - {"none"})
        found |= dict.fromkeys((domain, *others), provider)
    return found
