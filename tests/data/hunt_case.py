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


def make_everything(folder):
    """Options of a hunt in whose logs everything is met: a rule, indicators, a beacon, a mail, a file."""
    logs, rules = make_logs(folder)
    yara = add_files(folder, logs)
    (logs / "one.eml").write_text(MAIL)
    (logs / "http.log").write_text(beacon_log())
    hashed = json.loads(started(1, "C:\\a.exe")) | {"Hashes": f"MD5={'1' * 32},SHA256={'AB' * 32}"}
    (logs / "hashed.json").write_text(json.dumps(hashed) + "\n")
    (folder / "claims.csv").write_text(CLAIMS)
    (folder / "disputed.csv").write_text("type,value,reason\nfilename,notepad.exe,it is part of Windows\n")
    (folder / "people.csv").write_text("name,domain\nHong Gildong,thinktank.example\n")
    return {
        "paths": (logs,), "rules": (rules,), "shipped_rules": False, "yara": (yara,), "processes": 1,
        "indicators": ((folder / "claims.csv",), (folder / "disputed.csv",), ()),
        "people": (folder / "people.csv",), "own_domains": ("firm.example",),
    }  # fmt: skip


CLAIMS = f"""type,value,cluster,source,first_seen
domain,odd.example,Kimsuky,a@1,2026-02-01
sha256,{"ab" * 32},Kimsuky,a@1,2026-02-01
filename,made-tool.exe,Andariel,b@1,2026-02-01
filename,notepad.exe,,b@1,2026-02-01
domain,co.kr,,b@1,
"""
MAIL = """From: Hong Gildong <hong.gildong@freemail.example>
Reply-To: hong.thinktank@gmail.com
To: kim@firm.example
Subject: Interview request on North Korea
Date: Sun, 1 Mar 2026 09:00:00 +0900
Message-ID: <m1@freemail.example>

May we talk about the paper?
"""


def beacon_log():
    """Zeek's http.log of a day in which one host asks another every five minutes, and others as people do."""
    lines = ["#separator \\x09", "#path\thttp", "#fields\tts\tid.orig_h\tid.resp_h\tid.resp_p\thost\turi"]
    start = 1772323200
    for at in range(0, 86_400, 300):
        lines.append(f"{start + at}.0\t10.0.0.1\t192.0.2.1\t80\todd.example\t/a")
    for person in range(5):
        lines.append(f"{start + 7 * person}.0\t10.0.1.{person}\t192.0.2.2\t80\tfine.example\t/")
    return "\n".join(lines) + "\n"
