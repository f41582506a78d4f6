"""Which documented techniques of public samples are found: `python -m bench hunt-samples` writes the page.

A sample of EVTX-ATTACK-SAMPLES states its tactic by its folder, and some state techniques in their names;
one of OTRF Security-Datasets states techniques in its metadata. A sample is found if a detection is met whose
techniques are the stated one, one above or one below it; a sample that states no technique, if one of its
tactic is. This says nothing of how an intruder is found who hides: the samples were made to be seen.
"""

import os
import re
import tarfile
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from bongsu.app.jobs.hunt import hunt_files
from bongsu.app.jobs.hunt_report import run_hunt
from bongsu.app.jobs.hunt_search import Search
from bongsu.app.jobs.hunt_setup import HuntRequest, make_search
from bongsu.app.jobs.rehearse_office import OfficeRequest, make_office_week
from bongsu.model.sighting import Sighting

PAGE = Path(__file__).parent.parent / "docs" / "reference" / "hunt-samples.md"
TACTICS = {
    "TA0001": "initial_access", "TA0002": "execution", "TA0003": "persistence",
    "TA0004": "privilege_escalation", "TA0005": "defense_evasion", "TA0006": "credential_access",
    "TA0007": "discovery", "TA0008": "lateral_movement", "TA0009": "collection", "TA0010": "exfiltration",
    "TA0011": "command_and_control", "TA0040": "impact",
}  # fmt: skip
LOW = ("informational", "low")
NOW_CALLED = {"defense_evasion": {"defense_evasion", "stealth", "defense_impairment"}}
"""ATT&CK divided a tactic in two; rules name the new ones, samples the old."""
REPLACED = {
    "T1003": "T1003", "T1015": "T1546.008", "T1023": "T1547.009", "T1028": "T1021.006",
    "T1031": "T1543.003", "T1035": "T1569.002", "T1050": "T1543.003", "T1053": "T1053.005",
    "T1058": "T1574.011", "T1060": "T1547.001", "T1063": "T1518.001", "T1073": "T1574.002",
    "T1075": "T1550.002", "T1076": "T1021.001", "T1077": "T1021.002", "T1081": "T1552.001",
    "T1084": "T1546.003", "T1085": "T1218.011", "T1086": "T1059.001", "T1088": "T1548.002",
    "T1089": "T1562.001", "T1093": "T1055.012", "T1096": "T1564.004", "T1097": "T1550.003",
    "T1099": "T1070.006", "T1101": "T1547.005", "T1103": "T1546.010", "T1107": "T1070.004",
    "T1117": "T1218.010", "T1118": "T1218.004", "T1121": "T1218.009", "T1122": "T1546.015",
    "T1128": "T1546.007", "T1130": "T1553.004", "T1138": "T1546.011", "T1145": "T1552.004",
    "T1158": "T1564.001", "T1170": "T1218.005", "T1171": "T1557.001", "T1174": "T1556.002",
    "T1175": "T1021.003", "T1177": "T1547.008", "T1178": "T1134.005", "T1179": "T1056.004",
    "T1183": "T1546.012", "T1186": "T1055.013", "T1191": "T1218.003", "T1193": "T1566.001",
    "T1196": "T1218.002", "T1197": "T1197", "T1208": "T1558.003", "T1214": "T1552.002",
    "T1223": "T1218.001",
}  # fmt: skip
"""Ids that ATT&CK gave up when it divided techniques, and what they became (attack.mitre.org)."""
_ID = re.compile(r"T\d{4}(?:\.\d{3})?")


class Sample(NamedTuple):
    """A sample and what it is said to show."""

    name: str
    path: Path
    tactics: tuple[str, ...]
    techniques: tuple[str, ...]


class Outcome(NamedTuple):
    """What was met in a sample."""

    sample: Sample
    found: bool
    met: tuple[str, ...]
    """Techniques of the detections that were met."""
    events: int


def evtx_samples(folder: Path) -> Iterator[Sample]:
    """Samples of EVTX-ATTACK-SAMPLES."""
    for path in sorted(folder.rglob("*.evtx")):
        stated = tuple(sorted({REPLACED.get(one, one) for one in _ID.findall(path.name)}))
        tactic = path.parent.name.lower().replace(" ", "_")
        yield Sample(str(path.relative_to(folder)), path, (tactic,), stated)


def otrf_samples(data: Path, metadata: Path) -> Iterator[Sample]:
    """Samples of OTRF Security-Datasets that are at hand."""
    at_hand = {path.name: path for path in sorted(data.rglob("*.zip"))}
    for note in sorted(metadata.rglob("*.yaml")):
        told = yaml.safe_load(note.read_text(encoding="utf-8"))
        mapped = told.get("attack_mappings") or []
        techniques = tuple(sorted({_technique(one) for one in mapped}))
        tactics = tuple(sorted({TACTICS.get(tactic, tactic) for one in mapped for tactic in one["tactics"]}))
        for file in told.get("files") or []:
            path = at_hand.get(Path(file["link"]).name)
            if path is not None:
                yield Sample(str(path.relative_to(data)), path, tactics, techniques)


def _technique(mapped: dict[str, Any]) -> str:
    below = str(mapped.get("sub-technique") or "")
    return f"{mapped['technique']}.{below}" if below else str(mapped["technique"])


def look_at(sample: Sample, search: Search) -> Outcome:
    """What is met in a sample."""
    hunted = hunt_files(HuntRequest(paths=(sample.path,)), search=search)
    found = hunted.found.sightings
    met = tuple(sorted({name for one in found for name in one.techniques}))
    events = sum(sum(file.searched.events.values()) for file in hunted.files)
    return Outcome(sample, _is_found(sample, found, search), met, events)


def _is_found(sample: Sample, found: list[Sighting], search: Search) -> bool:
    if sample.techniques:
        met = {name.partition(".")[0] for one in found for name in one.techniques}
        return any(name.partition(".")[0] in met for name in sample.techniques)
    tactics = {rule.id: rule.tactics for rule in search.detector.rules}
    wanted = {name for tactic in sample.tactics for name in NOW_CALLED.get(tactic, {tactic})}
    return any(wanted & {*tactics.get(one.rule, ())} for one in found)


def page_of(outcomes: dict[str, list[Outcome]]) -> str:
    """The reference page."""
    lines = [
        "# What is found in public samples",
        "",
        "Written by `python -m bench hunt-samples`; all rules of the public Sigma set and those that ship",
        "are asked. A sample is found if a rule of the technique that it states is met, or one above or",
        "below it; or of its tactic, where it states no technique. The samples were made to be seen.",
        "",
    ]
    for source, found in outcomes.items():
        lines += [f"## {source}", "", *_table(found), "", *_missed(found), ""]
    return "\n".join(lines)


def _table(found: list[Outcome]) -> Iterator[str]:
    total, hit = Counter[str](), Counter[str]()
    for one in found:
        for tactic in one.sample.tactics:
            total[tactic] += 1
            hit[tactic] += one.found
    yield f"{sum(one.found for one in found)} of {len(found)} samples are found."
    yield ""
    yield "| tactic | samples | found | share |"
    yield "|---|---|---|---|"
    for tactic in sorted(total):
        yield f"| {tactic} | {total[tactic]} | {hit[tactic]} | {hit[tactic] / total[tactic]:.0%} |"


def _missed(found: list[Outcome]) -> Iterator[str]:
    yield "Not found, and why:"
    yield ""
    reasons = defaultdict(list)
    for one in found:
        if not one.found:
            reasons[_reason(one)].append(one.sample.name)
    for reason, names in sorted(reasons.items()):
        yield f"- {reason}:"
        yield from (f"  - {name}" for name in names)


def _reason(one: Outcome) -> str:
    if not one.events:
        return "no event could be read"
    stated = ", ".join(one.sample.techniques or one.sample.tactics)
    if not one.met:
        return "no rule of the set is met by any of its events"
    return f"rules are met, none of {stated}; met: {', '.join(one.met[:6])}"


def noise(folder: Path, logs: Path, rules: Path) -> Iterator[str]:
    """Lines of the section on noise: findings above low where nothing was planted."""
    office = folder / "office"
    make_office_week(office, OfficeRequest(people=200, days=7, seed=1))
    yield "## Findings above low where nothing was planted"
    yield ""
    yield "A made week of an office of 200 people (`bongsu rehearse office --people 200 --days 7 --seed 1`),"
    yield "and the logs of a training network (zeek-brimdata), in which people did practice attacks. A"
    yield "finding is a rule, whatever the number of hosts. The week is made by us, so this proves little."
    yield ""
    yield "| logs | events | rules that ship | with all public Sigma rules | which |"
    yield "|---|---|---|---|---|"
    for name, path in (("made week", office), ("zeek-brimdata", logs / "zeek-brimdata")):
        own = run_hunt(HuntRequest(paths=(path,)))
        everything = run_hunt(HuntRequest(paths=(path,), rules=(rules,)))
        titles = "; ".join(one["title"] for one in everything["findings"] if one["level"] not in LOW) or "-"
        counts = [found["summary"]["above_low"] for found in (own, everything)]
        yield f"| {name} | {own['summary']['events']:,} | {counts[0]} | {counts[1]} | {titles} |"


def main() -> None:
    """Nothing; looks at all samples, prints what is found and writes the page."""
    logs = Path(os.environ["BONGSU_TEST_DATA"]).resolve() / "logs"
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for name in ("evtx-attack-samples", "sigma-rules", "otrf-metadata"):
            with tarfile.open(logs / f"{name}.tar.xz") as packed:
                packed.extractall(folder / name, filter="data")
        search = make_search(HuntRequest(paths=(), rules=(folder / "sigma-rules",)))
        evtx = evtx_samples(folder / "evtx-attack-samples")
        otrf = otrf_samples(logs / "otrf", folder / "otrf-metadata")
        outcomes = {
            "EVTX-ATTACK-SAMPLES": [look_at(one, search) for one in evtx],
            "OTRF Security-Datasets": [look_at(one, search) for one in otrf],
        }
        beside = list(noise(folder, logs, folder / "sigma-rules"))
    page = "\n".join([page_of(outcomes), *beside])
    PAGE.write_text(page + "\n", encoding="utf-8")
    print(page[:4000])
