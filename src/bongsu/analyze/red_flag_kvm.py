"""Red flag of remote keyboard, video and mouse devices, by what they say of themselves on USB and network.

A device that says it is something else is found by `bongsu.analyze.red_flag_device`.
"""

import re
from collections.abc import Callable, Iterator

from bongsu.analyze.red_flag import Met, Scope
from bongsu.facts.word_table import load_table, load_words
from bongsu.model.text import _

_OUI_SIGNS = 7


def ip_kvm(scope: Scope) -> Iterator[Met]:
    """Hits of laptops with such a device; what hobbyists have too is low."""
    yield from _seen(scope, "usb", "usb", _usb)
    yield from _seen(scope, "neighbor", "mac", _mac)
    yield from _seen(scope, "neighbor", "host_name", _host)


def _seen(scope: Scope, kind: str, thing: str, judge: Callable[[str, str], tuple[str, str]]) -> Iterator[Met]:
    index = scope.index
    pairs, first, _counts = index.pairs(scope.rows(kind, thing), index.value)
    for (subject, value), row in zip(pairs.tolist(), first.tolist(), strict=True):
        text = index.value.texts[value]
        strength, why = judge(text, index.note.texts[index.note.codes[row]])
        if strength:
            yield Met(subject, why.format(value=text), (row,), thing, text, strength=strength)


def _usb(value: str, note: str) -> tuple[str, str]:
    words = load_words("equipment", "ip-kvm", "words")
    plain = re.sub(r"[^a-z0-9]", "", f"{value} {note}".casefold())
    if any(word in plain for word in words):
        return "high", _("USB device {value} names a remote-control device.")
    family = load_table("equipment", "ip-kvm", "usb").get(value[:9], ("",))[0]
    if family == "gadget":
        return "low", _("USB device {value} is what any Linux gadget says it is.")
    return ("high", _("USB device {value} is a remote-control device.")) if family else ("", "")


def _mac(value: str, _note: str) -> tuple[str, str]:
    digits = value.replace(":", "")
    found = load_table("equipment", "ip-kvm", "oui")
    for size in (_OUI_SIGNS, _OUI_SIGNS - 1):
        level = found.get(digits[:size], ("",))[0]
        if level:
            return level, _("A device beside it has the address {value} of a maker of such devices.")
    return "", ""


def _host(value: str, note: str) -> tuple[str, str]:
    titles = load_words("equipment", "ip-kvm", "titles")
    named = value in load_words("equipment", "ip-kvm", "hosts")
    if named or any(title in note.casefold() for title in titles):
        return "high", _("A device beside it announces itself as {value}.")
    return "", ""
