"""Syslog in its forms; programs state more."""

import pytest
from tests.data.log_read import log_rejects, log_rows, read_log
from tests.data.log_sample import SAMPLES

from bongsu.read.syslog import sniff


def rows_of(content, **options):
    found = log_rows(read_log("syslog", content, **options))
    return {row.get("program", stream.service): (stream, row) for stream, row in found}


def test_lines_are_told_by_program_and_form():
    rows = rows_of(SAMPLES["syslog"])
    assert {stream.service for stream, _row in rows.values()} == {"sshd", "sudo", "cron", "auditd", "sysmon"}
    ssh = rows["sshd"][1]
    assert (ssh["user"], ssh["src_ip"], ssh["result"], ssh["host"]) == ("bob", "192.0.2.7", "Failed", "h1")
    sudo = rows["sudo"][1]
    assert (sudo["USER"], sudo["COMMAND"], sudo["user"]) == ("root", "/bin/ls /tmp", "al")
    assert rows["CRON"][1]["structured_data"] == '[x y="z"]'
    assert rows["sysmon"][0].category == "process_creation"
    assert rows["auditd"][1]["node"] == "h1"


def test_a_year_is_stated_only_when_it_is_known():
    assert rows_of(SAMPLES["syslog"])["sshd"][1]["stated_time"] == "Jan 2 03:04:05"
    content = b"Dec 31 23:59:59 h a: x\nJan  1 00:00:00 h b: y\nJan  1 00:00:01 h c: z\n"
    rows = rows_of(content, year=2025)
    assert [rows[one][1]["time"] for one in "abc"] == [
        "2025-12-31T23:59:59Z", "2026-01-01T00:00:00Z", "2026-01-01T00:00:01Z",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "program", "message"),
    [
        ("Jan  2 03:04:05 h1 last message repeated 2 times", None, "last message repeated 2 times"),
        ("<13>Jan  2 03:04:05 h1 a/b[1]: m: n", "a/b", "m: n"),
        ("2026-01-02T03:04:05,123Z h1 app: m", "app", "m"),
        ("<165>1 2026-01-02T03:04:05Z h1 app - - - \ufeffm", "app", "m"),
    ],
)
def test_forms_of_lines(line, program, message):
    ((_stream, row),) = log_rows(read_log("syslog", line.encode()))
    assert (row.get("program"), row["message"]) == (program, message)


def test_other_lines_are_told():
    batches = read_log("syslog", b"no syslog\n\n" + SAMPLES["syslog"])
    assert log_rejects(batches) == [(1, "bad_row")]
    assert len(log_rows(batches)) == 5


def test_a_broken_event_of_sysmon_stays_a_message():
    line = b"Jan  2 03:04:09 h1 sysmon: <Event><Provider Name='Linux-Sysmon'/></Sysmon>"
    ((stream, row),) = log_rows(read_log("syslog", line))
    assert (stream.service, row["message"][:7]) == ("syslog", "<Event>")


def test_only_syslog_fits():
    assert sniff(SAMPLES["syslog"])
    assert not sniff(b"one\ntwo\n")
    assert not sniff(b"")
