"""Red flags from their fact files; a rule that reads what must never be scored is refused."""

from functools import cache

from bongsu.facts.document import DATA, Document, Fields, read_documents
from bongsu.model.event import EVENT_THINGS
from bongsu.model.red_flag import CHECKS, FAMILIES, FLAG_STRENGTHS, RedFlag
from bongsu.model.text import _

PHASES = ("apply", "interview", "onboard", "employed", "payment", "network")


def load_red_flags() -> dict[str, RedFlag]:
    """Shipped red flags by id.

    Raises:
        FactsError: When a rule reads an excluded signal, or a key is missing or wrong.
    """
    return dict(_shipped())


def load_excluded() -> dict[str, tuple[str, ...]]:
    """What must never be scored: field, in words as columns are named, to the group it belongs to."""
    return dict(_excluded())


def excluded_of(document: Document) -> dict[str, str]:
    """Fields of one file of excluded signals, each with the reason; a line is a field."""
    return {
        field: part.text("why")
        for part in document.body.parts("signals")
        for field, _rest in part.table("fields")
    }


def red_flags_of(document: Document, excluded: frozenset[str] | None = None) -> list[RedFlag]:
    """Red flags of one fact file, all of the family that the file is named after.

    Args:
        document: File of a family.
        excluded: Fields that no rule may read; those that ship if not given.

    Raises:
        FactsError: When a rule reads an excluded signal, or a key is missing or wrong.
    """
    never = frozenset(load_excluded()) if excluded is None else excluded
    return [_red_flag(document, part, never) for part in document.body.parts("flags")]


def _red_flag(document: Document, part: Fields, never: frozenset[str]) -> RedFlag:
    if document.slug not in FAMILIES:
        document.body.refuse("", _("is named after no family of red flags"))
    flag = RedFlag(
        id=part.text("id"),
        title=part.text("title"),
        family=document.slug,
        phase=part.choice("phase", PHASES),
        check=part.choice("check", CHECKS),
        strength=part.choice("strength", FLAG_STRENGTHS),
        expiry_days=part.whole("expiry_days"),
        reads=part.texts("reads"),
        detector=part.text("detector", ""),
        innocent=part.texts("innocent"),
        next_step=part.text("next_step"),
        sources=part.texts("sources"),
    )
    for read in flag.reads:
        if read in never:
            why = _("reads {field}, which must never be scored: origin, looks and speech prove nothing")
            part.refuse("reads", why.format(field=read))
        if flag.detector and read not in EVENT_THINGS:
            part.refuse("reads", _("has {field}, which no event states").format(field=read))
    if not flag.innocent or not flag.sources or not flag.reads:
        part.refuse("", _("must say what it reads, what explains it innocently, and who published it"))
    return flag


@cache
def _shipped() -> dict[str, RedFlag]:
    return {flag.id: flag for document in read_documents("red_flags") for flag in red_flags_of(document)}


@cache
def _excluded() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for document in read_documents("excluded_signals", DATA):
        for field, why in excluded_of(document).items():
            found[field] = (*found.get(field, ()), why)
    return found
