"""The real indicators, planted among decoys: each is met, only undisputed ones alert, nothing else is."""

import gzip

import pyarrow as pa
import pyarrow.json
import pytest
from tests.data.indicator_case import block_of
from tests.data.planted_case import MEANING, plantings, ready

from bongsu.analyze.indicator_match import match_block
from bongsu.analyze.indicator_tally import IndicatorTally
from bongsu.analyze.package_match import match_packages
from bongsu.facts.log_field import LogField
from bongsu.rehearse.planted_log import planted_blocks

ROWS = 100_000
BLOCK = 20_000


@pytest.fixture(scope="module")
def real(real_data):
    return ready(real_data / "espionage")


def hits_of(part, first):
    """Event, key and text of each hit."""
    for row, key in zip(part.row.tolist(), part.key.tolist(), strict=True):
        yield first + row, key, part.view.values[int(part.view.code[row])].as_py()


@pytest.fixture(scope="module")
def hunted(real):
    """Sightings of 10^5 events and more, and for each stream what was planted and met."""
    indicators, index = real
    tally = IndicatorTally(index)
    streams = []
    for number, (what, rows) in enumerate(plantings(indicators)):
        count = max(ROWS // 8, len(rows))
        met, truth = set(), {}
        for one in planted_blocks(what, count, block_rows=BLOCK, seed=number):
            found = match_block(one.block, MEANING, index) + match_packages(one.block, index)
            tally.add(one.block, MEANING, found)
            first = one.block.locator[0].as_py()
            met |= {hit for part in found for hit in hits_of(part, first)}
            truth |= {first + int(r): rows[int(text)] for r, text in zip(one.row, one.text, strict=True)}
        streams.append((what, met, truth))
    return list(tally.sightings()), streams


def stands_for(index, key, row):
    head = index.of_key(key)[0]
    return (head["kind"], head["namespace"], head["value"].lower()) == (
        row["kind"],
        row["namespace"],
        row["value"].lower(),
    )


def test_every_planted_indicator_is_met(real, hunted):
    _, index = real
    for what, met, truth in hunted[1]:
        by_row = {}
        for row, key, _text in met:
            by_row.setdefault(row, []).append(key)
        missed = [row["value"] for at, row in truth.items()
                  if not any(stands_for(index, key, row) for key in by_row.get(at, ()))]  # fmt: skip
        assert missed == [], what.stream
        assert len(truth) == len(what.planted)


def host_in(text):
    """Host of a URL, a mail address or itself, by hand."""
    host = text.split("://")[-1].split("/")[0].split("?")[0].rpartition("@")[2]
    return host.split(":")[0].lower()


def test_nothing_else_is_hit(real, hunted):
    """A decoy such as `not-a.evil.com` is rightly met by `evil.com`, which another row names."""
    _, index = real
    rightly = 0
    for what, met, truth in hunted[1]:
        for at, key, text in met:
            if at in truth:
                continue
            head = index.of_key(key)[0]
            assert head["kind"] in {"domain", "url_path"}, (what.stream, text, head["value"])
            if head["kind"] == "url_path":  # a decoy of another host
                assert text.split("/", 3)[3].startswith(head["value"][1:])
            else:
                assert f".{host_in(text)}".endswith(f".{head['value']}")
                assert head["scope"] == "parents" or host_in(text) == head["value"]
            rightly += 1
    assert rightly > 0


def test_only_undisputed_ones_alert(real, hunted):
    indicators, _ = real
    disputed = {row["value"] for row in indicators.to_pylist() if row["disputed"]}
    assert len(disputed) == 17
    alerts = [one for one in hunted[0] if one.alert]
    assert {one.rule.partition(" ")[2] for one in alerts} & disputed == set()
    quiet = {one.rule.partition(" ")[2] for one in hunted[0] if not one.alert}
    assert disputed <= quiet


def test_one_address_is_never_more_than_weak(hunted):
    addresses = [one for one in hunted[0] if one.rule.startswith(("ipv4 ", "cidr "))]
    assert len(addresses) >= 600
    assert max(one.confidence for one in addresses) <= 30


def zeek(path, columns):
    with gzip.open(path) as file:
        table = pyarrow.json.read_json(file, read_options=pyarrow.json.ReadOptions(block_size=1 << 24))
    found = {}
    for name in columns:
        if name in table.column_names:
            kept = table[name]
            if pa.types.is_list(kept.type):
                kept = pa.array([" ".join(one) if one else None for one in kept.to_pylist()], pa.string())
            found[name.replace(".", "__")] = [None if one is None else str(one) for one in kept.to_pylist()]
    return block_of(**found)


FIELDS = {
    "query": LogField("query.hostname", "domain"),
    "answers": LogField("answers", "text"),
    "server_name": LogField("tls.sni", "domain"),
    "id.resp_h": LogField("dst_endpoint.ip", "ip"),
    "id.orig_h": LogField("src_endpoint.ip", "ip"),
    "md5": LogField("file.hashes", "hash"),
    "sha1": LogField("file.hashes", "hash"),
    "from": LogField("email.from", "email"),
    "mailfrom": LogField("email.smtp_from", "email"),
    "path": LogField("file.path", "path"),
    "name": LogField("file.path", "path"),
    "message": LogField("message", "text"),
    "msg": LogField("message", "text"),
    "certificate.subject": LogField("", "text"),
}


def test_clean_logs_of_a_training_network_alert_nobody(real, real_data):
    """Popular hosts that a source names are met, and are context only."""
    _, index = real
    tally = IndicatorTally(index)
    events = 0
    for name in ("dns", "ssl", "smtp", "smb_files", "syslog", "x509", "notice"):
        block = zeek(real_data / "logs" / "zeek-brimdata" / f"{name}.json.gz", FIELDS)
        events += block.rows
        tally.add(block, FIELDS, match_block(block, FIELDS, index))
    found = list(tally.sightings())
    assert events > 53_615
    assert [one.rule for one in found if one.alert] == []
    met = {one.rule for one in found}
    assert {"domain www.paypalobjects.com", "domain www.wikipedia.org"} <= met
    assert sum(one.count for one in found) == 38  # of 53,615 questions; all four hosts are disputed
