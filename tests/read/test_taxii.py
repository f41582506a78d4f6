"""A pull over TAXII 2.1 from a small server of the test; the project's own comes with a later issue."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.data.stix_case import OBJECTS

from bongsu.errors import InputError
from bongsu.read.taxii import MEDIA_TYPE, Collection, pull

GOOD = [one for one in OBJECTS if isinstance(one, dict)]


class Server(BaseHTTPRequestHandler):
    """Answers in pages of three objects, by `next` or by `added_after`."""

    by = "next"
    asked: ClassVar[list[dict]] = []

    def do_GET(self):
        asked = parse_qs(urlsplit(self.path).query)
        self.asked.append(
            asked | {"auth": self.headers.get("Authorization"), "accept": self.headers.get("Accept")}
        )
        if self.by == "redirect":
            return self.say(302, b"", {"Location": "http://localhost:1/"})
        if self.by == "html":
            return self.say(200, b"<html>", {"Content-Type": "text/html"})
        if self.by == "forbidden":
            return self.say(403, b"", {})
        start = int((asked.get("next") or asked.get("added_after") or ["0"])[0])
        page = {"objects": GOOD[start : start + 3], "more": start + 3 < len(GOOD)}
        headers = {"Content-Type": MEDIA_TYPE}
        if self.by == "next" and page["more"]:
            page["next"] = str(start + 3)
        if self.by == "added_after":
            headers["X-TAXII-Date-Added-Last"] = str(start + 3)
        return self.say(200, json.dumps(page).encode(), headers)

    def say(self, status, data, headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_given):
        pass


@pytest.fixture
def serve():
    servers = []

    def run(by):
        made = type("Made", (Server,), {"by": by, "asked": []})
        server = HTTPServer(("127.0.0.1", 0), made)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        servers.append((server, thread))
        return f"http://127.0.0.1:{server.server_port}/api/collections/1/", made

    yield run
    for server, thread in servers:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize("by", ["next", "added_after"])
def test_all_pages_are_pulled_and_names_of_later_pages_are_known(serve, by):
    url, server = serve(by)
    (batch,) = pull(Collection(url, {"Authorization": "Basic x"}))
    rows = batch.rows.to_pylist()
    assert [(row["value"], row["cluster"], row["locator"]) for row in rows] == [
        ("evil.com", "Kimsuky", 4),
        ("bad.kr", "Kimsuky", 4),
        ("91.2.3.4", None, 8),
    ]
    assert rows[2]["source"] == urlsplit(url).netloc
    assert batch.rejects["rule"].to_pylist() == ["pattern", "revoked", "pattern"]
    assert len(server.asked) == 4
    assert {(one["auth"], one["accept"]) for one in server.asked} == {("Basic x", MEDIA_TYPE)}


def test_only_what_is_new_is_asked_for(serve):
    url, server = serve("next")
    list(pull(Collection(url, added_after="6")))
    assert server.asked[0]["added_after"] == ["6"]


@pytest.mark.parametrize(
    ("by", "why"),
    [
        ("redirect", "302"),
        ("html", "not JSON|Expecting value"),
        ("forbidden", "403"),
        ("lost", "more, but not where"),
    ],
)
def test_what_is_no_answer_is_told(serve, by, why):
    url, _server = serve(by)
    with pytest.raises(InputError, match=why):
        list(pull(Collection(url)))


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://x/collections/1/", "http://127.0.0.1:1/collections/1/"]
)
def test_what_cannot_be_asked_is_told(url):
    with pytest.raises(InputError, match="Cannot pull"):
        list(pull(Collection(url)))
