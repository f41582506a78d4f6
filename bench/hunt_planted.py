"""The real indicators planted in ten million events among decoys: what is met, missed and wrong, how fast.

    BONGSU_TEST_DATA=../shared/data python -m bench.hunt_planted [EVENTS]

First come counts of the real tables by kind and why rows are refused. A planted test measures the matcher,
not whether an intrusion would be found.
"""

import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
from tests.data.indicator_case import read_all
from tests.data.planted_case import MEANING, plantings, ready, score_block, windows_block

from bench.clock import peak_bytes
from bongsu.analyze.indicator_match import match_block
from bongsu.analyze.indicator_tally import IndicatorTally
from bongsu.analyze.package_match import match_packages
from bongsu.facts.log_field import load_log_fields
from bongsu.normalize.indicator import IndicatorMaker
from bongsu.normalize.warning_list import WarningLists
from bongsu.read import indicator_csv, packages_csv
from bongsu.rehearse.planted_log import planted_blocks

EVENTS = 10_000_000
BLOCK = 200_000


def count_rows(folder: Path) -> Iterator[tuple[str, str]]:
    """Rows of the real tables: how many load, of which kind and scope, and why others do not."""
    for reader, name in ((indicator_csv, "indicators.csv"), (packages_csv, "packages.csv")):
        rows, unread = read_all(reader, folder / name)
        found = IndicatorMaker(WarningLists()).make(rows)
        refused = Counter(pa.concat_tables([unread, found.rejects])["rule"].to_pylist())
        yield (
            name,
            f"{rows.num_rows:,} rows, {found.indicators.num_rows:,} load, refused: {dict(refused) or 'none'}",
        )
        for (kind, scope), count in sorted(Counter(
            zip(*(found.indicators[part].to_pylist() for part in ("kind", "scope")), strict=True)
        ).items()):  # fmt: skip
            yield f"  {kind}, {scope}", f"{count:,}"
        yield "  disputed or benign", f"{sum(map(bool, found.indicators['disputed'].to_pylist())):,}"


def measure_planted(folder: Path, events: int) -> Iterator[tuple[str, str]]:
    """What was planted, met, missed and wrongly met, and how long the matching took."""
    indicators, index = ready(folder)
    tally = IndicatorTally(index)
    planted = missed = wrong = seen = 0
    spent = 0.0
    streams = list(plantings(indicators))
    for number, (what, rows) in enumerate(streams):
        planted += len(rows)
        for one in planted_blocks(what, events // len(streams), block_rows=BLOCK, seed=number):
            start = time.process_time()
            found = match_block(one.block, MEANING, index) + match_packages(one.block, index)
            tally.add(one.block, MEANING, found, "planted")
            spent += time.process_time() - start
            seen += one.block.rows
            lost, other = score_block(index, found, one, rows)
            missed, wrong = missed + len(lost), wrong + len(other)
    sightings = list(tally.sightings())
    disputed = {row["value"] for row in indicators.to_pylist() if row["disputed"]}
    alerts = [one for one in sightings if one.alert]
    bad = [one for one in alerts if one.rule.partition(" ")[2] in disputed]
    yield "events", f"{seen:,}"
    yield "planted", f"{planted:,}: {planted - missed:,} met, {missed:,} missed"
    yield "met that was not planted", f"{wrong:,}"
    yield "sightings", f"{len(sightings):,}: {len(alerts):,} alert, {len(bad)} of them disputed"
    yield "matching", f"{seen / spent:,.0f} events/s of processor time"
    yield "peak memory", f"{peak_bytes() / 2**20:,.0f} MiB, planting and scoring too"


def measure_windows(folder: Path, logs: Path) -> Iterator[tuple[str, str]]:
    """What Windows logs of other attackers meet: whatever it is, it is a false alarm."""
    _indicators, index = ready(folder)
    meaning, tally, seen = load_log_fields("windows"), IndicatorTally(index), 0
    for path in sorted((logs / "otrf").rglob("*.zip")):
        block = windows_block(path, meaning)
        seen += block.rows
        tally.add(block, meaning, match_block(block, meaning, index), path.name)
    sightings = list(tally.sightings())
    yield (
        "Windows events of others",
        f"{seen:,}: {len(sightings)} sightings, {sum(one.alert for one in sightings)} alert",
    )


def main() -> None:
    """Nothing; prints what was measured."""
    folder = Path(os.environ["BONGSU_TEST_DATA"]).resolve() / "espionage"
    for name, value in count_rows(folder):
        print(f"{name:<28}{value}")
    for name, value in measure_planted(folder, int(float(sys.argv[1])) if len(sys.argv) > 1 else EVENTS):
        print(f"{name:<28}{value}", flush=True)
    for name, value in measure_windows(folder, folder.parent / "logs"):
        print(f"{name:<28}{value}")


if __name__ == "__main__":
    main()
