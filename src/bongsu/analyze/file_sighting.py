"""A rule about files that fits a file, as a sighting: what it is worth, and why."""

import re
from collections.abc import Iterator

from bongsu.analyze.detect_sighting import CONFIDENCE
from bongsu.analyze.sighting import level_place
from bongsu.facts.hunt_step import next_steps_of
from bongsu.model.detection import LEVELS
from bongsu.model.evidence import Evidence
from bongsu.model.file_match import FileMatch
from bongsu.model.sighting import Sighting
from bongsu.model.text import _

LEVEL_NAMES = ("level", "severity")
"""What authors call the level of a rule; without it a rule is worth `medium`, as in Sigma."""
_TECHNIQUE = re.compile(r"(?<![A-Z0-9])T\d{4}(?:[._]\d{3})?(?![0-9])", re.IGNORECASE)
_SAID = ("description", "reference", "hash", "date")
_MOST = 300


def file_sighting(match: FileMatch, source: str, name: str) -> Sighting:
    """Sighting of a rule in one file; its locator is the first place that fits, in bytes.

    Args:
        match: The rule, and where it fits.
        source: File as evidence cites it.
        name: What the file is called.
    """
    meta = {key.lower(): value for key, value in reversed(match.meta)}
    level = next((meta[key].lower() for key in LEVEL_NAMES if meta.get(key, "").lower() in LEVELS), "medium")
    title = _("file rule {rule}: {what}") if meta.get("description") else _("file rule {rule}")
    return Sighting(
        kind="file",
        rule=f"{match.namespace}:{match.rule}",
        title=title.format(rule=match.rule, what=meta.get("description", "")[:_MOST]),
        level=level,
        alert=level_place(level) >= level_place("medium"),
        field=name,
        value=match.shown,
        host="",
        user="",
        first=None,
        last=None,
        count=1,
        techniques=_techniques(match),
        clusters=(),
        confidence=CONFIDENCE[level],
        why=tuple(_why(match, meta, name)),
        innocent=(_("Texts about an attack, other rules and tools of defenders fit such rules too."),),
        next_steps=next_steps_of(()),
        evidence=(Evidence(sha256=source, locator=str(match.offset), what=_what(match)),),
        source=meta.get("author") or match.namespace,
    )


def _what(match: FileMatch) -> str:
    if match.pattern:
        return _("byte of the file where {pattern} stands").format(pattern=match.pattern)
    return _("the file as a whole")


def _why(match: FileMatch, meta: dict[str, str], name: str) -> Iterator[str]:
    if match.pattern:
        said = _("{name} holds {pattern} at byte {offset}: {shown}")
        yield said.format(name=name, pattern=match.pattern, offset=match.offset, shown=match.shown)
    else:
        yield _("{name} fits the rule as a whole.").format(name=name)
    yield _("The rule is {rule} of {file}.").format(rule=match.rule, file=match.namespace)
    if meta.get("author"):
        yield _("Its author is {author}.").format(author=meta["author"][:_MOST])
    if match.tags:
        yield _("Its tags are {tags}.").format(tags=", ".join(match.tags))
    yield from (f"{key}: {meta[key][:_MOST]}" for key in _SAID if meta.get(key))


def _techniques(match: FileMatch) -> tuple[str, ...]:
    """ATT&CK ids in tags and in what the author says; names of rules are not looked at."""
    texts = (*match.tags, *(value for key, value in match.meta if not key.lower().startswith("hash")))
    found = {one.upper().replace("_", ".") for text in texts for one in _TECHNIQUE.findall(text)}
    return tuple(sorted(found))
