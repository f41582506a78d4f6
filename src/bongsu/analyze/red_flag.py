"""Red flags met in records: every rule that has a detector is run, and what persons saw is added.

A detector gets rows of the things that its rule says it reads, and of no others; what is older than the
rule's expiry is not given to it.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from importlib import import_module
from typing import NamedTuple

import numpy as np

from bongsu.analyze.alone import restore_strength
from bongsu.analyze.damping import Damping, ScreenContext
from bongsu.analyze.event_index import DAY, UNTOLD, Array, EventIndex
from bongsu.model.red_flag import FlagHit, RedFlag
from bongsu.model.text import _

METHOD = "red-flags@2"
MOST_ROWS = 5
"""Rows that a hit cites."""
DETECTORS = {
    "application_burst": "bongsu.analyze.red_flag_network:application_burst",
    "bulk_clone": "bongsu.analyze.red_flag_clone:bulk_clone",
    "changed_payout": "bongsu.analyze.red_flag_money:changed_payout",
    "copied_resume": "bongsu.analyze.red_flag_resume:copied_resume",
    "crypto_payout": "bongsu.analyze.red_flag_money:crypto_payout",
    "differing_profile": "bongsu.analyze.red_flag_profile:differing_profile",
    "early_skill": "bongsu.analyze.red_flag_resume:early_skill",
    "flagged_ring": "bongsu.analyze.red_flag_ring:flagged_ring",
    "front_company": "bongsu.analyze.red_flag_company:front_company",
    "funding_ring": "bongsu.analyze.red_flag_funding:funding_ring",
    "impossible_travel": "bongsu.analyze.red_flag_travel:impossible_travel",
    "ip_kvm": "bongsu.analyze.red_flag_kvm:ip_kvm",
    "keep_awake": "bongsu.analyze.red_flag_software:keep_awake",
    "listed": "bongsu.analyze.red_flag_listed:listed",
    "listed_address": "bongsu.analyze.red_flag_listed:listed_address",
    "listed_wallet": "bongsu.analyze.red_flag_listed:listed_wallet",
    "many_authors": "bongsu.analyze.red_flag_code:many_authors",
    "mass_bids": "bongsu.analyze.red_flag_platform:mass_bids",
    "odd_device": "bongsu.analyze.red_flag_device:odd_device",
    "odd_hours": "bongsu.analyze.red_flag_place:odd_hours",
    "odd_meeting": "bongsu.analyze.red_flag_meeting:odd_meeting",
    "odd_profile": "bongsu.analyze.red_flag_profile:odd_profile",
    "old_commits": "bongsu.analyze.red_flag_code:old_commits",
    "remote_control": "bongsu.analyze.red_flag_software:remote_control",
    "reused_portfolio": "bongsu.analyze.red_flag_resume:reused_portfolio",
    "shared_account": "bongsu.analyze.red_flag_device:shared_account",
    "shared_contact": "bongsu.analyze.red_flag_network:shared_contact",
    "shared_egress": "bongsu.analyze.red_flag_network:shared_egress",
    "shared_internet_line": "bongsu.analyze.red_flag_contact:shared_internet_line",
    "shared_payout": "bongsu.analyze.red_flag_money:shared_payout",
    "shared_second_factor": "bongsu.analyze.red_flag_device:shared_second_factor",
    "shared_session": "bongsu.analyze.red_flag_platform:shared_session",
    "shared_ship_to": "bongsu.analyze.red_flag_place:shared_ship_to",
    "ship_elsewhere": "bongsu.analyze.red_flag_place:ship_elsewhere",
    "swap_request": "bongsu.analyze.red_flag_platform:swap_request",
    "virtual_camera": "bongsu.analyze.red_flag_software:virtual_camera",
}
"""Detector name to `module:function`."""


class Met(NamedTuple):
    """What a detector met about one subject."""

    subject: int
    """Its code."""
    why: str
    rows: tuple[int, ...]
    kind: str = ""
    value: str = ""
    others: tuple[str, ...] = ()
    explained: str = ""
    strength: str = ""
    """At most that of the rule; empty: that of the rule."""


class Scope:
    """What a detector may look at: its rule, the things it reads, not older than its expiry."""

    def __init__(self, index: EventIndex, flag: RedFlag, damping: Damping, context: ScreenContext) -> None:
        self.index = index
        self.flag = flag
        self.damping = damping
        self.context = context
        self._since = index.last(context.as_of) - flag.expiry_days * DAY

    def rows(self, kind: str, thing: str) -> Array:
        """Rows of a kind of event about a thing that the rule reads; without a time they do not expire.

        Raises:
            ValueError: When the rule does not read the thing.
        """
        rows = self.stated(kind, thing)
        times = self.index.time[rows]
        kept: Array = rows[(times >= self._since) | (times == UNTOLD)]
        return kept

    def stated(self, kind: str, thing: str) -> Array:
        """Rows of what stays true until it is stated anew, however old: a home, a department.

        Raises:
            ValueError: When the rule does not read the thing.
        """
        if thing and thing not in self.flag.reads:
            raise ValueError(f"{self.flag.id} does not read {thing}")
        return self.index.rows(kind, thing)

    @cached_property
    def sign_ins(self) -> Array:
        """Rows of sign-ins that have an address."""
        rows = self.rows("sign_in", "")
        kept: Array = rows[self.index.ip.codes[rows] != self.index.ip.code("")]
        return kept

    def sharing(self, kind: str, thing: str, why: str) -> Iterator[Met]:
        """A hit for each subject of every value of a thing that several share.

        Args:
            kind: Kind of event.
            thing: What is shared.
            why: Sentence with {count} and {value}.
        """
        index = self.index
        for one in index.shared(self.rows(kind, thing), index.value):
            value = index.value.texts[one.value]
            yield from self.share(thing, value, (one.subjects, one.rows), why)

    def share(self, thing: str, value: str, having: tuple[Array, Array], why: str) -> Iterator[Met]:
        """A hit for each subject that has a value; `having` are the subjects and a row of each."""
        subjects, rows = having
        names = self.index.names(subjects)
        explained = self.damping.explain(thing, value, subjects)
        strength = self.damping.strength(thing, subjects, self.flag.strength)
        said = why.format(count=len(names), value=value)
        cited = tuple(rows[:MOST_ROWS].tolist())
        for place, subject in enumerate(subjects.tolist()):
            others = names[:place] + names[place + 1 :]
            shown = tuple(dict.fromkeys((int(rows[place]), *cited)))[:MOST_ROWS]
            yield Met(subject, said, shown, thing, value, others, explained, strength)


Detector = Callable[[Scope], Iterable[Met]]


def find_red_flags(index: EventIndex, flags: Iterable[RedFlag], context: ScreenContext) -> list[FlagHit]:
    """Hits of all rules, by subject, flag and value.

    Args:
        index: Events.
        flags: Rules, for instance those that ship.
        context: What a user knows beside the records.
    """
    damping = Damping(index, context)
    rules = {flag.id: flag for flag in flags}
    met = [hit for flag in rules.values() if flag.detector for hit in _met(index, flag, damping, context)]
    hits = restore_strength(met, rules) + list(_observed(index, rules, index.last(context.as_of)))
    return sorted(hits, key=lambda hit: (hit.subject, hit.flag, hit.kind, hit.value))


def _met(index: EventIndex, flag: RedFlag, damping: Damping, context: ScreenContext) -> Iterator[FlagHit]:
    module, _colon, name = DETECTORS[flag.detector].partition(":")
    detector: Detector = getattr(import_module(module), name)
    for met in detector(Scope(index, flag, damping, context)):
        yield _hit(index, flag, met, machine=True)


def _hit(index: EventIndex, flag: RedFlag, met: Met, *, machine: bool) -> FlagHit:
    return FlagHit(
        flag=flag.id,
        subject=index.subject.texts[met.subject],
        family=flag.family,
        strength=met.strength or flag.strength,
        machine=machine,
        kind=met.kind,
        value=met.value,
        others=met.others,
        explained=met.explained,
        why=met.why,
        rows=met.rows,
    )


def _observed(index: EventIndex, flags: dict[str, RedFlag], last: int) -> Iterator[FlagHit]:
    """Hits that persons entered, each with the observer's name."""
    rows = index.rows("observation", "flag")
    for row in rows[np.argsort(rows)].tolist():
        flag = flags.get(index.value.texts[index.value.codes[row]].upper())
        expired = flag is not None and UNTOLD < index.time[row] < last - flag.expiry_days * DAY
        if flag is None or flag.check == "machine" or expired:
            continue
        observer = index.note.texts[index.note.codes[row]]
        why = _("{observer} saw it.").format(observer=observer or _("Somebody whose name is not stated"))
        yield _hit(index, flag, Met(int(index.subject.codes[row]), why, (row,)), machine=False)
