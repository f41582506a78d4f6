"""SPF re-computed: may this address send for this domain, as far as saved DNS answers tell.

Source: RFC 7208. What a saved answer does not tell is `unknown` and stays so: it never becomes a pass, and a
mechanism behind an unknown one settles nothing, for the unknown one may have matched first.
"""

import ipaddress
import re
from typing import NamedTuple

from bongsu.analyze.spf_macro import SpfQuery, expand
from bongsu.model.dns import DnsSource
from bongsu.model.text import _

MOST_LOOKUPS = 10
MOST_HOSTS = 10
VERDICTS = {"+": "pass", "-": "fail", "~": "softfail", "?": "neutral"}
_TERM = re.compile(
    r"([+?~-]?)(all|include|a|mx|ptr|ip4|ip6|exists)(?::(\S*?))?((?:/\d{1,3})?(?://\d{1,3})?)", re.IGNORECASE
)
_REDIRECT = re.compile(r"(?:^|\s)redirect=(\S+)", re.IGNORECASE)
_ASKS = frozenset({"include", "a", "mx", "ptr", "exists"})
_DEEPEST = 20


class SpfTerm(NamedTuple):
    """One mechanism of a record."""

    qualifier: str
    name: str
    value: str
    """Domain or network; empty: the domain itself."""
    cidr: str
    """Lengths of the networks, as they are written."""


class SpfVerdict(NamedTuple):
    """What SPF says."""

    verdict: str
    """pass, fail, softfail, neutral, none, permerror, or unknown."""
    why: str
    lookups: int


class _PermanentError(Exception):
    """The record cannot be evaluated."""


def spf_record(domain: str, dns: DnsSource) -> str | None:
    """SPF record of a domain; empty: it has none; None: not known.

    Raises:
        ValueError: When it has several, which counts as an error.
    """
    texts = dns.lookup(domain, "TXT")
    if texts is None:
        return None
    found = [one for one in texts if one.lower() == "v=spf1" or one.lower().startswith("v=spf1 ")]
    if len(found) > 1:
        raise ValueError(_("{domain} has several SPF records").format(domain=domain))
    return found[0] if found else ""


def spf_terms(record: str) -> tuple[list[SpfTerm], str]:
    """Mechanisms of a record in order, and the domain that it redirects to.

    Raises:
        ValueError: When a mechanism is none.
    """
    found, redirect = [], _REDIRECT.search(record)
    for word in record.split()[1:]:
        if re.match(r"[a-z][a-z0-9_.-]*=", word, re.IGNORECASE):
            continue
        met = _TERM.fullmatch(word)
        if met is None:
            raise ValueError(_("{word} is no mechanism of SPF").format(word=word[:80]))
        found.append(SpfTerm(met[1] or "+", met[2].lower(), met[3] or "", met[4]))
    return found, redirect[1] if redirect else ""


def check_spf(query: SpfQuery, dns: DnsSource) -> SpfVerdict:
    """Verdict for a message that came from an address.

    Args:
        query: Who sent what.
        dns: Where records are looked up.
    """
    run = _Run(query, dns)
    try:
        verdict, why = run.verdict_of(query.domain, 0)
    except _PermanentError as error:
        return SpfVerdict("permerror", str(error), run.lookups)
    return SpfVerdict(verdict, why, run.lookups)


class _Run:
    """One evaluation: it counts its look-ups."""

    def __init__(self, query: SpfQuery, dns: DnsSource) -> None:
        self._query, self._dns, self.lookups = query, dns, 0
        self._ip = ipaddress.ip_address(query.ip)

    def verdict_of(self, domain: str, depth: int) -> tuple[str, str]:
        """Verdict of a domain's record, and why."""
        try:
            record = spf_record(domain, self._dns)
            terms, redirect = spf_terms(record or "v=spf1")
        except ValueError as error:
            raise _PermanentError(str(error)) from error
        if record is None:
            return "unknown", _("the SPF record of {domain} is not among the saved answers").format(
                domain=domain
            )
        if not record:
            return "none", _("{domain} has no SPF record").format(domain=domain)
        for term in terms:
            met, what = self._matches(term, domain, depth)
            if met is None:
                return "unknown", what
            if met:
                said = f"{term.name}:{term.value}{term.cidr}" if term.value else term.name + term.cidr
                why = _("{ip} matches {term} of {domain}").format(ip=self._ip, term=said, domain=domain)
                return VERDICTS[term.qualifier], why
        return self._otherwise(redirect, domain, depth)

    def _otherwise(self, redirect: str, domain: str, depth: int) -> tuple[str, str]:
        if not redirect:
            return "neutral", _("nothing in the record of {domain} matches").format(domain=domain)
        self._count()
        target = expand(redirect, self._query, domain)
        if target is None:
            return "unknown", _("{term} needs what is not known").format(term=redirect)
        if depth >= _DEEPEST:
            raise _PermanentError(_("records redirect in a circle"))
        verdict, why = self.verdict_of(target, depth + 1)
        if verdict == "none":
            raise _PermanentError(why)
        return verdict, why

    def _matches(self, term: SpfTerm, domain: str, depth: int) -> tuple[bool | None, str]:
        """Whether a mechanism matches; None: not known, with why."""
        if term.name == "all":
            return True, ""
        if term.name in {"ip4", "ip6"}:
            return self._in_network(term), ""
        self._count()
        target = expand(term.value, self._query, domain) if term.value else domain
        unknown = _("{name} of {domain} needs answers that were not saved").format(
            name=term.name, domain=domain
        )
        if target is None or term.name == "ptr":
            return None, unknown
        if term.name == "include":
            return self._included(target, depth)
        if term.name == "exists":
            found = self._dns.lookup(target, "A")
            return (None, unknown) if found is None else (bool(found), "")
        met = self._of_host(target, term.cidr) if term.name == "a" else self._of_mx(target, term.cidr)
        return met, unknown

    def _included(self, target: str, depth: int) -> tuple[bool | None, str]:
        if depth >= _DEEPEST:
            raise _PermanentError(_("records include one another in a circle"))
        verdict, why = self.verdict_of(target, depth + 1)
        if verdict == "none":
            raise _PermanentError(why)
        return (None, why) if verdict == "unknown" else (verdict == "pass", "")

    def _of_mx(self, domain: str, cidr: str) -> bool | None:
        hosts = self._dns.lookup(domain, "MX")
        if hosts is None:
            return None
        if len(hosts) > MOST_HOSTS:
            raise _PermanentError(
                _("{domain} has more than {most} mail servers").format(domain=domain, most=MOST_HOSTS)
            )
        met = [self._of_host(host.split()[-1], cidr) for host in hosts]
        return True if True in met else None if None in met else False

    def _of_host(self, host: str, cidr: str) -> bool | None:
        addresses = self._dns.lookup(host, "A" if self._ip.version == 4 else "AAAA")
        if addresses is None:
            return None
        four, _slashes, six = cidr.partition("//")
        length = four.lstrip("/") if self._ip.version == 4 else six
        return any(self._within(f"{one}/{length}" if length else one) for one in addresses)

    def _in_network(self, term: SpfTerm) -> bool:
        if (self._ip.version == 4) != (term.name == "ip4"):
            return False
        return self._within(term.value + term.cidr)

    def _within(self, network: str) -> bool:
        try:
            found = ipaddress.ip_network(network, strict=False)
        except ValueError as error:
            raise _PermanentError(_("{network} is no network").format(network=network[:80])) from error
        return self._ip.version == found.version and self._ip in found

    def _count(self) -> None:
        self.lookups += 1
        if self.lookups > MOST_LOOKUPS:
            raise _PermanentError(_("the record needs more than {most} look-ups").format(most=MOST_LOOKUPS))
