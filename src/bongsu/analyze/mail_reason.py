"""Why a mail may be spear-phishing: single reasons, each with what else explains it.

Source: FBI, U.S. Department of State and NSA, JCSA-20240502-001 (2024-05-02): senders pose as experts
and media from domains without a DMARC policy that is enforced, and steer answers to another address.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from bongsu.analyze.look_alike import LOOK_ALIKE_KINDS, LookAlikes
from bongsu.analyze.mail_auth import MailAuth
from bongsu.analyze.mail_claim import Claim
from bongsu.analyze.registrable import registered_domain
from bongsu.facts.word_table import load_table, load_words
from bongsu.model.text import _

FAMILIES = ("sender", "answer", "pose", "payload", "context")
"""What is not proven, where answers go, who it is said to be, what it brings; what only adds to others."""
_TITLE = re.compile(
    r"\b(dr|prof|professor|amb|ambassador|mr|mrs|ms|ph\.?d)\b\.?|\(.*?\)|교수|박사|기자|님|,", re.IGNORECASE
)


_LEAST_ALIKE = LOOK_ALIKE_KINDS["suffix"]
"""Least confidence of a look-alike that is a reason: a name within other letters is none."""


class Reason(NamedTuple):
    """One thing that speaks for it."""

    family: str
    """One of FAMILIES; those of `context` never stand alone."""
    key: str
    text: str
    innocent: str


class MailLists(NamedTuple):
    """What the user knows."""

    experts: Mapping[str, frozenset[str]] = {}
    """Name as `plain_name` gives it, to the addresses and domains that are that person's."""
    own_domains: frozenset[str] = frozenset()
    look_alikes: LookAlikes | None = None


class MailRow(NamedTuple):
    """What is looked at of one mail; empty where it states nothing."""

    sender: str
    from_name: str
    from_domain: str
    reply_to_domain: str
    subject: str
    attachments: str
    url_hosts: str
    list_id: str


class Proof(NamedTuple):
    """What is known of a mail's sender."""

    dmarc: str
    """pass, fail, none, or unknown."""
    policy: str
    """none, quarantine, reject; empty: no record; unknown."""
    text: str
    """How it is known."""


UNPROVEN = Proof("unknown", "unknown", "")


def plain_name(name: str) -> str:
    """A person's name for comparison: without titles, case and marks."""
    plain = unicodedata.normalize("NFKC", name)
    return " ".join(_TITLE.sub(" ", plain).replace('"', " ").casefold().split())


def computed_proof(auth: MailAuth) -> Proof:
    """What was computed from saved answers."""
    return Proof(auth.dmarc, auth.policy.policy, "; ".join((*auth.why, *auth.differs)))


def claimed_proof(claims: tuple[Claim, ...]) -> Proof:
    """What headers claim: a pass counts from a trusted host, a failure from any, for it helps no forger."""
    for claim in claims:
        if claim.method == "dmarc" and (claim.trusted or claim.result in {"fail", "none"}):
            text = _("{host} found dmarc={result}").format(host=claim.host, result=claim.result)
            policy = claim.policy or ("" if claim.result == "none" else "unknown")
            return Proof(claim.result, policy, text)
    return UNPROVEN


def reasons_of(row: MailRow, lists: MailLists, proof: Proof) -> list[Reason]:
    """All reasons of one mail, but those that need others to compare it with."""
    found = [*_of_sender(row, proof), *_of_answer(row, lists, proof), *_of_pose(row, lists, proof)]
    return [*found, *_of_payload(row, lists), *_of_theme(row)]


def _of_sender(row: MailRow, proof: Proof) -> Iterator[Reason]:
    """DMARC fails; of a mailing list that is what lists do, so there it only adds."""
    resent = _("a list or a forwarder changed the mail, or the sender has not set up its domain")
    if proof.dmarc == "fail":
        text = _("nothing proves that it is from {domain} ({how})").format(
            domain=row.from_domain, how=proof.text
        )
        yield Reason("context" if row.list_id else "sender", "dmarc_fail", text, resent)
    elif proof.dmarc == "none":
        text = _("{domain} asks nobody to check its mail ({how})").format(
            domain=row.from_domain, how=proof.text
        )
        yield Reason("context", "no_dmarc", text, _("many small senders have no DMARC record"))
    if proof.policy == "none" and proof.dmarc != "pass":
        text = _("the DMARC policy of {domain} is none: forged mail is delivered").format(
            domain=row.from_domain
        )
        yield Reason("context", "policy_none", text, _("many domains never get beyond none"))


def _of_answer(row: MailRow, lists: MailLists, proof: Proof) -> Iterator[Reason]:
    """Answers go to an address that is not the sender's."""
    other = row.reply_to_domain
    if not other or registered_domain(other) == registered_domain(row.from_domain) or _is_list(row, other):
        return
    alike = _look_alike(other, lists)
    shown = {"other": other, "domain": row.from_domain}
    help_desk = _("newsletters, invitations and help desks let answers go elsewhere")
    if alike:
        yield Reason(
            "answer", "reply_look_alike", _("answers go to {other}: {why}").format(other=other, why=alike), ""
        )
    elif proof.dmarc == "pass" or other in lists.own_domains:
        return
    elif other in load_words("mail_signs", "pretext", "freemail"):
        text = _("answers go to free mail at {other}, not to {domain}").format(**shown)
        yield Reason("answer", "reply_free_mail", text, help_desk)
    else:
        text = _("answers go to {other}, not to {domain}").format(**shown)
        yield Reason("context", "reply_elsewhere", text, help_desk)


def _of_pose(row: MailRow, lists: MailLists, proof: Proof) -> Iterator[Reason]:
    """The name of somebody known at an address that is not theirs, or a domain that looks like another."""
    theirs = lists.experts.get(plain_name(row.from_name), frozenset())
    at_home = bool({row.sender, row.from_domain, registered_domain(row.from_domain)} & theirs)
    if at_home and proof.dmarc == "fail" and not row.list_id:
        text = _("it bears the name and the address of {name}, and is not proven to be from there")
        resent = _("a forwarder changed the mail")
        yield Reason("pose", "expert_forged", text.format(name=row.from_name), resent)
    elif theirs and not at_home:
        text = _("it bears the name of {name}, at an address that is not on the list: {address}")
        shown = text.format(name=row.from_name, address=row.sender)
        yield Reason("pose", "expert_name", shown, _("a person has more than one address, or a namesake"))
    if alike := _look_alike(row.from_domain, lists):
        shown = _("{domain} is not the domain that it looks like: {why}").format(
            domain=row.from_domain, why=alike
        )
        yield Reason(
            "pose", "from_look_alike", shown, _("a firm with a like name, or another domain of the same body")
        )


def _of_payload(row: MailRow, lists: MailLists) -> Iterator[Reason]:
    """Attachments that run something, and links to a domain that looks like another."""
    names = row.attachments.split("\n") if row.attachments else []
    kinds = {name: _ending_kind(name) for name in names}
    running = [name for name, kind in kinds.items() if kind == "runs"]
    holding = [name for name, kind in kinds.items() if kind == "holds"]
    if running:
        text = _("it brings {name}, which runs or mounts something when it is opened").format(
            name=running[0][:80]
        )
        yield Reason("payload", "attachment_runs", text, _("software or shortcuts sent by mail on purpose"))
    elif holding:
        text = _("it brings {name}, which may hold something that runs").format(name=holding[0][:80])
        yield Reason("context", "attachment_holds", text, _("documents and archives are sent every day"))
    for host in row.url_hosts.split()[:20]:
        if alike := _look_alike(host, lists):
            text = _("it links to {host}: {why}").format(host=host, why=alike)
            yield Reason("payload", "link_look_alike", text, _("another domain of the same body"))
            return


def _of_theme(row: MailRow) -> Iterator[Reason]:
    subject = row.subject.casefold()
    met = next((one for one in _themes() if one in subject), "")
    if met:
        text = _("its subject is what such mail writes about: {word}").format(word=met)
        yield Reason("context", "theme", text, _("who works on Korea writes about it all day"))


def _ending_kind(name: str) -> str:
    kinds = load_table("mail_signs", "pretext", "endings")
    return kinds.get(name.strip().rpartition(".")[2].casefold(), ("",))[0]


def _is_list(row: MailRow, other: str) -> bool:
    """Whether answers go to the list that the mail came by."""
    return bool(row.list_id) and registered_domain(other).casefold() in row.list_id.casefold()


def _look_alike(host: str, lists: MailLists) -> str:
    """Why a host looks like another, by one of the surer ways."""
    if lists.look_alikes is None or not host:
        return ""
    found = lists.look_alikes.find(host)
    return found.why if found and found.confidence >= _LEAST_ALIKE else ""


@cache
def _themes() -> tuple[str, ...]:
    return tuple(word.replace("_", " ") for word in load_table("mail_signs", "pretext", "themes"))
