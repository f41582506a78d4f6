"""How fast DNS lines are compared with a million domains: the kernel alone, and the analysis of whole blocks.

    python -m bench.hunt_dns

Reading and parsing of the log are not in it. Names are made: `repeating` draws a block's names from 5,000, as
a network of some hundred hosts asks; `distinct` never asks for a name twice, which no network does.
"""

import time
from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from bench.clock import peak_bytes
from bongsu.analyze.indicator_index import IndicatorIndex, build_index, texts_of
from bongsu.analyze.indicator_match import match_block
from bongsu.facts.log_field import LogField
from bongsu.kernel.match import match_hosts
from bongsu.kernel.match_table import find_all
from bongsu.model.indicator import INDICATOR
from bongsu.model.log import LOG_COLUMN, LogBlock, LogStream
from bongsu.model.schema import TIME

DOMAINS = 1_000_000
ROWS = 2_000_000
BLOCK = 200_000
MEANING = {"query": LogField("query.hostname", "domain"), "id.resp_h": LogField("dst_endpoint.ip", "ip")}


def made_index(count: int = DOMAINS) -> IndicatorIndex:
    """Index of so many made domains."""
    numbers = np.arange(count)
    values = pa.array(
        [f"c{n}.made{n % 97_003}.{('com', 'kr', 'net', 'co.kr')[n % 4]}" for n in numbers], pa.string()
    )
    given = {"kind": "domain", "scope": "parents", "cluster": "made", "source": "made", "tlp": "TLP:CLEAR"}
    columns = {name: pa.repeat(given.get(name, ""), count) for name in INDICATOR.names}
    columns |= {"value": values, "confidence": pa.repeat(pa.scalar(50, pa.int8()), count)}
    columns |= {name: pa.nulls(count, TIME) for name in ("first_seen", "last_seen")}
    columns["locator"] = pa.array(numbers, pa.int64())
    return build_index(pa.table([columns[name] for name in INDICATOR.names], schema=INDICATOR))


def made_blocks(rows: int, distinct: bool, *, seed: int = 1) -> Iterator[LogBlock]:
    """Blocks of DNS events; one name of a thousand is an indicator or below one."""
    rng = np.random.default_rng(seed)
    for first in range(0, rows, BLOCK):
        pool = BLOCK if distinct else 5_000
        texts = [f"host{n}.site{n * 7919 % 100_003}.com" for n in range(first, first + pool)]
        for at in rng.choice(pool, pool // 1_000, replace=False).tolist():
            n = int(rng.integers(DOMAINS))
            texts[at] = f"www.c{n}.made{n % 97_003}.{('com', 'kr', 'net', 'co.kr')[n % 4]}"
        code = np.arange(BLOCK) if distinct else rng.integers(0, pool, BLOCK)
        names = pa.DictionaryArray.from_arrays(pa.array(code.astype(np.int32)), pa.array(texts, pa.string()))
        hosts = pa.DictionaryArray.from_arrays(
            pa.array(rng.integers(0, 250, BLOCK).astype(np.int32)),
            pa.array([f"10.1.0.{n}" for n in range(250)]),
        )
        numbers = pa.array(np.arange(first, first + BLOCK))
        columns = {"query": names.cast(LOG_COLUMN), "id.resp_h": hosts.cast(LOG_COLUMN)}
        yield LogBlock(LogStream("zeek", "dns", "dns"), columns, pa.nulls(BLOCK, TIME), numbers)


def measure_dns() -> Iterator[tuple[str, str]]:
    """Names and figures."""
    start = time.process_time()
    index = made_index()
    yield f"index of {DOMAINS:,} domains", f"{time.process_time() - start:.1f} s with making their rows"
    size = sum(part.nbytes for part in index.arrays().values())
    yield "arrays of the index", f"{size / 10**6:.0f} MB"
    for distinct in (False, True):
        name = "distinct" if distinct else "repeating"
        kernel = whole = 0.0
        rows = hits = names = 0
        for number, block in enumerate(made_blocks(ROWS, distinct)):
            texts = texts_of(block.columns["query"].dictionary)
            start = time.process_time()
            find_all(match_hosts, index.tables["host"], texts)
            middle = time.process_time()
            found = match_block(block, MEANING, index)
            if number:  # the first compiles
                kernel, whole = kernel + middle - start, whole + time.process_time() - middle
                rows, names = rows + block.rows, names + len(texts.start)
                hits += sum(len(one.row) for one in found)
        yield f"{name} names: kernel", f"{names / kernel / 10**6:.1f} M names/s of processor time"
        yield (
            f"{name} names: match_block",
            f"{rows / whole / 10**6:.2f} M events/s of processor time, {hits:,} hits",
        )
    yield "peak memory", f"{peak_bytes() / 2**20:,.0f} MiB"


def main() -> None:
    """Nothing; prints what was measured."""
    for name, value in measure_dns():
        print(f"{name:<36}{value}")


if __name__ == "__main__":
    main()
