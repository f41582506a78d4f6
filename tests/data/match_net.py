"""Employers that answer each other over HTTPS on this machine, and all that went over the wire."""

import json
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from http.client import HTTPSConnection
from ssl import create_default_context

from tests.data.match_case import identifier_file

from bongsu.app.api.match import Service
from bongsu.app.api.match_server import Listening, match_server
from bongsu.app.jobs.match import Consent, Exchange, Wanted
from bongsu.app.jobs.match_consent import Decision, record_consent
from bongsu.app.jobs.match_exchange import exchange_match
from bongsu.model.marking import Marking, Tlp
from bongsu.share.match_client import Peer
from bongsu.share.match_partner import new_token, token_digest
from bongsu.store.match_log import read_entries

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


@contextmanager
def running(service, listening, wire=None):
    """Port of a server that answers until the block ends; `wire` gets all bodies and headers."""
    server = match_server(service, listening)
    server.config.port = 0  # whichever is free; the listening has one that people would type
    if wire is not None:
        server.config.loaded_app = recorded(server.config.loaded_app, wire)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        end = time.monotonic() + 20
        while not server.started and time.monotonic() < end:
            time.sleep(0.01)
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(20)
        assert not thread.is_alive()


def recorded(app, wire):
    """The application, with what it receives and sends kept."""

    async def outer(scope, receive, send):
        wire.append(scope["path"].encode() + b"?" + scope["query_string"])
        wire.extend(name + b": " + value for name, value in scope["headers"])
        got, sent = bytearray(), bytearray()

        async def heard():
            message = await receive()
            got.extend(message.get("body", b""))
            return message

        async def said(message):
            sent.extend(message.get("body", b""))
            wire.extend(name + b": " + value for name, value in message.get("headers", ()))
            if message["type"] == "http.response.body" and not message.get("more_body"):
                wire.extend((bytes(got), bytes(sent)))  # before the client can have it, and go on
            await send(message)

        await app(scope, heard, said)

    return outer


class Employer:
    """One that asks and answers; `at` is the moment that its clock shows."""

    def __init__(self, folder, name, rows):
        folder.mkdir()
        self.folder, self.name, self.at = folder / "match", name, NOON
        self.values = identifier_file(folder / "values.csv", rows)
        self.partners = folder / "partners.yaml"
        self.tokens = {}

    def know(self, name, **stated):
        """Nothing; the partner may ask with its token, or with what is stated."""
        self.tokens[name] = new_token()
        stated = stated or {"token_sha256": token_digest(self.tokens[name])}
        with self.partners.open("a") as file:
            file.write("" if file.tell() else "partners:\n")
            file.write(f"  {name}: {json.dumps(stated)}\n")

    def service(self, **more):
        return Service(
            values=self.values, folder=self.folder, partners=self.partners, clock=lambda: self.at, **more
        )

    def exchange(self, partner):
        return Exchange(folder=self.folder, partner=partner, clock=lambda: self.at)

    def ask(self, partner, peer, round_id="r", *, reveal=False):
        wanted = Wanted(round=round_id, reveal=reveal)
        return exchange_match(self.exchange(partner), self.values, peer, wanted)

    def consent(self, partner, *, at_least=1, until=datetime(2026, 12, 1, tzinfo=UTC), round_id="r"):
        marking = Marking(tlp=Tlp.AMBER, releasable_to=frozenset({partner}))
        given = Consent(approved_by="Kim", at_least=at_least, marking=marking)
        record_consent(self.exchange(partner), round_id, Decision(consent=given, until=until))

    def log(self, what):
        return [one for one in read_entries(self.folder) if one["what"] == what]


class Net:
    """Two employers, each with a server."""

    def __init__(self, zeta, acme, authority):
        self.zeta, self.acme, self.authority = zeta, acme, authority
        self.wire, self.ports = [], {}

    @contextmanager
    def up(self):
        """The net while both servers answer."""
        certificate, key, _digest = self.authority.issue("server")
        listening = Listening(certificate=certificate, key=key)
        with (
            running(self.zeta.service(), listening, self.wire) as self.ports["zeta"],
            running(self.acme.service(), listening, self.wire) as self.ports["acme"],
        ):
            yield self

    def peer(self, of, seen_by, **more):
        """What `seen_by` uses to ask the server of `of`."""
        stated = {"token": of.tokens[seen_by.name], "ca": self.authority.ca, "seconds": 60.0} | more
        return Peer(url=f"https://127.0.0.1:{self.ports[of.name]}", **stated)

    def zeta_asks(self, round_id="r", *, reveal=False):
        return self.zeta.ask("acme", self.peer(self.acme, self.zeta), round_id, reveal=reveal)

    def acme_asks(self, round_id="r", *, reveal=False):
        return self.acme.ask("zeta", self.peer(self.zeta, self.acme), round_id, reveal=reveal)

    def post(self, body, *, path="/match/question", method="POST", **headers):
        """Status, headers and document that acme's server answers to zeta; a header of null is not sent."""
        stated = {"Authorization": f"Bearer {self.acme.tokens['zeta']}"} | headers
        connection = HTTPSConnection(
            "127.0.0.1",
            self.ports["acme"],
            timeout=30,
            context=create_default_context(cafile=self.authority.ca),
        )
        try:
            connection.request(method, path, body, {k: v for k, v in stated.items() if v is not None})
            response = connection.getresponse()
            return response.status, response.headers, json.loads(response.read())
        finally:
            connection.close()
