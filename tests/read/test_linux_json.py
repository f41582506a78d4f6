"""Messages of Linux hosts in JSON."""

import zipfile

from tests.data.log_read import log_rejects, log_rows, read_log
from tests.data.log_sample import SAMPLES, lines

from bongsu.read.linux_json import sniff


def test_messages_sysmon_and_audit_records_are_told_apart():
    rows = log_rows(read_log("linux_json", SAMPLES["linux_json"]))
    assert [(stream.service, stream.category, stream.event_id) for stream, _row in rows] == [
        ("auth", "", ""), ("sysmon", "process_creation", "1"), ("auditd", "", "AUOMS_EXECVE"),
    ]  # fmt: skip
    assert rows[0][1]["message"] == "session opened"
    assert rows[1][1]["CommandLine"] == 'ls & "x"'
    assert (rows[2][1]["exe"], rows[2][1]["node"]) == ("/bin/ls", "h1")


def test_a_message_of_bytes_is_text_and_none_is_told():
    content = lines({"MESSAGE": [104, 105], "__REALTIME_TIMESTAMP": "1"}, {"MESSAGE": 5}, {"MESSAGE": [999]})
    batches = read_log("linux_json", content)
    assert log_rows(batches)[0][1]["message"] == "hi"
    assert log_rejects(batches) == [(2, "bad_event"), (3, "bad_event")]


def test_other_json_does_not_fit():
    assert sniff(SAMPLES["linux_json"])
    assert not sniff(lines({"MESSAGE": "x"}, {"message": "y"}))


def test_real_samples_are_read(real_data):
    for name, service in (("syslog_sysmon", "sysmon"), ("syslog_auoms_auditd", "auditd")):
        (path,) = (real_data / "logs" / "otrf" / "compound" / "Log4Shell").glob(f"{name}*.zip")
        with zipfile.ZipFile(path) as archive:
            content = archive.read(archive.namelist()[0])
        assert sniff(content[:65536])
        batches = read_log("linux_json", content)
        assert log_rejects(batches) == []
        assert {stream.service for stream, _row in log_rows(batches)} >= {service}
