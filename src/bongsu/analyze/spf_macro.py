"""Macros of SPF records: parts of an envelope that a record puts into a name. Source: RFC 7208 section 7."""

import ipaddress
import re
from typing import NamedTuple

_MACRO = re.compile(r"%(?:([%_-])|\{([slodiphcrtv])(\d{0,3})(r?)([.+,/_=-]*)\})", re.IGNORECASE)
_PLAIN = {"%": "%", "_": " ", "-": "%20"}


class SpfQuery(NamedTuple):
    """Who sent what."""

    ip: str
    """Address that the mail came from."""
    domain: str
    """Domain of the envelope's sender, or the name of the greeting where there is none."""
    sender: str = ""
    """Envelope's sender."""
    helo: str = ""


def expand(text: str, query: SpfQuery, domain: str) -> str | None:
    """The text with its macros filled in; None where one needs what is not known.

    Args:
        text: Domain as a record has it.
        query: Who sent what.
        domain: Domain whose record it is.
    """
    unknown = False

    def filled(met: re.Match[str]) -> str:
        nonlocal unknown
        if met[1]:
            return _PLAIN[met[1]]
        value = _value(met[2].lower(), query, domain)
        unknown = unknown or value is None
        parts = re.split(f"[{re.escape(met[5] or '.')}]", value or "")
        parts = parts[::-1] if met[4] else parts
        return ".".join(parts[-int(met[3]) :] if met[3] and int(met[3]) else parts)

    found = _MACRO.sub(filled, text)
    return None if unknown or "%{" in found else found.lower().rstrip(".")


def _value(letter: str, query: SpfQuery, domain: str) -> str | None:
    """Value of a macro; of `p`, the name behind the address, nothing is saved."""
    ip = ipaddress.ip_address(query.ip)
    sender = query.sender or f"postmaster@{query.domain}"
    local, _at, host = sender.rpartition("@")
    values = {
        "s": sender,
        "l": local or "postmaster",
        "o": host,
        "d": domain,
        "i": str(ip) if ip.version == 4 else ".".join(ip.exploded.replace(":", "")),
        "h": query.helo or None,
        "v": "in-addr" if ip.version == 4 else "ip6",
    }
    return values.get(letter)
