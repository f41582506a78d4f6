"""A small hunt: a folder of logs that a test makes, and a rule that something in them meets."""

import json
import zipfile

RULE = """\
title: Made tool started
id: 0b7d6c1e-0000-4000-8000-000000000001
status: test
level: high
tags: [attack.execution, attack.t1059]
falsepositives: [Administrators]
logsource: {product: windows, category: process_creation}
detection:
  selection: {Image|endswith: '\\made-tool.exe'}
  condition: selection
"""
ELSEWHERE = RULE.replace("0001", "0002").replace("product: windows", "product: macos")
UNSUPPORTED = RULE.replace("0001", "0003").replace(
    "Image|endswith: '\\made-tool.exe'", "Image|expand: '%tools%'"
)
SYSMON = "Microsoft-Windows-Sysmon/Operational"


def started(number, image, host="host-1", user="kim"):
    """A Sysmon event of a process that started, as a line of JSON."""
    event = {
        "Channel": SYSMON, "EventID": 1, "SourceName": "Microsoft-Windows-Sysmon", "Hostname": host,
        "Computer": host, "@timestamp": f"2026-03-01T00:00:{number % 60:02d}.000Z", "EventRecordID": number,
        "User": user,
        "Image": image, "CommandLine": f"{image} --number {number}",
    }  # fmt: skip
    return json.dumps(event)


def make_logs(folder, *, events=20):
    """Folder `logs` with two logs, a rule file beside it, and what cannot be searched."""
    logs, rules = folder / "logs", folder / "rules"
    logs.mkdir(parents=True)
    rules.mkdir()
    plain = [started(number, "C:\\Windows\\notepad.exe") for number in range(1, events)]
    (logs / "a.json").write_text("\n".join([*plain, started(events, "C:\\Temp\\made-tool.exe")]) + "\n")
    (logs / "b.json").write_text(started(7, "C:\\Temp\\MADE-TOOL.EXE", host="host-2") + "\n{broken\n")
    (logs / "picture.bin").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4)
    (logs / "empty.log").write_bytes(b"")
    (rules / "made.yml").write_text(RULE)
    (rules / "elsewhere.yml").write_text(ELSEWHERE)
    (rules / "unsupported.yml").write_text(UNSUPPORTED)
    return logs, rules


YARA = """rule made_script : T1059_001 { strings: $a = "made-up word" condition: $a }
rule host_name { strings: $a = "host-1" condition: $a }
"""


def add_files(folder, logs):
    """YARA rules; and among the logs a script, a picture and an archive that one of them fits."""
    rules = folder / "made.yar"
    rules.write_text(YARA)
    (logs / "picture.bin").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x01 made-up word")
    (logs / "script.ps1").write_text("# a script that does nothing\nWrite-Output 'made-up word'\n")
    with zipfile.ZipFile(logs / "z.zip", "w") as archive:
        archive.writestr("inner/other.ps1", "# made-up word\n")
    return rules
