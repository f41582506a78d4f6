"""Mail that may be spear-phishing: reasons of each mail joined over an archive, to sightings.

An archive is gone through once; what speaks for a mail is kept, the rest is forgotten but for who wrote when.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from bongsu.analyze.mail_auth import MailAuth
from bongsu.analyze.mail_claim import claims_of
from bongsu.analyze.mail_level import confidence_of, level_of, next_steps_of, techniques_of
from bongsu.analyze.mail_reason import (
    FAMILIES,
    UNPROVEN,
    MailLists,
    MailRow,
    Proof,
    Reason,
    claimed_proof,
    computed_proof,
    reasons_of,
)
from bongsu.facts.word_table import load_words
from bongsu.model.detection import LEVELS
from bongsu.model.evidence import Evidence
from bongsu.model.log import LogBlock
from bongsu.model.sighting import Sighting
from bongsu.model.text import _

RULE = "bongsu-mail-pretext"
SOURCE = "Bongsu, after JCSA-20240502-001"
_FIELDS = (
    "from", "from_name", "from_domain", "reply_to_domain", "subject", "attachments", "url_hosts", "list_id",
    "in_reply_to", "message_id", "authentication_results", "reply_to",
)  # fmt: skip
_MOST_EVIDENCE = 5
_NOT_PASSED = re.compile(r"dmarc\s*=\s*(?!pass\b)\w", re.IGNORECASE)
"""Most mail passed or says nothing: then headers are parsed only where something else speaks for it."""


class MailPlace(NamedTuple):
    """Where a mail stands."""

    sha256: str
    """Of the file."""
    line: int


class _Kept(NamedTuple):
    """A mail that something speaks for."""

    place: MailPlace
    time: datetime | None
    row: MailRow
    answers: str
    """Message that it answers."""
    reply_to: str
    proof: Proof


class MailWatch:
    """Goes through mail and keeps what something speaks for."""

    def __init__(self, lists: MailLists, trusted_hosts: Sequence[str] = ()) -> None:
        """Prepares.

        Args:
            lists: What the user knows.
            trusted_hosts: Hosts whose Authentication-Results count.
        """
        self._lists, self._trusted = lists, frozenset(one.lower().rstrip(".") for one in trusted_hosts)
        self._kept: dict[MailPlace, _Kept] = {}
        self._first: dict[str, tuple[datetime | None, MailPlace]] = {}
        self._messages: set[bytes] = set()

    def add(self, block: LogBlock) -> None:
        """Nothing; the block's mails are looked at. Blocks of other logs are left alone.

        Args:
            block: Mails, as their reader and `normalize.log` give them.
        """
        if block.stream.product != "mail":
            return
        empty = [None] * block.rows
        columns = [block.columns[name].to_pylist() if name in block.columns else empty for name in _FIELDS]
        times, lines = block.time.to_pylist(), block.locator.to_pylist()
        for row, (time, line, *values) in enumerate(zip(times, lines, *columns, strict=True)):
            self._look(MailPlace(block.source(row), line), time, [value or "" for value in values])

    def merge(self, other: "MailWatch") -> None:
        """Nothing; takes what another watch, of the same lists, has seen."""
        for sender, told in other._first.items():
            self._note_first(sender, *told)
        self._messages |= other._messages
        self._kept |= other._kept

    def _look(self, place: MailPlace, time: datetime | None, values: list[str]) -> None:
        *shown, answers, message, results, reply_to = values
        row = MailRow(*shown)
        self._messages.add(_mark(message))
        self._note_first(row.sender, time, place)
        if not (_NOT_PASSED.search(results) or reasons_of(row, self._lists, UNPROVEN)):
            return
        proof = claimed_proof(claims_of(results.split("\n"), self._trusted) if "dmarc" in results else ())
        if reasons_of(row, self._lists, proof):
            self._kept[place] = _Kept(place, time, row, answers, reply_to, proof)

    def _note_first(self, sender: str, time: datetime | None, place: MailPlace) -> None:
        first = self._first.get(sender)
        if first is None or (time is not None and (first[0] is None or time < first[0])):
            self._first[sender] = (time, place)

    @property
    def suspects(self) -> list[MailPlace]:
        """Mails that something speaks for: those whose sender is worth proving."""
        return list(self._kept)

    def prove(self, place: MailPlace, auth: MailAuth) -> None:
        """Nothing; what was computed stands in the place of what headers claim, unless it is unknown."""
        kept = self._kept[place]
        if auth.dmarc != "unknown":
            self._kept[place] = kept._replace(proof=computed_proof(auth))
        elif kept.proof.policy == "unknown" and auth.policy.policy != "unknown":
            self._kept[place] = kept._replace(proof=kept.proof._replace(policy=auth.policy.policy))

    def sightings(self) -> list[Sighting]:
        """Sightings, the gravest first; mails of one sender with the same reasons are one."""
        groups: dict[tuple[str, str, str], list[tuple[_Kept, list[Reason]]]] = defaultdict(list)
        for kept in self._kept.values():
            reasons = [*reasons_of(kept.row, self._lists, kept.proof), *self._of_contact(kept)]
            level = level_of(reasons)
            if level:
                keys = " ".join(sorted({one.key for one in reasons}))
                groups[level, kept.row.sender, keys].append((kept, reasons))
        found = [_sighting(level, group) for (level, _sender, _keys), group in groups.items()]
        return sorted(found, key=lambda one: (-LEVELS.index(one.level), -one.confidence, one.value))

    def notes(self) -> list[str]:
        """Nothing: every mail is looked at."""
        return []

    def _of_contact(self, kept: _Kept) -> Iterator[Reason]:
        """A first mail from an address that answers none of ours."""
        answered = kept.answers and _mark(kept.answers) in self._messages
        if self._first[kept.row.sender][1] == kept.place and not answered:
            text = _("no earlier mail from {sender} is in the archive").format(sender=kept.row.sender)
            yield Reason("context", "first_contact", text, _("everybody writes for the first time once"))


def _mark(message: str) -> bytes:
    """Few bytes that stand for an id, the same in every process."""
    return hashlib.blake2b(message.encode("utf-8", "surrogatepass"), digest_size=8).digest()


def _sighting(level: str, group: Sequence[tuple[_Kept, list[Reason]]]) -> Sighting:
    kept, reasons = group[0]
    ordered = sorted(reasons, key=lambda one: FAMILIES.index(one.family))
    times = sorted(one.time for one, _reasons in group if one.time is not None)
    what = _("mail from {sender}").format(sender=kept.row.sender or _("nobody"))
    return Sighting(
        kind="mail",
        rule=RULE,
        title=_("Mail from {sender} that may pose as somebody").format(sender=kept.row.sender),
        level=level,
        alert=LEVELS.index(level) >= LEVELS.index("medium"),
        field="from",
        value=kept.row.sender,
        host="",
        user="",
        first=times[0] if times else None,
        last=times[-1] if times else None,
        count=len(group),
        techniques=techniques_of(
            reasons,
            links=bool(kept.row.url_hosts),
            attachments=bool(kept.row.attachments),
            network=kept.row.from_domain in load_words("mail_signs", "pretext", "networks"),
        ),
        clusters=(),
        confidence=confidence_of(reasons),
        why=tuple(one.text for one in ordered),
        innocent=tuple(dict.fromkeys(one.innocent for one in ordered if one.innocent)),
        next_steps=next_steps_of(ordered, kept.row.sender),
        evidence=tuple(
            Evidence(sha256=one.place.sha256, locator=f"line {one.place.line}", what=what)
            for one, _reasons in group[:_MOST_EVIDENCE]
        ),
        source=SOURCE,
    )
