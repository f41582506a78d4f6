"""Small valid samples of network logs by the reader's name: each line is an event or a header."""

import json

_ZEEK_JSON = [
    {"_path": "dns", "ts": 1588316619.797806, "uid": "C1", "id.orig_h": "10.0.0.5", "id.orig_p": 53001,
     "id.resp_h": "10.0.0.4", "id.resp_p": 53, "trans_id": 7, "query": "www.example.com",
     "qtype_name": "A", "answers": ["host.example.net", "192.0.2.7"], "TTLs": [60.0, 30.5],
     "rejected": False},
    {"_path": "http", "ts": 1588316620.25, "uid": "C2", "id.orig_h": "10.0.0.5", "id.orig_p": 53002,
     "id.resp_h": "192.0.2.7", "id.resp_p": 8080, "trans_depth": 1, "method": "GET",
     "host": "www.example.com", "uri": "/a/b.zip?x=1", "user_agent": "curl/8.0", "status_code": 200},
    {"_path": "conn", "ts": 1588316621, "uid": "C3", "id.orig_h": "10.0.0.5", "id.orig_p": 53003,
     "id.resp_h": "192.0.2.9", "id.resp_p": 443, "proto": "tcp", "conn_state": "SF"},
]  # fmt: skip
_ZEEK_TEXT = """\
#separator \\x09
#set_separator\t,
#empty_field\t(empty)
#unset_field\t-
#path\tdns
#fields\tts\tuid\tid.orig_h\tid.resp_h\ttrans_id\tquery\tqtype_name\tanswers\trejected
#types\ttime\tstring\taddr\taddr\tcount\tstring\tstring\tvector[string]\tbool
1588316619.797806\tC1\t10.0.0.5\t10.0.0.4\t7\twww.example.com\tA\thost.example.net,192.0.2.7\tF
1588316620.000001\tC2\t10.0.0.5\t10.0.0.4\t8\tcaf\\xc3\\xa9.example\t-\t(empty)\tT
#close\t2020-05-01-00-00-00
"""


_EVE = [
    {"timestamp": "2024-03-18T10:11:12.345678+0900", "flow_id": 1, "event_type": "dns",
     "src_ip": "10.0.0.5",
     "src_port": 53001, "dest_ip": "10.0.0.4", "dest_port": 53, "proto": "UDP",
     "dns": {"type": "answer", "rrname": "www.example.com", "rrtype": "A",
             "answers": [{"rrname": "www.example.com", "rrtype": "A", "ttl": 60, "rdata": "192.0.2.7"},
                         {"rrname": "www.example.com", "rrtype": "A", "ttl": 60, "rdata": "192.0.2.8"}]}},
    {"timestamp": "2024-03-18T10:11:13.000001+0900", "flow_id": 2, "event_type": "http", "src_ip": "10.0.0.5",
     "dest_ip": "192.0.2.7", "dest_port": 8080,
     "http": {"hostname": "www.example.com", "url": "/a.zip", "http_user_agent": "curl/8.0",
              "http_method": "GET", "status": 200, "length": 10}},
    {"timestamp": "2024-03-18T10:11:14.000001+0900", "event_type": "alert", "src_ip": "10.0.0.5",
     "dest_ip": "192.0.2.7", "dest_port": 443, "tls": {"sni": "www.example.com"},
     "alert": {"action": "allowed", "signature_id": 7, "signature": "a sample",
               "metadata": {"tag": ["x", "y"]}}},
]  # fmt: skip
_SQUID = """\
1710756672.123    310 10.0.0.5 TCP_MISS/200 1120 GET http://www.example.com:8080/a/b.zip?x=1 kim \
HIER_DIRECT/192.0.2.7 application/zip
1710756673.456  60021 10.0.0.6 TCP_TUNNEL/200 5120 CONNECT mail.example.net:443 - HIER_DIRECT/192.0.2.9 -
"""
_IIS = """\
#Software: Microsoft Internet Information Services 10.0
#Version: 1.0
#Date: 2024-03-18 10:11:12
#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) \
cs(Referer) sc-status time-taken
2024-03-18 10:11:12 10.0.0.4 GET /owa/auth/logon.aspx url=%2fowa 443 - 192.0.2.7 Mozilla/5.0+(X11;+Linux) - 200 15
2024-03-18 10:11:13 10.0.0.4 POST /upload.aspx - 443 kim 192.0.2.8 curl/8.0 https://www.example.com/ 500 16
"""  # noqa: E501
_COMBINED = r"""192.0.2.7 - kim [18/Mar/2024:10:11:12 +0900] "GET /a/b.jsp?x=1 HTTP/1.1" 200 5120 "-" "curl/8.0"
192.0.2.8 - - [18/Mar/2024:10:11:13 +0900] "\x16\x03\x01" 400 - "-" "-"
2001:db8::1 - - [18/Mar/2024:10:11:14 +0900] "POST /q HTTP/2.0" 302 0 "https://www.example.com/" "a \"b\" c"
"""  # noqa: E501
_BIND = """\
18-Mar-2024 10:11:12.345 queries: info: client @0x7f3c 10.0.0.5#53001 (www.example.com): \
query: www.example.com IN A +E(0)K (10.0.0.4)
18-Mar-2024 10:11:13.000 general: info: zone example.net/IN: loaded serial 5
18-Mar-2024 10:11:14.000 queries: info: client 10.0.0.6#53002: query: mail.example.net IN TXT + (10.0.0.4)
"""
_DNSMASQ = """\
Mar 18 10:11:12 gate dnsmasq[77]: query[A] www.example.com from 10.0.0.5
Mar 18 10:11:12 gate dnsmasq[77]: forwarded www.example.com to 192.0.2.53
Mar 18 10:11:12 gate dnsmasq[77]: reply www.example.com is 192.0.2.7
Mar 18 10:11:13 gate dnsmasq[77]: using nameserver 192.0.2.53#53
"""
_UNBOUND = """\
[1710756672] unbound[77:0] info: 10.0.0.5 www.example.com. A IN
[1710756672] unbound[77:0] info: 10.0.0.5 www.example.com. A IN NOERROR 0.003000 0 49
"""
_WINDOWS_DNS = """\
DNS Server log file creation at 3/18/2024 10:00:00 AM
Log file wrap at 3/18/2024 10:00:00 AM

Message logging key (for packets - other items use a subset of these fields):
3/18/2024 1:11:12 PM 0E70 PACKET  00000000033397A0 UDP Rcv 10.0.0.5        5b47   Q [0001   D   NOERROR] A      \
(3)www(7)example(3)com(0)
3/18/2024 1:11:13 PM 0E70 PACKET  00000000033397A0 UDP Snd 10.0.0.5        5b47 R Q [8081   DR  NOERROR] A      \
(3)www(7)example(3)com(0)
"""  # noqa: E501


def _json(events):
    return "".join(json.dumps(event) + "\n" for event in events).encode()


ZEEK_TEXT = _ZEEK_TEXT.encode()
"""The tab-separated form, which is the reader `zeek` too."""
NETWORK_SAMPLES: dict[str, bytes] = {
    "zeek": _json(_ZEEK_JSON),
    "suricata": _json(_EVE),
    "squid": _SQUID.encode(),
    "w3c": _IIS.encode(),
    "web_access": _COMBINED.encode(),
    "dns_query": _BIND.encode(),
}
DNS_SAMPLES: dict[str, bytes] = {
    "bind": _BIND.encode(),
    "dnsmasq": _DNSMASQ.encode(),
    "unbound": _UNBOUND.encode(),
    "windows-dns": _WINDOWS_DNS.encode(),
}
"""Of the reader `dns_query`, by product."""
