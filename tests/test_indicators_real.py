"""The real indicators, planted among decoys: each is met, only undisputed ones alert, nothing else is."""

import gzip

import pyarrow as pa
import pyarrow.json
import pytest
from tests.data.indicator_case import block_of
from tests.data.planted_case import MEANING, plantings, ready, score_block, windows_block

from bongsu.analyze.indicator_match import match_block
from bongsu.analyze.indicator_tally import IndicatorTally
from bongsu.analyze.package_match import match_packages
from bongsu.facts.log_field import LogField, load_log_fields
from bongsu.rehearse.planted_log import planted_blocks

ROWS = 100_000
BLOCK = 20_000


@pytest.fixture(scope="module")
def real(real_data):
    return ready(real_data / "espionage")


@pytest.fixture(scope="module")
def hunted(real):
    """Sightings of 10^5 events and more; by stream what was planted, missed and wrongly met."""
    indicators, index = real
    tally = IndicatorTally(index)
    streams = []
    for number, (what, rows) in enumerate(plantings(indicators)):
        missed, wrong = [], []
        for one in planted_blocks(what, max(ROWS // 8, len(rows)), block_rows=BLOCK, seed=number):
            found = match_block(one.block, MEANING, index) + match_packages(one.block, index)
            tally.add(one.block, MEANING, found)
            lost, other = score_block(index, found, one, rows)
            missed, wrong = missed + lost, wrong + other
        streams.append((what, missed, wrong))
    return list(tally.sightings()), streams


def test_every_planted_indicator_is_met(hunted):
    assert {what.stream.product: missed for what, missed, _ in hunted[1] if missed} == {}
    assert sum(len(what.planted) for what, *_ in hunted[1]) == 31_234 + 583 + 12


def test_nothing_else_is_met(hunted):
    assert {what.stream.product: wrong[:5] for what, _, wrong in hunted[1] if wrong} == {}
    assert sum(len(what.other) for what, *_ in hunted[1]) > 25_000


def test_only_undisputed_ones_alert(real, hunted):
    indicators, _ = real
    disputed = {row["value"] for row in indicators.to_pylist() if row["disputed"]}
    assert len(disputed) == 18
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


def test_windows_logs_of_other_attackers_alert_nobody(real, real_data):
    """A source lists what Windows keeps for an empty password as a file's hash; a dump has it."""
    _, index = real
    meaning = load_log_fields("windows")
    tally = IndicatorTally(index)
    events = 0
    folder = real_data / "logs/otrf/atomic/windows/credential_access"
    for path in sorted(folder.rglob("empire_*.zip")):
        block = windows_block(path, meaning)
        events += block.rows
        tally.add(block, meaning, match_block(block, meaning, index))
    assert events > 10_000
    found = list(tally.sightings())
    assert [one.rule for one in found if one.alert] == []
    assert {one.rule for one in found} == {"md5 aad3b435b51404eeaad3b435b51404ee"}
