"""Who should be looked at by a person, and why not: cases for a decision, never a decision.

A referral needs two independent families of evidence. A family carries where it has a hit of strength high
or more that nothing in the records explains; one of the two must be verified by machine. The two must not
rest on one and the same thing, nor join the person with two sets of people who have nothing else to do with
each other: that is two coincidences. A device that hobbyists have too, code taken as by many who leave, and
a contract that somebody who was locked out asks to move, carry beside something shared only where one who
shares it has a flag of that family as well. Medium and low hits are told beside the others and carry nothing.
A payment to a listed wallet is referred by itself, as a payment: sanctions law asks about it whatever the
person did.
"""

from collections.abc import Iterable, Iterator
from itertools import combinations, groupby
from typing import NamedTuple

from bongsu.model.red_flag import FAMILIES, FlagHit, RedFlag, weight_of
from bongsu.model.text import _

METHOD = "referral@2"
LEAST_FAMILIES = 2
LEAST_WEIGHT = weight_of("high")
"""Weight of a hit that carries."""
COMMON_ALONE = frozenset({"device", "code"})
"""Families of which honest people often have a high flag that nobody shares: hobbies, backups."""
ASKED_TO_SWAP = "P07"
"""So have honest people who are locked out and move a contract."""
LISTED_WALLET = "P04"
_POINTS, _MOST_SCORE = 12, 90


class Referral(NamedTuple):
    """A case for a person: what speaks for looking, what against, what to do and not to do."""

    subject: str
    kind: str
    """`person`, or `payment` where only a payment to a listed wallet is known."""
    score: int
    """0 to 90: how much there is to look at; no probability that anybody did anything."""
    families: tuple[str, ...]
    """Families that carry it."""
    hits: tuple[FlagHit, ...]
    """What speaks for looking."""
    explained: tuple[FlagHit, ...]
    """What the records explain; it counted for nothing."""
    against: tuple[str, ...]
    """What else would explain the hits."""
    next_steps: tuple[str, ...]
    tell: tuple[str, ...]
    avoid: tuple[str, ...]


def find_referrals(hits: Iterable[FlagHit], flags: dict[str, RedFlag]) -> list[Referral]:
    """Referrals by falling score, then subject.

    Args:
        hits: Hits, in any order.
        flags: Rules by id.
    """
    found = []
    met = sorted(hits, key=lambda hit: hit.subject)
    company = Company(met)
    for subject, group in groupby(met, key=lambda hit: hit.subject):
        own = list(group)
        open_hits = tuple(hit for hit in own if not hit.explained)
        families = carrying_families(open_hits, company)
        kind = "person" if families else "payment" if _pays_listed(open_hits) else ""
        if kind:
            explained = tuple(hit for hit in own if hit.explained)
            found.append(_referral((subject, kind), families or ("money",), (open_hits, explained), flags))
    return sorted(found, key=lambda one: (-one.score, one.subject))


class Company:
    """Who is joined with whom by hits that carry."""

    def __init__(self, hits: Iterable[FlagHit]) -> None:
        self._beside: dict[str, set[str]] = {}
        self._having: dict[str, set[str]] = {}
        for hit in hits:
            if _carries(hit):
                self._beside.setdefault(hit.subject, set()).update(hit.others)
            if _carries(hit):
                self._having.setdefault(hit.family, set()).add(hit.subject)

    def meet(self, one: FlagHit, other: FlagHit) -> bool:
        """Whether the people of two hits have to do with each other without the one whom both are about."""
        if not one.others or not other.others:
            lone, shared = (one, other) if not one.others else (other, one)
            common = bool(shared.others) and (lone.family in COMMON_ALONE or lone.flag == ASKED_TO_SWAP)
            return not common or bool(self._having.get(lone.family, set()) & {*shared.others})
        wanted, seen, waiting = {*other.others}, {one.subject, *one.others}, [*one.others]
        if wanted & {*one.others}:
            return True
        while waiting:
            for person in self._beside.get(waiting.pop(), set()) - seen:
                if person in wanted:
                    return True
                seen.add(person)
                waiting.append(person)
        return False


def carrying_families(hits: Iterable[FlagHit], company: Company | None = None) -> tuple[str, ...]:
    """Families that carry a referral of these hits, in the order of FAMILIES; none where it needs more.

    Args:
        hits: Hits of one person.
        company: Who is joined with whom; that of these hits alone if not given.
    """
    strong = [hit for hit in hits if _carries(hit)]
    joined = company or Company(strong)
    families = {hit.family for hit in strong}
    independent = any(
        (one.machine or other.machine)
        and one.family != other.family
        and (not one.value or (one.kind, one.value) != (other.kind, other.value))
        and joined.meet(one, other)
        for one, other in combinations(strong, 2)
    )
    if len(families) < LEAST_FAMILIES or not independent:
        return ()
    return tuple(family for family in FAMILIES if family in families)


def _carries(hit: FlagHit) -> bool:
    return not hit.explained and weight_of(hit.strength) >= LEAST_WEIGHT


def _pays_listed(hits: tuple[FlagHit, ...]) -> bool:
    return any(hit.flag == LISTED_WALLET for hit in hits)


def _referral(
    who: tuple[str, str],
    families: tuple[str, ...],
    hits: tuple[tuple[FlagHit, ...], tuple[FlagHit, ...]],
    flags: dict[str, RedFlag],
) -> Referral:
    open_hits, explained = hits
    met = [flags[one] for one in dict.fromkeys(hit.flag for hit in open_hits)]
    best = dict.fromkeys(FAMILIES, 0)
    for hit in open_hits:
        best[hit.family] = max(best[hit.family], weight_of(hit.strength))
    return Referral(
        subject=who[0],
        kind=who[1],
        score=min(_MOST_SCORE, _POINTS * sum(best.values())),
        families=families,
        hits=open_hits,
        explained=explained,
        against=tuple(dict.fromkeys(cause for flag in met for cause in flag.innocent)),
        next_steps=tuple(dict.fromkeys(flag.next_step for flag in met)),
        tell=tuple(_tell(families, open_hits)),
        avoid=tuple(_avoid()),
    )


def _tell(families: tuple[str, ...], hits: tuple[FlagHit, ...]) -> Iterator[str]:
    yield _("The person who decides on such cases, and nobody who does not need to know.")
    yield _("Counsel, before anything is asked of or done to anybody.")
    if "device" in families or "network" in families:
        yield _("The security team, to keep logs and devices as they are.")
    if _pays_listed(hits):
        yield _(
            "Who answers for sanctions: payments to a listed wallet may be forbidden and must be reported."
        )
    if "identity" in families:
        yield _("The real owner of an identity that was stolen, as a victim, after counsel agrees.")


def _avoid() -> Iterator[str]:
    yield _(
        "Do not let the person know before somebody has decided: they may be innocent, or destroy evidence."
    )
    yield _("Do not delete, wipe or reassign accounts, logs and devices.")
    yield _("Do not look at origin, name, language, looks or school; nothing here did.")
    yield _(
        "Do not dismiss or turn down anybody because of this list; it holds reasons to look, not findings."
    )
