"""Red flags of devices that people share, and of devices that cannot be what they say."""

from collections.abc import Iterator

import numpy as np

from bongsu.analyze.event_index import DAY, UNTOLD, Array
from bongsu.analyze.red_flag import Met, Scope
from bongsu.facts.word_table import load_table, load_words
from bongsu.model.text import _

LEAST_LAPTOPS = 3
"""A display or USB device of so many laptops is more than a desk that two share."""
ONE_MODE = "modes=1"
"""Note of a display that offers one resolution only."""
ONE_MODE_DAYS = 60
LEAST_SEEN = 5


def shared_second_factor(scope: Scope) -> Iterator[Met]:
    """Hits of people whose sign-ins one phone or token confirms."""
    for thing in ("phone", "serial"):
        yield from _unweakened(
            scope, "second_factor", thing, _("{value} confirms sign-ins of {count} people.")
        )


def shared_account(scope: Scope) -> Iterator[Met]:
    """Hits of people on whose laptops one personal account was signed in."""
    why = _("The personal account {value} was signed in on laptops of {count} people.")
    yield from scope.sharing("device", "account", why)


def odd_device(scope: Scope) -> Iterator[Met]:
    """Hits of shared displays and USB devices, of receivers that cannot be one, of one-mode displays."""
    yield from _shared_things(scope)
    yield from _receivers(scope)
    yield from _one_mode(scope)


def _unweakened(scope: Scope, kind: str, thing: str, why: str) -> Iterator[Met]:
    """Hits of what is not of a home, so that two people are as good as many."""
    for met in scope.sharing(kind, thing, why):
        yield met._replace(strength=scope.flag.strength)


def _shared_things(scope: Scope) -> Iterator[Met]:
    """A product without a serial is no device, and is not looked at."""
    index = scope.index
    for kind, thing, parts in (("display", "edid", "-"), ("usb", "usb", ":")):
        for one in index.shared(scope.rows(kind, thing), index.value):
            value = index.value.texts[one.value]
            has_serial = len(value.split(":")) > (2 if parts == ":" else 1)
            if has_serial and len(one.subjects) >= LEAST_LAPTOPS and not _is_default(value):
                why = _("Laptops of {count} people have one and the same device {value}.")
                yield from scope.share(thing, value, (one.subjects, one.rows), why)


def _is_default(value: str) -> bool:
    """Whether the serial is one that a maker gives all of its devices."""
    return value.rpartition(":")[2].casefold() in load_words("equipment", "ip-kvm", "words")


def _receivers(scope: Scope) -> Iterator[Met]:
    """A wireless receiver that also is a disk or points absolutely is no receiver."""
    index = scope.index
    receivers = load_table("equipment", "ip-kvm", "receivers")
    never = load_words("equipment", "ip-kvm", "interfaces")
    pairs, first, _counts = index.pairs(scope.rows("usb", "usb"), index.value)
    for (subject, value), row in zip(pairs.tolist(), first.tolist(), strict=True):
        text = index.value.texts[value]
        note = set(index.note.texts[index.note.codes[row]].split())
        if text[:9] in receivers and note & never:
            why = _("USB device {value} says that it is a wireless receiver and is more than that.")
            yield Met(subject, why.format(value=text), (row,), "usb", text)


def _one_mode(scope: Scope) -> Iterator[Met]:
    """A display that only ever offers one resolution, for two months; some projectors do too."""
    index = scope.index
    rows = scope.rows("display", "edid")
    rows = rows[index.time[rows] != UNTOLD]
    subjects = index.subject.codes[rows]
    one = index.note.codes[rows] == index.note.code(ONE_MODE)
    for subject in np.unique(subjects[one]).tolist():
        own: Array = rows[subjects == subject]
        days = int(index.time[own].max() - index.time[own].min()) // DAY
        if bool(one[subjects == subject].all()) and days >= ONE_MODE_DAYS and len(own) >= LEAST_SEEN:
            value = index.value.texts[index.value.codes[own[0]]]
            why = _("The only display {value} has had one mode for {days} days.")
            said = why.format(value=value, days=days)
            yield Met(subject, said, (int(own[0]),), "edid", value, strength="medium")
