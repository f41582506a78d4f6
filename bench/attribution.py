"""How often an attribution is wrong: `python -m bench.attribution`, seeded, on published sets and indicators.

Labels of indicators are the sources' own, so this measures the scheme, not whether the sources are right.
"""

import csv
import os
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from tarfile import open as open_tar
from typing import NamedTuple

import yaml

from bongsu.analyze.actor import resolve_actor
from bongsu.analyze.attribution import BANDS, Verdict, attribute
from bongsu.analyze.attribution_technique import published_sets
from bongsu.facts.group import load_groups
from bongsu.facts.technique import load_techniques
from bongsu.model.evidence import Evidence
from bongsu.model.sighting import Sighting

SEED = 20261126
ROUNDS = 1000
LARGE = 25
"""Techniques that a published set must have to be drawn from."""


class Outcome(NamedTuple):
    """What came out of many rounds of one kind."""

    name: str
    rounds: int
    right: int
    """The best named cluster is the one that was drawn from, or stated to overlap with it."""
    wrong: Counter[str]
    """Band of the best named cluster where it is another."""
    untold: int
    """Nobody was named, or two that have nothing to do with each other."""


def sighting(
    rule: str, labels: Iterable[str] = (), techniques: Iterable[str] = (), place: int = 0
) -> Sighting:
    """A made alert."""
    return Sighting(
        kind="indicator" if labels else "detection", rule=rule, title=rule, level="high", alert=True,
        field="", value=rule, host="", user="", first=None, last=None, count=1,
        techniques=tuple(techniques), clusters=tuple(labels), confidence=50, why=(), innocent=(),
        next_steps=(), source="made up",
        evidence=(Evidence(sha256="0" * 64, locator=str(place), what="made up"),),
    )  # fmt: skip


def judge(name: str, rounds: Iterable[tuple[frozenset[str], Verdict]]) -> Outcome:
    """Outcome of rounds, each the clusters that would be right and the verdict."""
    right, untold, count = 0, 0, 0
    wrong: Counter[str] = Counter()
    groups = load_groups()
    for truth, verdict in rounds:
        count += 1
        if verdict.cannot_tell:
            untold += 1
            continue
        best = verdict.attributions[0]
        if best.cluster in truth or truth & set(groups[best.cluster].overlaps):
            right += 1
        else:
            wrong[best.band] += 1
    return Outcome(name, count, right, wrong, untold)


def technique_rounds(size: int, luck: random.Random) -> Iterator[tuple[frozenset[str], Verdict]]:
    """Techniques of one cluster's published set and nothing else."""
    sets = {one: found for one, found in published_sets().items() if len(found) >= LARGE}
    for _round in range(ROUNDS):
        name = luck.choice(sorted(sets))
        drawn = luck.sample(sorted(sets[name]), size)
        yield frozenset({name}), attribute([sighting("rule", techniques=drawn)])


def mixture_rounds(size: int, luck: random.Random) -> Iterator[tuple[frozenset[str], Verdict]]:
    """Half of the techniques of each of two clusters: either is right, a third is wrong."""
    sets = {one: found for one, found in published_sets().items() if len(found) >= LARGE}
    for _round in range(ROUNDS):
        pair = luck.sample(sorted(sets), 2)
        drawn = [t for name in pair for t in luck.sample(sorted(sets[name]), size // 2)]
        yield frozenset(pair), attribute([sighting("rule", techniques=drawn)])


def chance_rounds(size: int, luck: random.Random) -> Iterator[tuple[frozenset[str], Verdict]]:
    """Techniques as often as groups outside the DPRK use them: whoever is named is wrong."""
    known = [one for one in load_techniques().values() if one.groups]
    for _round in range(ROUNDS):
        drawn = luck.choices([one.id for one in known], [one.groups for one in known], k=size)
        yield frozenset(), attribute([sighting("rule", techniques=drawn)])


def red_team_sets(folder: Path) -> dict[str, set[str]]:
    """Techniques of each data set of OTRF, none of which is of the DPRK."""
    found: dict[str, set[str]] = {}
    with open_tar(folder / "logs" / "otrf-metadata.tar.xz") as tar:
        for member in tar:
            file = tar.extractfile(member) if member.name.endswith(".yaml") else None
            if file is None:
                continue
            stated = yaml.safe_load(file.read()) or {}
            for one in stated.get("attack_mappings") or []:
                sub = one.get("sub-technique")
                name = f"{one['technique']}.{sub}" if sub else str(one["technique"])
                found.setdefault(member.name, set()).add(name)
    return found


def red_team_rounds(
    folder: Path, together: int, luck: random.Random
) -> Iterator[tuple[frozenset[str], Verdict]]:
    """Red-team data sets, so many at once: whoever is named is wrong."""
    sets = red_team_sets(folder)
    names = sorted(sets)
    for number in range(len(names) if together == 1 else ROUNDS):
        chosen = [names[number]] if together == 1 else luck.sample(names, together)
        drawn = frozenset().union(*(sets[one] for one in chosen))
        yield frozenset(), attribute([sighting("rule", techniques=drawn)])


class Listed(NamedTuple):
    """A row of the collected indicators."""

    rule: str
    label: str
    clusters: frozenset[str]


def listed_indicators(folder: Path) -> dict[str, list[Listed]]:
    """Rows by label, of labels that name a cluster."""
    found = defaultdict(list)
    with (folder / "espionage" / "indicators.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            clusters = resolve_actor(row["cluster"]).clusters
            if clusters and not row["note"]:
                publisher = row["source"].partition("/")[0]
                label = f"{publisher}: {row['cluster']}"
                found[row["cluster"]].append(Listed(f"{row['type']} {row['value']}", label, clusters))
    return dict(found)


def indicator_rounds(
    folder: Path, mix: tuple[int, int], luck: random.Random
) -> Iterator[tuple[frozenset[str], Verdict]]:
    """Some listed indicators of one label with some of another beside it, and ten techniques of anybody.

    Where there are as many of either, both were met and either is right.

    Args:
        folder: Test data.
        mix: Indicators of the one label, and of another.
        luck: Source of chance.
    """
    listed = listed_indicators(folder)
    known = [one for one in load_techniques().values() if one.groups]
    for _round in range(ROUNDS):
        one, other = luck.sample(sorted(listed), 2)
        met = [*luck.sample(listed[one], min(mix[0], len(listed[one]))), *luck.sample(listed[other], mix[1])]
        drawn = luck.choices([t.id for t in known], [t.groups for t in known], k=10)
        seen = [sighting(row.rule, [row.label], place=place) for place, row in enumerate(met)]
        truth = met[0].clusters | (met[-1].clusters if mix[0] == mix[1] else frozenset())
        yield truth, attribute([*seen, sighting("rule", techniques=drawn)])


def measure(folder: Path | None) -> Iterator[Outcome]:
    """All outcomes; those that need the test data only where it is."""
    luck = random.Random(SEED)
    for size in (5, 10, 20):
        yield judge(f"{size} techniques of one cluster", technique_rounds(size, luck))
    for size in (10, 20):
        yield judge(f"{size} techniques of two clusters mixed", mixture_rounds(size, luck))
    for size in (10, 20, 40):
        yield judge(f"{size} techniques of anybody", chance_rounds(size, luck))
    if folder is None:
        return
    for together in (1, 5, 10):
        name = f"{together} red-team data sets of OTRF at once"
        yield judge(name, red_team_rounds(folder, together, luck))
    for mix in ((1, 0), (3, 0), (6, 0), (6, 1), (6, 3), (4, 4)):
        name = f"{mix[0]} indicators of a label, {mix[1]} of another"
        yield judge(name, indicator_rounds(folder, mix, luck))


def main() -> None:
    """Nothing; prints a table."""
    stated = os.environ.get("BONGSU_TEST_DATA")
    columns = ("drawn", "rounds", "right", "cannot tell", *(f"wrong {band}" for band in BANDS))
    print("| " + " | ".join(columns) + " |\n|" + "---|" * len(columns))
    for one in measure(Path(stated) if stated else None):
        shares = [one.right, one.untold, *(one.wrong[band] for band in BANDS)]
        cells = [f"{100 * share / one.rounds:.1f} %" for share in shares]
        print("| " + " | ".join([one.name, str(one.rounds), *cells]) + " |")


if __name__ == "__main__":
    main()
