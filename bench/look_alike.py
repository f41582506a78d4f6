"""`python -m bench.look_alike`: how often host names that look like others are found, and how often wrongly.

Writes docs/reference/look-alikes.md. Positives are chosen by rules that are stated, not by what is found.
"""

import csv
import difflib
import gzip
import hashlib
import json
import random
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from bench.real_data import onchain
from bongsu.analyze.decoy import wilson
from bongsu.analyze.look_alike import LOOK_ALIKE_KINDS, LookAlikes, shipped_institutions, shipped_right
from bongsu.analyze.registrable import host_parts, registered_domain

PAGE = Path(__file__).parent.parent / "docs" / "reference" / "look-alikes.md"
NAMES = Path(__file__).parent / "look_alike_names.txt"
LEAST, NEAR, SEED = 5, 0.8, 20_261_126


class Group(NamedTuple):
    """Hosts, and what was found of them."""

    name: str
    hosts: int
    kinds: Counter[str]

    @property
    def found(self) -> int:
        """Hosts that look like another."""
        return sum(self.kinds.values())


def measure() -> list[Group]:
    """All groups, positives first."""
    finder = LookAlikes(shipped_institutions(), shipped_right())
    hosts, labels = kimsuky_hosts(), listed_labels()
    holding = [host for host in hosts if any(label in host for label in labels)]
    near = [host for host in hosts if is_near(host, labels)]
    return [
        group_of("near a name", near, finder.find),
        *quick_groups(finder, holding),
    ]


def quick_groups(finder: LookAlikes, holding: list[str]) -> list[Group]:
    """Groups but the one that takes long to choose.

    Args:
        finder: Looks for the shipped list.
        holding: Hosts that hold a name of the list.
    """
    seen = resolved_names()
    return [
        group_of(
            "name within, half looked at", [one for one in holding if not is_held_out(one)], finder.find
        ),
        group_of("name within, half held out", [one for one in holding if is_held_out(one)], finder.find),
        group_of("decoy: names that a training network resolved", seen, finder.find),
        group_of("decoy: the same, registered names", {registered_domain(one) for one in seen}, finder.find),
        group_of("decoy: ordinary firms and bodies", ordinary_names(), finder.find),
        group_of("decoy: positives with letters dealt anew", [dealt(one) for one in holding], finder.find),
        left_out(),
    ]


def kimsuky_hosts() -> list[str]:
    """Host names that sources tie to Kimsuky."""
    with (onchain().parent / "espionage" / "indicators.csv").open(newline="") as file:
        rows = csv.DictReader(file)
        return sorted(
            {row["value"].lower() for row in rows if (row["type"], row["cluster"]) == ("domain", "Kimsuky")}
        )


def listed_labels() -> list[str]:
    """Names of listed institutions that are long enough to be no accident."""
    return sorted({label for one in shipped_institutions() if len(label := host_parts(one).label) >= LEAST})


def is_near(host: str, labels: Iterable[str]) -> bool:
    """Whether a piece of a host resembles a name by Ratcliff and Obershelp, and holds none."""
    for piece in host.replace("-", ".").split("."):
        for label in labels:
            if label in host:
                return False
            match = difflib.SequenceMatcher(None, piece, label, autojunk=False)
            if match.real_quick_ratio() >= NEAR and match.quick_ratio() >= NEAR and match.ratio() >= NEAR:
                return True
    return False


def is_held_out(host: str) -> bool:
    """Whether a host is of the half that was not looked at while the rules were chosen."""
    return bool(hashlib.sha256(registered_domain(host).encode()).digest()[-1] % 2)


def resolved_names() -> set[str]:
    """Names in the DNS log of a training network."""
    found = set()
    with gzip.open(onchain().parent / "logs" / "zeek-brimdata" / "dns.json.gz") as file:
        for line in file:
            row = json.loads(line)
            found.update(one.lower() for one in (row.get("query", ""), *(row.get("answers") or ())))
    return {one for one in found if host_parts(one).registered}


def ordinary_names() -> list[str]:
    """Names that were written down before they were run."""
    return [line for line in NAMES.read_text().splitlines() if line and not line.startswith("#")]


def dealt(host: str) -> str:
    """The host with the letters of its labels dealt anew, its suffix kept."""
    parts = host_parts(host)
    letters = [one for one in f"{parts.below}.{parts.label}".strip(".") if one not in ".-"]
    random.Random(f"{SEED} {host}").shuffle(letters)
    shown = "".join(
        one if one in ".-" else letters.pop() for one in f"{parts.below}.{parts.label}".strip(".")
    )
    return f"{shown}.{parts.suffix}"


def left_out() -> Group:
    """Each listed institution, looked at by a list that lacks it."""
    listed, kinds = shipped_institutions(), Counter[str]()
    for domain in listed:
        others = {one: plain for one, plain in listed.items() if one != domain}
        if found := LookAlikes(others).find(domain):
            kinds[found.kind] += 1
    return Group("decoy: each listed body, by the rest of the list", len(listed), kinds)


def group_of(name: str, hosts: Iterable[str], find: Callable) -> Group:  # type: ignore[type-arg]
    """What is found of hosts."""
    asked = list(hosts)
    return Group(name, len(asked), Counter(one.kind for host in asked if (one := find(host))))


def page(groups: list[Group]) -> str:
    """Text of the reference page."""
    kinds = list(LOOK_ALIKE_KINDS)
    rows = [row_of(one) for one in groups]
    without = [one for one in groups if one.name.startswith("name within")]
    sure = "; ".join(f"{one.name}: {share(one.found - one.kinds['inside'], one.hosts)}" for one in without)
    return TEXT.format(
        head=" | ".join(kinds), line="|".join(["--:"] * len(kinds)), rows="\n".join(rows), sure=sure,
        least=LEAST, near=NEAR, listed=len(shipped_institutions()),
    )  # fmt: skip


def row_of(group: Group) -> str:
    """Row of a group in the page."""
    kinds = " | ".join(f"{group.kinds[kind]:,}" for kind in LOOK_ALIKE_KINDS)
    return (
        f"| {group.name} | {group.hosts:,} | {group.found:,} | {share(group.found, group.hosts)} | {kinds} |"
    )


def share(part: int, whole: int) -> str:
    """Share in percent with its interval at 95 %."""
    interval = wilson(part, whole)
    return f"{part / whole:.1%} ({interval.low:.1%} to {interval.high:.1%})"


TEXT = """# Look-alike domains: how often they are found

<!-- Written by `python -m bench.look_alike`; do not edit. -->

A host name is compared with a list: your own domains, your correspondents, and the {listed} Korean and
foreign bodies that ship as an example (`institutions/korea`). A look-alike is a lead and no proof.

| kind | what it means | confidence |
|---|---|--:|
| within | a whole listed domain stands before the name that is registered | 80 |
| letters | a piece looks like a listed name: other scripts, digits, `rn` for `m`, runs of a letter | 75 |
| word | a listed name stands beside a word of a lure, or alone in a name of another | 65 |
| joined | a listed name and a word of a lure are written as one | 60 |
| slip | the registered label is one letter off (two from nine letters on) | 55 |
| suffix | the listed name is registered under another suffix | 45 |
| inside | a listed name stands within other letters | 40 |

Names that are words which others rightly use (`korea`, `police`, `sejong`) count beside a word of a lure
only. In mail `inside` is no reason. Intervals are Wilson's at 95 %.

| hosts | number | found | share | {head} |
|---|--:|--:|--:|{line}|
{rows}

- *Positives* are hosts that sources tie to Kimsuky. *Name within*: the host holds, anywhere, the name of a
  listed body of {least} letters or more. *Near*: a piece of it resembles such a name (Ratcliff and Obershelp,
  at least {near}) and holds none: many of those imitate somebody else, or nobody. Both rules were written
  down before anything was run. Hosts were split in halves by a hash of the registered name; misses of one
  half were looked at, and `inside` was added; those of the other were not.
- `inside` finds *name within* by what it is, so that is no measure of it. Without it: {sure}.
- *Decoys* that were resolved are of a training network in the United States, with few Korean names: they say
  little of a Korean one. *Ordinary firms and bodies* were written down before they were run; some rightly
  hold a listed name, and of those the finder is wrong: list the domains that are right.

```console
$ python -m bench.look_alike
```
"""


def main() -> None:
    """Nothing; measures, prints the page and writes it."""
    text = page(measure())
    PAGE.write_text(text)
    print(text)


if __name__ == "__main__":
    main()
