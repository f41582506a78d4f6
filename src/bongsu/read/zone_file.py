"""Zone files of the DNS, and answers as `dig` prints them, read with dnspython.

Source: RFC 1035 section 5. Other files that a zone file names are not opened.
"""

import re
from collections.abc import Iterable
from typing import Any

from bongsu.model.dns import canonical_name
from bongsu.model.extra import load_extra

_DIRECTIVE = re.compile(r"(?m)^\$(?:ORIGIN|TTL)\b", re.IGNORECASE)
_SOA = re.compile(r"\sSOA\s")

Row = tuple[str, str, str]
"""Name, kind and data of a record, as they are shown."""


def read_zone(text: str, zone: str = "") -> tuple[list[Row], str]:
    """Records, and the name of the zone where it is there whole: where it has an SOA or is named.

    Args:
        text: A zone file, or answers one a line with full names.
        zone: Name of the zone, for a file that does not state it.

    Raises:
        ValueError: When it is neither.
        MissingExtraError: When dnspython is not installed.
    """
    errors = load_extra("dns.exception", "hunt")
    try:
        if zone or _DIRECTIVE.search(text):
            return _whole(text, zone)
        groups = load_extra("dns.zonefile", "hunt").read_rrsets(text, rdclass=None, default_ttl=3600)
    except (errors.DNSException, LookupError, AttributeError) as error:
        raise ValueError(f"{type(error).__name__}: {error}") from error
    return _rows((group.name, group) for group in groups), ""


def _whole(text: str, zone: str) -> tuple[list[Row], str]:
    found = load_extra("dns.zone", "hunt").from_text(
        text, origin=f"{zone}." if zone else None, relativize=False, check_origin=False, allow_include=False
    )
    stated = canonical_name(found.origin.to_text())
    rows = _rows((name, group) for name, node in found.items() for group in node)
    return rows, stated if zone or _SOA.search(text) else ""


def _rows(groups: Iterable[tuple[Any, Any]]) -> list[Row]:
    to_text = load_extra("dns.rdatatype", "hunt").to_text
    return [(name.to_text(), to_text(group.rdtype), one.to_text()) for name, group in groups for one in group]
