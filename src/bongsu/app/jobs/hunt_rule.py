"""Rules of a hunt: those that ship and those that a user names, read once and kept."""

from pathlib import Path
from typing import NamedTuple

from bongsu.facts.document import DATA
from bongsu.model.detection import Detection
from bongsu.model.text import _
from bongsu.read.sigma import find_rule_files, read_rules
from bongsu.store.rule_cache import read_cached, rules_key, write_cached

SHIPPED = DATA / "detections"
"""Folder of the rules that the project writes itself."""


class Rules(NamedTuple):
    """Rules to be asked."""

    detections: list[Detection]
    faults: list[tuple[int, str, str]]
    """Rules that are not asked: place in their file, kind of reason, and the reason with the rule's name."""


def load_rules(paths: tuple[Path, ...], *, shipped: bool = True) -> Rules:
    """Rules of files and folders, after those that ship; of two with one id the first is taken.

    Args:
        paths: Sigma rules, or folders of them.
        shipped: Whether the rules that ship are asked too.

    Raises:
        InputError: When a path does not exist.
        MissingExtraError: When the extra `hunt` is not installed.

    Cost: some 2 ms a rule the first time, 20 microseconds after.
    """
    files = find_rule_files(((SHIPPED,) if shipped else ()) + paths)
    read = [(path.name, path.read_bytes()) for path in files]
    key = rules_key(read)
    kept = read_cached(key)
    if kept is None:
        kept = _read_all(read)
        write_cached(key, *kept)
    return Rules(*kept)


def _read_all(files: list[tuple[str, bytes]]) -> tuple[list[Detection], list[tuple[int, str, str]]]:
    found: dict[str, Detection] = {}
    faults = []
    for name, data in files:
        rules, more = read_rules(data, name)
        faults += more
        for place, rule in enumerate(rules, start=1):
            if rule.id in found:
                why = _("{name}, rule {id}: {other} has the same id and is asked instead")
                faults.append(
                    (place, "same_id", why.format(name=name, id=rule.id, other=found[rule.id].file))
                )
            found.setdefault(rule.id, rule)
    return list(found.values()), faults
