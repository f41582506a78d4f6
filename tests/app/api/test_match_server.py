"""The server listens with TLS or not at all, and knows clients by what they prove."""

import socket
import ssl
from dataclasses import replace
from http.client import HTTPConnection, HTTPException

import pytest
from tests.data.match_case import OURS, SHARED, THEIRS
from tests.data.match_net import Employer, running
from tests.data.match_tls import Authority

from bongsu.app.api.match_server import Listening, match_server, run_server
from bongsu.errors import InputError
from bongsu.share.match_client import Peer
from bongsu.share.match_partner import token_digest


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("tls") / "ca")


@pytest.fixture
def sides(tmp_path):
    zeta = Employer(tmp_path / "zeta", "zeta", [*SHARED, *OURS])
    acme = Employer(tmp_path / "acme", "acme", [*SHARED, *THEIRS])
    acme.know("zeta")
    return zeta, acme


@pytest.fixture
def listening(authority):
    certificate, key, _digest = authority.issue("server")
    return Listening(certificate=certificate, key=key)


def peer(port, zeta_token, authority, **more):
    return Peer(url=f"https://127.0.0.1:{port}", token=zeta_token, ca=authority.ca, seconds=20.0, **more)


def test_it_does_not_listen_without_tls_where_others_could(sides, listening):
    service = sides[1].service()
    for refused in (
        Listening(),
        Listening(certificate=listening.certificate),
        Listening(is_plain=True, host="0.0.0.0"),
        Listening(is_plain=True, host="localhost"),
        Listening(is_plain=True, host="192.0.2.1"),
        replace(listening, is_plain=True),
    ):
        with pytest.raises(InputError, match="Cannot serve without TLS"):
            match_server(service, refused)


def test_plain_http_to_a_server_of_tls_gets_no_answer(sides, listening):
    with running(sides[1].service(), listening) as port:
        connection = HTTPConnection("127.0.0.1", port, timeout=10)
        with pytest.raises((HTTPException, OSError)):
            connection.request("POST", "/match/question", b"{}")
            connection.getresponse()
        connection.close()
    assert sides[1].log("turned_away") == []


def test_plain_is_for_this_machine_and_asks_for_a_token_all_the_same(sides):
    with running(sides[1].service(), Listening(is_plain=True)) as port:
        connection = HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request("POST", "/match/question", b"{}")
        assert connection.getresponse().status == 401
        connection.close()


def test_tls_older_than_1_2_is_refused(sides, listening, authority):
    context = ssl.create_default_context(cafile=authority.ca)
    with running(sides[1].service(), listening) as port, pytest.warns(DeprecationWarning):
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
        context.set_ciphers("ALL:@SECLEVEL=0")
        with socket.create_connection(("127.0.0.1", port), timeout=10) as plain, pytest.raises(ssl.SSLError):
            context.wrap_socket(plain, server_hostname="127.0.0.1")


def test_a_client_without_a_certificate_does_not_get_in(sides, listening, authority):
    zeta, acme = sides
    with running(acme.service(), replace(listening, client_ca=authority.ca)) as port:
        with pytest.raises(InputError, match="Cannot reach"):
            zeta.ask("acme", peer(port, acme.tokens["zeta"], authority))
        certificate, key, _digest = authority.issue("zeta")
        shown = peer(port, acme.tokens["zeta"], authority, certificate=certificate, key=key)
        assert zeta.ask("acme", shown)["shared"] == 2


def test_a_partner_is_known_by_its_certificate_and_by_token_too_where_both_are_stated(
    sides, listening, authority
):
    zeta, acme = sides
    certificate, key, digest = authority.issue("zeta")
    other, other_key, other_digest = authority.issue("other")
    ours = {"certificate": certificate, "key": key}
    acme.partners.unlink()
    acme.know("by-certificate", certificate_sha256=other_digest)
    acme.know("zeta", certificate_sha256=digest, token_sha256=token_digest("t"))
    with running(acme.service(), replace(listening, client_ca=authority.ca)) as port:
        for token in ("", "u"):
            with pytest.raises(InputError, match="answered 401"):
                zeta.ask("acme", peer(port, token, authority, **ours))
        assert zeta.ask("acme", peer(port, "t", authority, **ours))["shared"] == 2
        shown = peer(port, "t", authority, certificate=other, key=other_key)  # the other's, and so the other
        assert zeta.ask("acme", shown, "r2")["shared"] == 2
    assert [one["partner"] for one in acme.log("answered")] == ["zeta", "by-certificate"]


def test_a_certificate_of_another_authority_does_not_get_in(sides, listening, authority, tmp_path):
    zeta, acme = sides
    certificate, key, _digest = Authority(tmp_path / "forged").issue("zeta")
    with running(acme.service(), replace(listening, client_ca=authority.ca)) as port:
        shown = peer(port, acme.tokens["zeta"], authority, certificate=certificate, key=key)
        with pytest.raises(InputError, match="Cannot reach"):
            zeta.ask("acme", shown)
    assert acme.log("answered") == acme.log("turned_away") == []


def test_what_cannot_work_is_said_before_it_listens(sides, listening, authority, tmp_path):
    zeta, acme = sides
    acme.know("other", certificate_sha256="0" * 64)
    with pytest.raises(InputError, match="known by its certificate"):
        match_server(acme.service(), listening)
    with pytest.raises(InputError, match="Cannot use partners"):
        match_server(zeta.service(), listening)  # it knows nobody
    stranger = authority.issue("stranger")[1]
    zeta.know("acme")
    for changed in ({"key": stranger}, {"certificate": tmp_path / "none.pem"}):
        with pytest.raises(InputError, match="Cannot use the certificate"):
            match_server(zeta.service(), replace(listening, **changed))
    zeta.values.write_text("a,b\n")
    with pytest.raises(InputError, match="lacks a column"):
        match_server(zeta.service(), listening)


def test_a_port_that_is_taken_is_said(sides, listening):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        there = replace(listening, port=taken.getsockname()[1])
        with pytest.raises(InputError, match=f"Cannot listen at https://127.0.0.1:{there.port}"):
            run_server(match_server(sides[1].service(), there), there)


def test_the_address_is_written_as_one_types_it():
    assert Listening(host="::1", is_plain=True).url == "http://[::1]:8443"
