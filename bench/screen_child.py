"""`python -m bench.screen_child FOLDER`: screens files of a made company in its own process; prints JSON."""

import dataclasses
import json
import resource
import sys
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from bongsu.analyze.damping import ScreenContext
from bongsu.app.jobs.screen import screen_events
from bongsu.app.jobs.screen_intake import ScreenRequest, read_events
from bongsu.model.event import EVENT


def main(folder: Path) -> None:
    """Nothing; prints seconds, peak memory, hits and who is referred."""
    start = time.perf_counter()
    request = ScreenRequest(files=(folder / "entra.parquet",))
    events, (count,) = read_events(request, lambda path, rows: None)
    read = time.perf_counter()
    records = pq.read_table(folder / "records.parquet").cast(EVENT)
    listed = {
        (thing, value): source for thing, value, source in json.loads((folder / "listed.json").read_text())
    }
    found = screen_events(pa.concat_tables([events, records]), ScreenContext(listed=listed))
    end = time.perf_counter()
    report = {
        "events": found.records.size,
        "rejects": sum(count.rejects.values()),
        "read": read - start,
        "screen": end - read,
        "processor": time.process_time(),
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        "referred": [one.subject for one in found.referrals],
        "hits": [dataclasses.asdict(hit) for hit in found.hits],
        "clusters": [list(one.people) for one in found.clusters if one.firm],
    }
    print(json.dumps(report))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
