"""What a hunt searched, and every file, event and rule that it did not, with the reason."""

from collections import Counter
from typing import Any

from bongsu.app.jobs.hunt import Hunted
from bongsu.app.jobs.hunt_plan import HuntFile
from bongsu.app.jobs.hunt_rule import Rules
from bongsu.model.text import _

Document = dict[str, Any]


def coverage_document(hunted: Hunted, rules: Rules, indicators: Document | None) -> Document:
    """Files searched, files not searched, streams, and rules asked and not asked."""
    read = [file for file in hunted.files if file.reader]
    streams: Counter[str] = Counter()
    for file in read:
        streams.update(file.searched.events)
    return {
        "files": [_file(file) for file in read],
        "not_searched": _not_searched(hunted),
        "streams": dict(sorted(streams.items())),
        "no_rule": dict(sorted(hunted.found.unruled.items())),
        "rules": _rules(hunted, rules),
        "indicators": indicators,
        "yara": _yara(hunted),
        "notes": _notes(hunted),
    }


def _file(file: HuntFile) -> Document:
    return {
        "name": file.name,
        "sha256": file.sha256,
        "format": file.reader,
        "events": sum(file.searched.events.values()),
        "rejects": dict(sorted(file.searched.rejects.items())),
        "first_rejects": list(file.searched.first_rejects),
    }


def _not_searched(hunted: Hunted) -> list[Document]:
    """Files, and parts of files, that nothing looked into."""
    found = [one._asdict() for one in hunted.not_searched]
    for file in hunted.files:
        if not file.reader:
            asked = _("no known log format fits its content; YARA rules were asked of it, and nothing else")
            why = asked if file.searched.scanned else _("no known log format fits its content")
            found.append({"name": file.name, "why": why})
        elif file.searched.failure:
            found.append({"name": file.name, "why": file.searched.failure})
        elif not sum(file.searched.events.values()):
            found.append({"name": file.name, "why": _("no event could be read in it")})
    return sorted(found, key=lambda one: (one["name"], one["why"]))


def _yara(hunted: Hunted) -> Document | None:
    """Files that YARA rules were asked of, and of which they could not be; None: there were no such rules."""
    if not hunted.found.yara_rules:
        return None
    failed = [(file.name, file.searched.scan_failure) for file in hunted.files if file.searched.scan_failure]
    return {
        "rules": hunted.found.yara_rules,
        "files": sum(file.searched.scanned for file in hunted.files),
        "not_scanned": [{"name": name, "why": why} for name, why in sorted(failed)],
    }


def _notes(hunted: Hunted) -> list[str]:
    """What could not be looked at of what was read, as each watch says it."""
    return [note for watch in hunted.found.watches.values() for note in watch.notes()]


def _rules(hunted: Hunted, rules: Rules) -> Document:
    """Rules by whether some event was held against them; those that were not by their log source."""
    silent = [rule for rule in rules.detections if rule.id not in hunted.found.asked]
    sources = Counter(
        " ".join(one for one in (rule.product, rule.category, rule.service) if one) or "-" for rule in silent
    )
    return {
        "loaded": len(rules.detections),
        "asked": len(rules.detections) - len(silent),
        "not_asked": {
            "why": _("no event of the log source that the rule names was in the files"),
            "by_source": dict(sorted(sources.items())),
            "ids": sorted(rule.id for rule in silent),
        },
        "not_loaded": [message for _place, _kind, message in rules.faults],
    }
