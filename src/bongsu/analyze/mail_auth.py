"""What can be proven of a stored mail's sender: SPF, DKIM and DMARC computed again from saved DNS answers.

A header that says what was found is a claim of the host that wrote it: it counts where that host is trusted,
and where it differs from what is computed, that is said.
"""

import ipaddress
import re
from collections.abc import Collection, Sequence
from email.message import Message
from email.parser import BytesHeaderParser
from typing import NamedTuple

from bongsu.analyze.dkim_check import DkimVerdict, check_dkim
from bongsu.analyze.dmarc import DmarcPolicy, aligned, dmarc_policy, policy_words
from bongsu.analyze.mail_claim import Claim, claims_of
from bongsu.analyze.spf import SpfVerdict, check_spf
from bongsu.analyze.spf_macro import SpfQuery
from bongsu.model.dns import DnsSource, canonical_name
from bongsu.model.mail_address import addresses_in
from bongsu.model.text import _

_FROM_ADDRESS = re.compile(r"\[(?:IPv6:)?([0-9A-Fa-f:.]{3,45})\]|\(([0-9.]{7,15})\)")
_LONGEST, _MOST_HEADERS = 8000, 100
_BY = re.compile(r"\sby\s+([A-Za-z0-9._-]+)")
_HELO = re.compile(r"^\s*from\s+([A-Za-z0-9._-]+)", re.IGNORECASE)


class MailAuth(NamedTuple):
    """What is proven of one mail, and what is only claimed."""

    shown: str
    """Domain of the From header."""
    client: str
    """Address that handed the mail over to the first host that is trusted; empty: not known."""
    spf: SpfVerdict
    spf_domain: str
    dkim: tuple[DkimVerdict, ...]
    policy: DmarcPolicy
    dmarc: str
    """pass, fail, none (the domain has no policy), or unknown."""
    why: tuple[str, ...]
    claims: tuple[Claim, ...]
    differs: tuple[str, ...]
    """Where a header claims something else than was computed."""


def authenticate(raw: bytes, dns: DnsSource, trusted_hosts: Collection[str] = ()) -> MailAuth:
    """What is proven of a mail.

    Args:
        raw: The mail as it was delivered.
        dns: Saved answers.
        trusted_hosts: Hosts of the receiver, whose Received and Authentication-Results headers count. If none
            are given, the newest Received header counts, for the receiver's own server wrote it.

    Raises:
        MissingExtraError: When dkimpy, authres or tldextract is not installed.
    """
    headers = BytesHeaderParser().parsebytes(raw)
    trusted = {canonical_name(one) for one in trusted_hosts}
    shown = _domain(headers, "From")
    client, helo = handover(_all(headers, "Received"), trusted)
    sender = _domain(headers, "Return-Path") or helo
    spf = _spf(client, sender, helo, dns)
    dkim = tuple(check_dkim(raw, dns))
    policy = dmarc_policy(shown, dns) if shown else DmarcPolicy("", {}, "unknown")
    verdict, why = dmarc_verdict(shown, policy, (spf.verdict, sender), dkim)
    claims = claims_of(_all(headers, "Authentication-Results"), trusted)
    found = MailAuth(shown, client, spf, sender, dkim, policy, verdict, tuple(why), claims, ())
    return found._replace(differs=tuple(_differences(found)))


def handover(received: Sequence[str], trusted: Collection[str]) -> tuple[str, str]:
    """Address that handed the mail over to the first trusted host, and the name of its greeting.

    Args:
        received: Received headers, the newest first.
        trusted: Hosts that are believed; a chain of them from the newest header on is gone back.
    """
    found = ("", "")
    for place, hop in enumerate(received[:50]):
        by = _BY.search(hop)
        believed = by is not None and canonical_name(by[1]) in trusted if trusted else place == 0
        if not believed:
            break
        greeting = _HELO.match(hop)
        found = _address(hop[: by.start()] if by else hop), greeting[1].lower() if greeting else ""
    return found


def dmarc_verdict(
    shown: str, policy: DmarcPolicy, spf: tuple[str, str], dkim: Sequence[DkimVerdict]
) -> tuple[str, list[str]]:
    """Verdict of DMARC, and why: one proof that is of the shown domain is enough.

    Args:
        shown: Domain of the From header.
        policy: What it asks for.
        spf: Verdict of SPF, and the domain that it is about.
        dkim: Verdicts of the signatures.
    """
    proofs = [(spf[0], spf[1], "SPF", policy.aspf)]
    proofs += [(one.verdict, one.domain, "DKIM", policy.adkim) for one in dkim]
    fitting = [one for one in proofs if aligned(one[1], shown, one[3])]
    for verdict, domain, method, _mode in fitting:
        if verdict == "pass":
            proven = _("{method} proves {domain}, which is of the sender shown")
            said = "pass" if policy.policy not in {"", "unknown"} else policy.policy or "none"
            return said, [proven.format(method=method, domain=domain), policy_words(policy)]
    open_questions = any(one[0] == "unknown" for one in fitting) or spf == ("unknown", "")
    if policy.policy == "unknown" or open_questions or not shown:
        return "unknown", [_("whether the sender shown is the real one cannot be told"), policy_words(policy)]
    nothing = _("nothing proves that the mail is from {domain}").format(domain=shown)
    return "fail" if policy.policy else "none", [nothing, policy_words(policy)]


def _spf(client: str, sender: str, helo: str, dns: DnsSource) -> SpfVerdict:
    if not client or not sender:
        return SpfVerdict("unknown", _("no trusted header says where the mail came from"), 0)
    return check_spf(SpfQuery(client, sender, helo=helo), dns)


def _differences(found: MailAuth) -> list[str]:
    """Where a header says something else than what is computed; what is not known differs from nothing."""
    computed = {"spf": found.spf.verdict, "dmarc": found.dmarc}
    signed = {one.domain: one.verdict for one in found.dkim}
    said = []
    for claim in found.claims:
        own = signed.get(claim.domain, "unknown") if claim.method == "dkim" else computed.get(claim.method)
        if own in {None, "unknown"} or own == claim.result or {own, claim.result} == {"fail", "permerror"}:
            continue
        text = _("{host} claims {method}={claimed}, but it is {own}")
        said.append(text.format(host=claim.host, method=claim.method, claimed=claim.result, own=own))
    return said


def _all(headers: Message, name: str) -> list[str]:
    return [" ".join(str(one)[:_LONGEST].split()) for one in headers.get_all(name, [])[:_MOST_HEADERS]]


def _domain(headers: Message, name: str) -> str:
    """Domain of the first address of a header."""
    for _shown, address in addresses_in("".join(_all(headers, name)[:1])):
        if "@" in address:
            return canonical_name(address.rpartition("@")[2].rstrip(">"))
    return ""


def _address(hop: str) -> str:
    for met in _FROM_ADDRESS.finditer(hop):
        try:
            return str(ipaddress.ip_address(met[1] or met[2]))
        except ValueError:
            continue
    return ""
