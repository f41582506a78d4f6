"""Addresses of the network: IP and domain. Many share either, so neither is ever strong.

A domain's registrable part is not guessed: without the public suffix list a rule of thumb is wrong too often
(`co.uk`), so hosts are compared as they are, without a leading `www.`.
"""

import ipaddress
import re

from bongsu.facts.word_table import load_words
from bongsu.model.identifier import Canonical
from bongsu.model.text import _
from bongsu.normalize.fault import Fault

_URL = re.compile(r"^[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")


def canonical_ip(text: str) -> Canonical | Fault:
    """IPv4 or IPv6 address in the form of RFC 5952, without port and zone; always weak."""
    written = text.strip()
    if written.startswith("["):
        written = written[1:].partition("]")[0]
    elif written.count(":") == 1:
        written = written.partition(":")[0]
    try:
        address = ipaddress.ip_address(written.partition("%")[0])
    except ValueError:
        return Fault("bad_ip", _("it is no IPv4 or IPv6 address"))
    mapped = getattr(address, "ipv4_mapped", None)
    address = mapped or address
    if not address.is_global or address.is_multicast:
        return Fault("private_ip", _("it is not an address of the public network"))
    return Canonical("ip", str(address), strength="weak", why=_("many people may share an IP address"))


def canonical_domain(text: str) -> Canonical | Fault:
    """Domain of a host name or URL; weak where anyone can have a mailbox there."""
    host = _URL.sub("", text.strip()).partition("/")[0].partition("?")[0].rpartition("@")[2]
    domain = ascii_domain(host.partition(":")[0].removeprefix("www."))
    if isinstance(domain, Fault):
        return domain
    if domain in load_words("identifiers", "mail", "public"):
        return Canonical("domain", domain, strength="weak", why=_("anyone can have a mailbox at this domain"))
    return Canonical("domain", domain, strength="medium", why=_("a domain may belong to a company"))


def ascii_domain(text: str) -> str | Fault:
    """Domain in lower case and ASCII (IDNA), without a final dot."""
    name = text.strip().rstrip(".").lower()
    try:
        name = name.encode("idna").decode() if not name.isascii() else name
    except UnicodeError:
        return Fault("bad_domain", _("it cannot be written as a host name"))
    labels = name.split(".")
    right = all(_LABEL.fullmatch(label) for label in labels) and len(name) <= 253
    if not right or len(labels) < 2 or labels[-1].isdigit():
        return Fault("bad_domain", _("it is no domain"))
    return name
