"""Made identities of ordinary people: mail, handles, wallets, devices; the same seed makes the same people.

All names are put together from lists of common words; no one is meant. Many look like others on purpose: the
same mail name at another provider, a handle of one more letter, a handle that anybody could have chosen, the
handle of another person at another platform. None shares a mailbox, a wallet, or a handle at the same
platform with anybody in `near`, but for generic handles.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

_GIVEN_TEXT = """
alex amy anna ben carl chen clara dana david elena emma eric fatima george
hana henry ines ivan jack james jane john julia karen kevin kim laura leo
linda lucas maria mark maya min nina noah olga omar paul peter priya ravi
rosa ryan sara simon sofia tom uma victor wei yuki zoe
"""
GIVEN = tuple(_GIVEN_TEXT.split())
_FAMILY_TEXT = """
adams baker brown chen clark davis diaz evans fischer garcia green hall ito jones
kaya khan kim king lee lopez martin meyer miller moore nguyen novak patel perez
popov rossi sato silva singh smith stone suzuki tanaka taylor torres turner wagner walker
wang weber white wilson wong wright yilmaz young zhang
"""
FAMILY = tuple(_FAMILY_TEXT.split())
WORDS = ("dev", "admin", "test", "web", "user", "crypto", "node", "king", "star", "moon")
PROVIDERS = ("gmail.com", "outlook.com", "yahoo.com", "proton.me", "example.com", "example.org")
PLATFORMS = ("github", "telegram", "x", "npm")
LOOK_ALIKE_SHARE = 0.3
"""Share of people whose mail name or handle looks like somebody's in `near`."""
GENERIC_SHARE = 0.1
"""Share of people with a handle that anybody could have chosen."""
OTHER_PLATFORM = "otherforge"
"""Platform at which some people have the very handle that somebody in `near` has elsewhere."""
_HALF = 0.5
_FIRST_TAG = 36**3


class Near(NamedTuple):
    """Somebody whom ordinary people look like."""

    names: Sequence[str]
    """Mail names and handles."""
    generic: Sequence[str] = ()
    """Handles that anybody could have chosen; ordinary people have the same."""


def make_identities(count: int, *, seed: int, near: Near | None = None) -> pa.Table:
    """Identifiers of so many people as a source would write them: record, kind, namespace, text, name.

    Args:
        count: People; each has a mail address, a handle, a wallet and a device.
        seed: Same seed, same people.
        near: Whom some of them look like.
    """
    luck = np.random.default_rng(seed)
    names = _names(count, luck)
    tags = [_base36(int(n)) for n in luck.permutation(count) + _FIRST_TAG]
    rows: list[dict[str, Any]] = []
    for place in range(count):
        given, family = names[place]
        rows += _person(place, (given, family), tags[place], luck=luck, near=near)
    return pa.Table.from_pylist(rows)


def _names(count: int, luck: np.random.Generator) -> list[tuple[str, str]]:
    given = luck.integers(0, len(GIVEN), count)
    family = luck.integers(0, len(FAMILY), count)
    return [(GIVEN[g], FAMILY[f]) for g, f in zip(given.tolist(), family.tolist(), strict=True)]


def _person(
    place: int, name: tuple[str, str], tag: str, *, luck: np.random.Generator, near: Near | None
) -> list[dict[str, Any]]:
    """Rows of one person; the tag is theirs alone."""
    record, (given, family) = f"ordinary-{place:06d}", name
    provider = PROVIDERS[int(luck.integers(0, len(PROVIDERS)))]
    stated = [("wallet", "eip155:1", "0x" + luck.bytes(20).hex()), ("serial", "", f"SN-{tag}-{place:06d}")]
    if near and near.names and luck.random() < LOOK_ALIKE_SHARE:
        alike = near.names[int(luck.integers(0, len(near.names)))]
        own_host = luck.random() < _HALF
        stated.append(("email", "", f"{alike}@{tag}.example" if own_host else f"{alike}{tag}@{provider}"))
        stated.append(("handle", "npm", f"{alike}{tag}"))
    else:
        platform = PLATFORMS[int(luck.integers(0, len(PLATFORMS)))]
        stated.append(("email", "", f"{given}.{family}.{tag}@{provider}"))
        stated.append(("handle", platform, f"{given}{tag}{family[:3]}"))
    if near and place < len(near.names):
        stated.append(("handle", OTHER_PLATFORM, near.names[place]))
    if luck.random() < GENERIC_SHARE:
        stated.append(("handle", "", _generic(luck, near)))
    return [
        {
            "record": record,
            "kind": kind,
            "namespace": space,
            "text": text,
            "name": f"{given} {family}".title(),
        }
        for kind, space, text in stated
    ]


def _generic(luck: np.random.Generator, near: Near | None) -> str:
    """A handle that anybody could have chosen."""
    if near and near.generic and luck.random() < LOOK_ALIKE_SHARE:
        return near.generic[int(luck.integers(0, len(near.generic)))]
    word = (WORDS + GIVEN)[int(luck.integers(0, len(WORDS) + len(GIVEN)))]
    return f"{word}{int(luck.integers(1, 1000))}"


def _base36(number: int) -> str:
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    text = ""
    while number:
        number, rest = divmod(number, 36)
        text = digits[rest] + text
    return text or "0"
