"""One small harmless log for each reader, by the name that the registry gives it."""

import json

from tests.data.evtx_file import evtx_file
from tests.read.log_samples import NETWORK_SAMPLES
from tests.read.mail_samples import MAIL_SAMPLES

# ruff: noqa: E501
_AUDIT = (
    "type=SYSCALL msg=audit(1767323045.155:92): arch=c000003e syscall=59 success=yes exit=0 a0=55 ppid=29 pid=16 "
    'auid=1000 uid=1000 comm="ls" exe="/bin/ls" key=(null)\n'
    'type=EXECVE msg=audit(1767323045.155:92): argc=3 a0="ls" a1="-l" a2=2F746D702F6120622E747874\n'
    'type=CWD msg=audit(1767323045.155:92): cwd="/home/a"\n'
    "type=PATH msg=audit(1767323045.155:92): item=0 name=2F746D702F6120622E747874 nametype=NORMAL\n"
    "node=h1 type=USER_LOGIN msg=audit(1767323046.200:93): pid=1 uid=0 msg='op=login acct=\"a\" res=failed'\n"
)
_SYSLOG = (
    "Jan  2 03:04:05 h1 sshd[77]: Failed password for invalid user bob from 192.0.2.7 port 40022 ssh2\n"
    "Jan  2 03:04:06 h1 sudo:   al : TTY=pts/0 ; PWD=/home/al ; USER=root ; COMMAND=/bin/ls /tmp\n"
    '<86>1 2026-01-02T03:04:07.123Z h1 CRON 9 - [x y="z"] (root) CMD (true)\n'
    '2026-01-02T03:04:08+00:00 h1 kernel: audit: type=1400 audit(1767323048.100:7): apparmor="ALLOWED" pid=3\n'
)
_SYSMON = (
    '<Event><System><Provider Name="Linux-Sysmon" Guid="{ff032593-a8d3-4f13-b0d6-01fc615a0f97}"/><EventID>1</EventID>'
    '<TimeCreated SystemTime="2026-01-02T03:04:09.5Z"/><Channel>Linux-Sysmon/Operational</Channel>'
    '<Computer>h1</Computer></System><EventData><Data Name="Image">/bin/ls</Data>'
    '<Data Name="CommandLine">ls &amp; &quot;x&quot;</Data></EventData></Event>'
)  # fmt: skip
_XML = _SYSMON.replace("Linux-Sysmon", "Sysmon").replace("<Event>", '<Event xmlns="x">')


def lines(*rows):
    """JSON lines."""
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


SAMPLES = {
    "evtx": evtx_file(
        [(at, "Security", 4624, {"LogonType": "3", "IpAddress": f"192.0.2.{at}"}) for at in range(1, 6)],
        [(at, "System", 7045, {"ServiceName": "svc", "ImagePath": "C:\\a.exe"}) for at in range(6, 9)],
    ),
    "windows_xml": f'<?xml version="1.0"?>\n<Events>\n{_XML}\n{_XML}\n</Events>'.encode(),
    "windows_json": lines(
        {"Channel": "Security", "EventID": 4624, "Hostname": "PC", "LogonType": "3"},
        {"Event": {"System": {"EventID": 1, "Channel": "C"}, "EventData": {"Image": "a.exe"}}},
    ),
    "linux_json": lines(
        {"MESSAGE": "session opened", "__REALTIME_TIMESTAMP": "1767323045000000", "_HOSTNAME": "h1",
         "SYSLOG_IDENTIFIER": "su"},
        {"SyslogMessage": _SYSMON, "Computer": "h1", "EventTime": "2026-01-02T03:04:05Z", "ProcessName": "sysmon"},
        {"SyslogMessage": "type=AUOMS_EXECVE audit(1767323045.1:5): a0=ls exe=\"/bin/ls\"", "Computer": "h1"},
    ),
    "linux_audit": _AUDIT.encode(),
    "cloudtrail": json.dumps({"Records": [
        {"eventName": name, "eventSource": "s3.amazonaws.com", "awsRegion": "us-east-1",
         "eventTime": "2026-01-02T03:04:05Z", "sourceIPAddress": "192.0.2.1",
         "userIdentity": {"type": "IAMUser", "arn": "arn:aws:iam::1:user/a"},
         "requestParameters": {"bucketName": "b", "items": [{"k": 1}, {"k": 2}]}}
        for name in ("ListObjects", "GetObject")
    ]}).encode(),
    "okta_log": lines({
        "eventType": "user.session.start", "published": "2026-01-02T03:04:05Z", "actor": {"alternateId": "a@x"},
        "target": [{"displayName": "App"}, {"displayName": "Other"}], "securityContext": {"isProxy": False},
    }),
    "entra_log": json.dumps({"value": [{
        "createdDateTime": "2026-01-02T03:04:05Z", "userPrincipalName": "a@x", "appDisplayName": "Mail",
        "ipAddress": "192.0.2.1", "status": {"errorCode": 0},
    }]}).encode(),
    "workspace_log": json.dumps({"items": [{
        "id": {"time": "2026-01-02T03:04:05Z", "applicationName": "login"}, "actor": {"email": "a@x"},
        "ipAddress": "192.0.2.1", "events": [{"name": "login_success"}],
    }]}).encode(),
    "m365_log": lines({
        "RecordType": 1, "AuditData": json.dumps({
            "CreationTime": "2026-01-02T03:04:05", "Operation": "New-InboxRule", "Workload": "Exchange",
            "Parameters": [{"Name": "ForwardTo", "Value": "b@y"}],
        }),
    }),
    "syslog": (_SYSLOG + f"Jan  2 03:04:09 h1 sysmon: {_SYSMON}\n").encode(),
    "any_json": lines({"app": {"user": "a", "ok": True}, "n": 3}, {"app": {"user": "b"}}),
    "plain_text": "one line\n\nsecond 한 글 line\r\nlast".encode(),
} | NETWORK_SAMPLES | MAIL_SAMPLES  # fmt: skip
"""Reader to sample."""
