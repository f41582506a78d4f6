"""Pairs of subjects whose records may be of one person: told to a person, merged into nothing.

Two ways find them. Where there are records enough, Splink learns weights from them
(`bongsu.analyze.linkage`). Whatever their number, names that are alike are weighed together with things that
both state and few others do (`weigh_stated`), with weights that are fixed and said here. In both, a name
alone makes no pair: it is needed and never enough. No red flag, score or network reads a pair, so exchanging
names moves none of them.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import NamedTuple

import pyarrow as pa

from bongsu.analyze.linkage import link_people
from bongsu.analyze.name_match import NAME_THRESHOLD, name_likeness, name_words
from bongsu.model.ports import LinkEngine
from bongsu.model.text import _

METHOD = "same-person@1"
LEAST_PROBABILITY = 0.89
"""Odds of eight to one, as the three bits from which `linkage` links."""
MOST_SHARING = 25
"""Subjects that a thing puts side by side at most; it is nobody's own beyond."""
MOST_RECORDS = 100_000
"""Records above which likeness is not looked at."""
MOST_PAIRS = 200_000
"""Pairs that are weighed at most."""
PRIOR_BITS = -7.0
"""Before anything is known: one in 128 of those who are put side by side is one person."""
NAME_BITS = 7.0
"""Alike names; one bit less with each doubling of the subjects who are called so."""
BIRTH_BITS, OTHER_BIRTH_BITS = 10.0, -8.0
STATED_BITS = {
    "email": 9.0,
    "handle": 9.0,
    "phone": 8.0,
    "iban": 7.0,
    "bank_account": 7.0,
    "emoney": 7.0,
    "wallet": 7.0,
    "postal_address": 5.0,
}
"""What stating one and the same thing is worth; less where families share it."""
Thing = tuple[str, str]


class Known(NamedTuple):
    """What all records of one subject state."""

    subject: str
    names: frozenset[str]
    births: frozenset[str]
    things: frozenset[Thing]


class Candidate(NamedTuple):
    """Two subjects who may be one person."""

    left: str
    right: str
    probability: float
    """That the two are one person, if the weights hold; of no other thing."""
    basis: tuple[str, ...]
    why: tuple[str, ...]


class Likeness(NamedTuple):
    """Pairs by falling probability, and what was not looked at."""

    candidates: tuple[Candidate, ...] = ()
    records: int = 0
    notes: tuple[str, ...] = ()


def find_same_people(
    records: pa.Table, owners: Mapping[str, str], people: Iterable[Known], engine: LinkEngine
) -> Likeness:
    """Pairs of subjects who may be one person.

    Args:
        records: Schema `bongsu.model.person.PERSON_RECORD`.
        owners: Id of a record to its subject.
        people: What is known of each subject.
        engine: Database for Splink.

    Raises:
        MissingExtraError: When the extra `screen` is not installed.

    Cost: that of `link_people`, and some 20 microseconds a pair that states one thing.
    """
    if records.num_rows > MOST_RECORDS:
        note = _("Likeness was not looked at: {count} records are more than {most}.").format(
            count=records.num_rows, most=MOST_RECORDS
        )
        return Likeness((), records.num_rows, (note,))
    pairs, note = weigh_stated(people)
    linked = link_people(records, engine)
    learned = [_learned(row, owners) for row in linked.links.to_pylist()]
    found = _merged([*pairs, *(one for one in learned if one.left != one.right)])
    notes = note, linked.note if linked.links.num_rows else _unlearned(linked.note)
    return Likeness(found, records.num_rows, tuple(one for one in notes if one))


def _unlearned(note: str) -> str:
    told = _("Too few records state the same to learn weights from: fixed weights were used alone.")
    return told if note else ""


def weigh_stated(people: Iterable[Known]) -> tuple[list[Candidate], str]:
    """Pairs with names that are alike who state one thing, and a note where not all were weighed."""
    known = {one.subject: one for one in people if one.names}
    called = _called(known.values())
    sides = sorted(_side_by_side(known.values()))
    note = ""
    if len(sides) > MOST_PAIRS:
        note = _("Of {count} pairs that state one thing, {most} were compared by name.").format(
            count=len(sides), most=MOST_PAIRS
        )
    weighed = (_weighed(known[a], known[b], called) for a, b in sides[:MOST_PAIRS])
    return [one for one in weighed if one is not None], note


def _called(people: Iterable[Known]) -> dict[tuple[str, ...], int]:
    """Words of a name, in any order, to how many subjects are called so."""
    found: dict[tuple[str, ...], int] = defaultdict(int)
    for one in people:
        for words in {tuple(sorted(name_words(name))) for name in one.names}:
            found[words] += 1
    return found


def _side_by_side(people: Iterable[Known]) -> set[tuple[str, str]]:
    """Pairs of subjects who state one thing or day of birth that few state."""
    having: dict[Thing, list[str]] = defaultdict(list)
    for one in people:
        for thing in (*one.things, *(("birth_date", day) for day in one.births)):
            having[thing].append(one.subject)
    return {
        pair for who in having.values() if len(who) <= MOST_SHARING for pair in combinations(sorted(who), 2)
    }


def _weighed(one: Known, other: Known, called: Mapping[tuple[str, ...], int]) -> Candidate | None:
    """The pair; none where the names differ or the rest says too little."""
    best = max((name_likeness(a, b), a, b) for a in one.names for b in other.names)
    if best[0] < NAME_THRESHOLD:
        return None
    namesakes = max(called[tuple(sorted(name_words(name)))] for name in best[1:])
    bits, basis = PRIOR_BITS + NAME_BITS - math.log2(max(1, namesakes - 1)), ["name"]
    if one.births and other.births:
        same = bool(one.births & other.births)
        bits += BIRTH_BITS if same else OTHER_BIRTH_BITS
        basis += ["birth_date"] if same else []
    shared = {thing for thing, _value in one.things & other.things}
    bits += sum(STATED_BITS[thing] for thing in shared)
    basis += sorted(shared)
    if len(basis) < 2 or probability_of(bits) < LEAST_PROBABILITY:
        return None
    return _candidate((one.subject, other.subject), bits, basis)


def probability_of(bits: float) -> float:
    """Probability of odds in bits."""
    return 1 / (1 + math.exp2(-max(-60.0, min(60.0, bits))))


def _learned(row: Mapping[str, object], owners: Mapping[str, str]) -> Candidate:
    """Pair of a link that Splink weighed; its weight holds the odds before anything is known."""
    pair = owners[str(row["left"])], owners[str(row["right"])]
    return _candidate(pair, float(str(row["weight"])), str(row["basis"]).split(","))


def _candidate(pair: tuple[str, str], bits: float, basis: Iterable[str]) -> Candidate:
    left, right = sorted(pair)
    kept = tuple(basis)
    return Candidate(left, right, round(probability_of(bits), 4), kept, tuple(_reason(one) for one in kept))


def _merged(found: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Each pair once, with the better of its probabilities and all of its reasons."""
    pairs: dict[tuple[str, str], Candidate] = {}
    for one in found:
        seen = pairs.get((one.left, one.right), one)
        pairs[one.left, one.right] = Candidate(
            left=one.left,
            right=one.right,
            probability=max(seen.probability, one.probability),
            basis=tuple(dict.fromkeys(seen.basis + one.basis)),
            why=tuple(dict.fromkeys(seen.why + one.why)),
        )
    return tuple(sorted(pairs.values(), key=lambda one: (-one.probability, one.left, one.right)))


def candidates_of(found: Iterable[Candidate], subject: str) -> Iterator[tuple[str, Candidate]]:
    """Other subject and pair, for each pair that a subject is in."""
    for one in found:
        if subject in (one.left, one.right):
            yield (one.right if one.left == subject else one.left), one


def _reason(basis: str) -> str:
    return {
        "name": _("The names agree, or one is a spelling of the other."),
        "given": _("The given names agree, or one is a spelling of the other."),
        "family": _("The family names agree, or one is a spelling of the other."),
        "birth_date": _("The days of birth agree, but for a digit or two."),
        "postal_code": _("The postal codes agree, but for a sign or two."),
        "place": _("The places agree."),
        "occupation": _("The occupations agree."),
    }.get(basis) or _("Both state one and the same {thing}.").format(thing=basis)
