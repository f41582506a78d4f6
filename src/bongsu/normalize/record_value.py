"""Values of records as events state them: identifiers canonical, words in lower case, zones as minutes."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bongsu.model.identifier import IDENTIFIER_KINDS, Canonical
from bongsu.model.text import _
from bongsu.normalize.fault import Fault
from bongsu.normalize.identifier import canonical_identifier

_OFFSET = re.compile(r"(?:UTC|GMT)?\s*([+-])(\d{1,2})(?::?(\d{2}))?", re.IGNORECASE)
_MINUTES = re.compile(r"[+-]?\d{3}")
_WINTER = datetime(2025, 1, 15, tzinfo=UTC)


def canonical_value(thing: str, text: str, namespace: str = "") -> str | Fault:
    """Value of a thing as an event has it, or why it is none."""
    if thing in IDENTIFIER_KINDS:
        found = canonical_identifier(thing, text, namespace)
        return found.value if isinstance(found, Canonical) else found
    if thing == "utc_offset":
        return canonical_offset(text)
    return " ".join(text.casefold().split()) or Fault("empty", _("it is empty"))


def canonical_offset(text: str) -> str | Fault:
    """Minutes east of UTC of an offset or a zone's name, in winter."""
    plain = text.strip()
    if _MINUTES.fullmatch(plain):
        return str(int(plain))
    found = _OFFSET.fullmatch(plain)
    if found is not None:
        minutes = int(found[2]) * 60 + int(found[3] or 0)
        return str(-minutes if found[1] == "-" else minutes)
    try:
        offset = _WINTER.astimezone(ZoneInfo(plain)).utcoffset()
    except (ZoneInfoNotFoundError, ValueError, OSError):
        offset = None
    if offset is None:
        return Fault("bad_zone", _("it is neither an offset from UTC nor a name of a time zone"))
    return str(int(offset.total_seconds()) // 60)
