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


def _json(events):
    return "".join(json.dumps(event) + "\n" for event in events).encode()


ZEEK_TEXT = _ZEEK_TEXT.encode()
"""The tab-separated form, which is the reader `zeek` too."""
NETWORK_SAMPLES: dict[str, bytes] = {
    "zeek": _json(_ZEEK_JSON),
}
