"""Audit records: fields decoded, and started processes joined."""

import zipfile

from tests.data.log_read import log_rejects, log_rows, read_log
from tests.data.log_sample import SAMPLES

from bongsu.read.linux_audit import PROCESS, command_of, record_of, sniff


def found(content):
    batches = read_log("linux_audit", content)
    return {stream.category or stream.event_id: row for stream, row in log_rows(batches)}, log_rejects(
        batches
    )


def test_each_record_is_an_event_of_its_type():
    rows, rejects = found(SAMPLES["linux_audit"])
    assert rejects == []
    call, login = rows["SYSCALL"], rows["USER_LOGIN"]
    assert (call["exe"], call["SYSCALL"], call["time"]) == ("/bin/ls", "execve", "1767323045.155")
    assert (rows["EXECVE"]["a2"], rows["PATH"]["name"]) == ("/tmp/a b.txt", "/tmp/a b.txt")
    assert (login["node"], login["acct"], login["res"]) == ("h1", "a", "failed")
    assert call["a0"] == "55"


def test_the_records_of_a_call_give_the_process_that_it_started():
    rows, _rejects = found(SAMPLES["linux_audit"])
    assert rows["process_creation"] == {
        "time": "1767323045.155", "Image": "/bin/ls", "CommandLine": "ls -l /tmp/a b.txt",
        "CurrentDirectory": "/home/a", "ProcessId": "16", "ParentProcessId": "29", "User": "1000",
        "audit_id": "92", "locator": 1,
    }  # fmt: skip
    assert PROCESS.category == "process_creation"
    assert "process_creation" not in found(SAMPLES["linux_audit"].splitlines(keepends=True)[0])[0]


def test_enriched_and_clashing_fields_are_kept():
    fields = record_of('type=SYSCALL msg=audit(1.5:2): syscall=59 uid=0\x1dSYSCALL=execve UID="root" uid=1')
    assert (fields["SYSCALL"], fields["UID"], fields["uid"], fields["msg_uid"]) == (
        "execve",
        "root",
        "0",
        "1",
    )
    assert record_of("type=X") is None
    assert command_of({"argc": "2", "a0": "x", "a1[0]": "y", "arch": "z"}) == "x y"


def test_other_lines_are_told():
    rows, rejects = found(b"----\n\nnot a record\n" + SAMPLES["linux_audit"])
    assert rejects == [(3, "bad_row")]
    assert rows["SYSCALL"]["locator"] == 4


def test_only_audit_logs_fit():
    assert sniff(SAMPLES["linux_audit"])
    assert not sniff(SAMPLES["syslog"])
    assert not sniff(b"a\nb\n" + SAMPLES["linux_audit"].splitlines()[0])


def test_the_real_sample_is_read(real_data):
    path = real_data / "logs" / "otrf" / "atomic" / "linux" / "discovery" / "host" / "sh_arp_cache.zip"
    with zipfile.ZipFile(path) as archive:
        content = archive.read(next(name for name in archive.namelist() if name.endswith(".log")))
    batches = read_log("linux_audit", content)
    assert log_rejects(batches) == []
    commands = [row["CommandLine"] for stream, row in log_rows(batches) if stream == PROCESS]
    assert commands == ["arp -a", "grep -v ^?"]
