"""The client trusts only what proves who it is, and says what is wrong."""

import socket
import ssl
import threading
from contextlib import contextmanager
from dataclasses import replace

import pytest
from tests.data.match_tls import Authority

from bongsu.errors import InputError, ReleaseError
from bongsu.share import match_client
from bongsu.share.match_client import Peer, post_question

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("tls") / "ca")


@contextmanager
def answering(authority, reply, *, address="127.0.0.1", tls=True, heard=None):
    """A peer whose server sends these bytes, whatever it is asked."""
    certificate, key, _digest = authority.issue("server", address)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)

    def serve():
        plain, _address = listener.accept()
        plain.settimeout(5)
        try:
            with plain, context.wrap_socket(plain, server_side=True) if tls else plain as one:
                got = one.recv(100_000)
                if heard is not None:
                    heard.append(got)
                for piece in reply if isinstance(reply, list) else [reply]:
                    one.sendall(piece)
                one.recv(100_000)
        except OSError:  # the client has gone, as it should
            pass

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve)
        thread.start()
        try:
            port = listener.getsockname()[1]
            yield Peer(url=f"https://127.0.0.1:{port}", token="secret", ca=authority.ca, seconds=5.0)
        finally:
            thread.join(10)


def test_the_question_goes_with_the_token_and_the_answer_comes_back(authority):
    heard, stages = [], []
    with answering(authority, OK, heard=heard) as peer:
        there = replace(peer, url=peer.url + "/bongsu/")
        assert post_question(there, b"{}", progress=stages.append) == b"{}"
    assert heard[0].startswith(b"POST /bongsu/match/question HTTP/1.1\r\n")
    assert b"Authorization: Bearer secret\r\n" in heard[0]
    assert stages == [f"connecting to {there.url}", "sending 2 bytes", "reading the answer"]
    assert "secret" not in repr(peer)


def test_nothing_is_sent_to_a_server_that_is_not_trusted(authority, tmp_path):
    heard = []
    other = Authority(tmp_path / "other").ca
    with (
        answering(authority, OK, heard=heard) as peer,
        pytest.raises(InputError, match="not trusted") as told,
    ):
        post_question(replace(peer, ca=other), b"{}")
    assert "--ca" in told.value.hint
    with answering(authority, OK, heard=heard) as peer, pytest.raises(InputError, match="not trusted"):
        post_question(replace(peer, ca=None), b"{}")
    with (
        answering(authority, OK, address="192.0.2.1", heard=heard) as peer,
        pytest.raises(InputError, match=r"not trusted.*127\.0\.0\.1"),
    ):
        post_question(peer, b"{}")
    assert heard == []


def test_a_server_without_tls_hears_no_token(authority):
    heard = []
    with (
        answering(authority, OK, tls=False, heard=heard) as peer,
        pytest.raises(InputError, match="TLS was refused"),
    ):
        post_question(peer, b"{}")
    assert b"secret" not in b"".join(heard)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:1",
        "127.0.0.1:1",
        "https://",
        "https://a:b@c",
        "https://a?b",
        "https://a:x",
        "ftp://a",
        "https://[x",
    ],
)
def test_only_an_address_of_https_is_asked(url):
    with pytest.raises(InputError, match="no https:// address"):
        post_question(Peer(url=url), b"")


def test_what_does_not_answer_is_said(authority):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        silent = Peer(url=f"https://127.0.0.1:{port}", ca=authority.ca, seconds=0.3)
        with pytest.raises(InputError, match=r"no answer within 0\.3 seconds"):
            post_question(silent, b"")
    with pytest.raises(InputError, match="nothing listens there"):
        post_question(silent, b"")
    with pytest.raises(InputError, match="Cannot reach"):
        post_question(replace(silent, url="https://no-such-host.invalid"), b"")


@pytest.mark.parametrize(
    "reply",
    [
        b"",
        b"what?\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}",
        OK.replace(b"HTTP/1.1 200", b"HTTP/1.1 abc"),
    ],
)
def test_what_is_no_answer_of_http_is_said(authority, reply):
    with answering(authority, reply) as peer, pytest.raises(InputError, match="Cannot reach"):
        post_question(peer, b"{}")


def test_an_answer_without_end_is_not_read_to_it(authority, monkeypatch):
    monkeypatch.setattr(match_client, "MOST_ANSWER_BYTES", 100_000)
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n"
    with (
        answering(authority, [head, *[b"x" * 50_000] * 20]) as peer,
        pytest.raises(InputError, match="larger than 100000 bytes"),
    ):
        post_question(peer, b"{}")


def problem(status, text):
    return b"HTTP/1.1 %d No\r\nContent-Length: %d\r\n\r\n%s" % (status, len(text), text)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (302, InputError),
        (401, InputError),
        (500, InputError),
        (403, ReleaseError),
        (413, ReleaseError),
        (429, ReleaseError),
    ],
)
def test_a_refusal_is_told_with_its_reason(authority, status, kind):
    said = problem(status, b'{"what": "Cannot answer", "why": "not today", "next": "Come back."}')
    with answering(authority, said) as peer, pytest.raises(kind) as told:
        post_question(peer, b"{}")
    assert type(told.value) is kind
    assert str(told.value) == f"Cannot match with {peer.url}: it answered {status}: Cannot answer: not today."
    assert told.value.hint == "Come back."


def test_what_a_server_says_cannot_move_the_cursor(authority):
    said = '{"what": "a\\u001b[2Jb", "why": "' + "\u202e" + "x" * 1000 + '", "next": 7}'
    with answering(authority, problem(403, said.encode())) as peer, pytest.raises(ReleaseError) as told:
        post_question(peer, b"{}")
    assert "a?[2Jb: ?xxx" in str(told.value)
    assert str(told.value).isprintable()
    assert len(str(told.value)) < 450
    assert told.value.hint == ""


@pytest.mark.parametrize("text", [b"", b"<html>", b"[]", b"[" * 50_000, b"\xff"], ids=range(5))
def test_a_refusal_without_a_reason_is_told_too(authority, text):
    with (
        answering(authority, problem(403, text)) as peer,
        pytest.raises(ReleaseError, match="403: nothing more: no reason given"),
    ):
        post_question(peer, b"{}")


def test_a_file_that_is_no_certificate_is_said(authority, tmp_path):
    (tmp_path / "bad.pem").write_text("no")
    for changed in (
        {"ca": tmp_path / "bad.pem"},
        {"ca": tmp_path / "none"},
        {"certificate": tmp_path / "bad.pem"},
    ):
        with pytest.raises(InputError, match="Cannot use"):
            post_question(replace(Peer(url="https://127.0.0.1:1"), **changed), b"")


def test_a_server_that_answers_before_it_has_read_all_is_heard(authority):
    said = problem(413, b'{"what": "Cannot answer", "why": "too large"}')
    with answering(authority, said) as peer, pytest.raises((ReleaseError, InputError)) as told:
        post_question(peer, b"x" * 5_000_000)
    assert "too large" in str(told.value) or "Cannot reach" in str(told.value)
