"""Which indicators are no sign of anything by themselves: shipped warning lists and a user's own."""

import ipaddress
import re
from bisect import bisect_right
from collections.abc import Iterable

from bongsu.facts.warning_list import Warned, load_warnings
from bongsu.model.text import _
from bongsu.normalize.fault import Fault
from bongsu.normalize.indicator_value import HASH_LENGTHS, Known, canonical_indicator
from bongsu.normalize.public_suffix import is_private_suffix_below

_Net = ipaddress.IPv4Network | ipaddress.IPv6Network
_LEAST_LETTERS = 6
"""Letters and digits of a path, besides words that many sites have, that make it more than a guess."""
_LEAST_FIXED = 12
"""Letters and digits that a pattern of file names must ask for as they are."""


class WarningLists:
    """Values that are warned of, and why."""

    def __init__(self, more: Iterable[Warned] = ()) -> None:
        self._hosts: dict[str, tuple[str, str]] = {}
        self._below: dict[str, str] = {}
        self._hashes: dict[str, str] = {}
        self._words: set[str] = set()
        self._nets: list[tuple[int, int, int, str]] = []
        for one in (*load_warnings(), *more):
            self._add(one)
        self._nets.sort()

    def _add(self, one: Warned) -> None:
        if one.kind == "host":
            self._hosts[one.value] = (one.effect, one.reason)
        elif one.kind == "below":
            self._below[one.value] = one.reason
        elif one.kind == "hash":
            self._hashes[one.value] = one.reason
        elif one.kind == "word":
            self._words.add(one.value)
        else:
            net = ipaddress.ip_network(one.value, strict=False)
            first, last = int(net.network_address), int(net.broadcast_address)
            self._nets.append((net.version, first, last, one.reason))

    def benign(self, known: Known) -> str:
        """Why the value says nothing by itself; empty where no list has it."""
        if known.kind in {"ipv4", "ipv6", "cidr"}:
            return self._benign_net(known.value)
        if known.kind in HASH_LENGTHS.values():
            return self._hashes.get(known.value, "")
        if known.kind == "domain":
            return self._benign_host(known.value)
        if known.kind == "url" and not re.search(r"[/?]", known.value):
            return self._benign_host(known.value)  # a URL that is nothing but a host
        return ""

    def scope(self, known: Known, note: str) -> str:
        """What matches the value: one of MATCH_SCOPES."""
        if known.kind == "file_name_regex":
            return "exact" if _fixed_letters(known.value) >= _LEAST_FIXED else "weak"
        if known.kind == "url_path":
            return "parents" if self._own_letters(known.value) >= _LEAST_LETTERS else "weak"
        if known.kind == "cidr":
            return "parents"
        if known.kind not in {"domain", "url"}:
            return "exact"
        told = note.startswith(("popular:", "popular-host:", "shared-host:"))
        host = host_of(known.value) if known.kind == "url" else known.value
        return "exact" if told or self._crowded(host) else "parents"

    def _benign_host(self, host: str) -> str:
        effect, reason = self._hosts.get(host, ("", ""))
        if effect:
            return reason
        return next((self._below[name] for name in _upward(host) if name in self._below), "")

    def _benign_net(self, text: str) -> str:
        net = ipaddress.ip_network(text)
        first, last = int(net.network_address), int(net.broadcast_address)
        place = bisect_right(self._nets, (net.version, first, 1 << 128, ""))
        for version, low, high, reason in reversed(self._nets[:place]):
            if version == net.version and low <= first and last <= high:
                return reason
        return ""

    def _crowded(self, host: str) -> bool:
        """Whether strangers have hosts beside this one, or everybody uses it."""
        return host in self._hosts or is_private_suffix_below(host) or self._is_shared(host)

    def _is_shared(self, host: str) -> bool:
        return any(self._hosts.get(name, ("",))[0] == "shared" for name in _upward(host))

    def _own_letters(self, path: str) -> int:
        words = re.split(r"[^A-Za-z0-9]+", path)
        return sum(len(word) for word in words if word.lower() not in self._words)


def host_of(url: str) -> str:
    """Host of a canonical URL, without its port."""
    authority = re.split(r"[/?]", url, maxsplit=1)[0]
    return authority[1:].partition("]")[0] if authority.startswith("[") else authority.partition(":")[0]


def warned_of(rows: Iterable[tuple[str, str]], reason: str) -> list[Warned]:
    """What a user's own list warns of: pairs of a word for the kind, or nothing, and a value.

    Values that are no host, address or hash are left out: nothing would be compared with them.
    """
    found = []
    for word, value in rows:
        known = _below_or_known(word, value)
        if known is not None:
            found.append(Warned(known.kind, known.value, "benign", reason or _("it is on your warning list")))
    return found


def _below_or_known(word: str, value: str) -> Known | None:
    text = value.strip()
    if text.startswith("."):
        return Known("below", text.strip(".").lower())
    known = canonical_indicator(word, text)
    if isinstance(known, Fault):
        # Lists name public suffixes and single labels, which are no indicators but may be warned of.
        return Known("host", text.lower()) if known.rule == "public_suffix" else None
    kinds = {"domain": "host", "ipv4": "net", "ipv6": "net", "cidr": "net"} | dict.fromkeys(
        HASH_LENGTHS.values(), "hash"
    )
    kind = kinds.get(known.kind)
    return None if kind is None else Known(kind, known.value)


def _upward(host: str) -> Iterable[str]:
    """The host and the names above it."""
    while host:
        yield host
        host = host.partition(".")[2]


def _fixed_letters(pattern: str) -> int:
    """Letters and digits that the pattern asks for as they are: neither classes, escapes nor choices."""
    plain = re.sub(r"\(\?[a-z:]+\)?|\[[^\]]*\]|\{[^}]*\}|\\[bBdDsSwW]", "", pattern)
    return sum(letter.isalnum() for letter in re.sub(r"\([^)]*\|[^)]*\)", "", plain))
