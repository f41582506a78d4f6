"""DMARC: what the owner of a domain asks of receivers, and whether what was proven is of that domain.

Source: RFC 7489 and its successor RFC 9989. The domain that an organization registered is told by the public
suffix list; the walk up the tree of the newer text ends at the same record where a policy stands there.
"""

import re
from typing import NamedTuple

from bongsu.analyze.registrable import registered_domain
from bongsu.model.dns import DnsSource, canonical_name
from bongsu.model.text import _

POLICIES = ("none", "quarantine", "reject")
_TAG = re.compile(r"\s*([a-zA-Z]+)\s*=\s*(.*?)\s*")


class DmarcPolicy(NamedTuple):
    """What a domain asks for."""

    found: str
    """Name that the record stands at; empty: there is none."""
    tags: dict[str, str]
    policy: str
    """none, quarantine or reject, for this domain; empty: there is no record; `unknown`: not known."""

    @property
    def adkim(self) -> str:
        """How DKIM must align: r (organization) or s (the same domain)."""
        return self.tags.get("adkim", "r")[:1]

    @property
    def aspf(self) -> str:
        """How SPF must align: r or s."""
        return self.tags.get("aspf", "r")[:1]


def dmarc_tags(record: str) -> dict[str, str] | None:
    """Tags of a record by lower-case name; None where it is no record of DMARC."""
    pieces = [one for one in record.split(";") if one.strip()]
    if not pieces or re.fullmatch(r"\s*v\s*=\s*DMARC1\s*", pieces[0]) is None:
        return None
    found = {}
    for piece in pieces[1:]:
        met = _TAG.fullmatch(piece)
        if met:
            found[met[1].lower()] = met[2].lower() if met[1].lower() not in {"rua", "ruf"} else met[2]
    return found


def dmarc_policy(domain: str, dns: DnsSource) -> DmarcPolicy:
    """Policy for mail from a domain: its own, else that of the organization for what is below it."""
    name = canonical_name(domain)
    organization = registered_domain(name)
    for at in dict.fromkeys((name, organization)):
        texts = dns.lookup(f"_dmarc.{at}", "TXT")
        if texts is None:
            return DmarcPolicy("", {}, "unknown")
        records = [tags for one in texts if (tags := dmarc_tags(one)) is not None]
        if len(records) == 1:
            return DmarcPolicy(f"_dmarc.{at}", records[0], _asked(records[0], below=at != name))
    return DmarcPolicy("", {}, "")


def _asked(tags: dict[str, str], *, below: bool) -> str:
    stated = tags.get("sp", tags.get("p", "")) if below else tags.get("p", "")
    return stated if stated in POLICIES else "none"


def aligned(proven: str, shown: str, mode: str) -> bool:
    """Whether a domain that was proven speaks for the domain that is shown.

    Args:
        proven: Domain of a valid signature, or that SPF passed for.
        shown: Domain of the From header.
        mode: s: must be the same; else: of the same organization.
    """
    one, other = canonical_name(proven), canonical_name(shown)
    if not one or not other:
        return False
    return one == other or (mode != "s" and registered_domain(one) == registered_domain(other))


def policy_words(policy: DmarcPolicy) -> str:
    """What the policy means, in words."""
    if policy.policy == "unknown":
        return _("the DMARC record is not among the saved answers")
    if not policy.policy:
        return _("the domain has no DMARC record")
    return _("the domain's DMARC policy is {policy}").format(policy=policy.policy)
