"""`bongsu match serve|exchange|consent|token` as a person runs them, the server as a process of its own."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.data.match_case import OURS, SHARED, THEIRS, identifier_file
from tests.data.match_tls import Authority
from typer.testing import CliRunner

from bongsu.app.cli.match import app
from bongsu.errors import InputError, MissingExtraError

ROOT = Path(__file__).parents[3]
SOURCE = ROOT / "src"


def run(*arguments):
    result = CliRunner().invoke(app, [str(one) for one in arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@contextmanager
def serving(log, *arguments):
    """Port of `bongsu match serve`, which is stopped as with Ctrl-C."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-c", "from bongsu.app.cli import main; main()", "match", "serve"]
    environment = os.environ | {"PYTHONPATH": str(SOURCE), "BONGSU_LANG": "en"}
    with (
        log.open("w") as errors,
        subprocess.Popen(
            [*command, *map(str, arguments), "--port", str(port)], stderr=errors, env=environment
        ) as server,
    ):
        try:
            wait_for(port, server)
            yield port
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(20)


def wait_for(port, server):
    end = time.monotonic() + 60
    while time.monotonic() < end and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the server did not start")


def test_two_employers_from_a_token_to_the_shared_account(tmp_path):
    authority = Authority(tmp_path / "ca")
    certificate, key, _digest = authority.issue("server")
    ours = identifier_file(tmp_path / "ours.csv", [SHARED[0], *OURS])
    theirs = identifier_file(tmp_path / "theirs.csv", [SHARED[0], *THEIRS])
    tls = ("--cert", certificate, "--key", key)
    sides = {"zeta": (ours, "acme"), "acme": (theirs, "zeta")}
    for name, (_values, partner) in sides.items():  # the token that this side shows its partner
        said = run("token", "--into", tmp_path / f"{name}.token")
        (tmp_path / f"{partner}.yaml").write_text(f"partners: {{{name}: {json.dumps(said)}}}\n")

    def exchange(name, port, *more):
        values, partner = sides[name]
        options = ("--with", f"https://127.0.0.1:{port}", "--partner", partner, "--round", "r")
        known = ("--token-file", tmp_path / f"{name}.token", "--ca", authority.ca)
        return run("exchange", values, *options, *known, "--folder", tmp_path / name, *more)

    def served(name):
        partners = ("--partners", tmp_path / f"{name}.yaml", "--folder", tmp_path / name)
        return serving(tmp_path / f"{name}.log", sides[name][0], *partners, *tls)

    with served("zeta") as zeta, served("acme") as acme:
        assert exchange("zeta", acme)["shared"] == exchange("acme", zeta)["shared"] == 1
        until = (datetime.now(UTC) + timedelta(days=2)).date()
        decided = ("--partner", "zeta", "--round", "r", "--approved-by", "Kim", "--folder", tmp_path / "acme")
        released = ("--until", until, "--tlp", "TLP:AMBER", "--release", "zeta")
        assert run("consent", *decided, *released)["shared"] == 1
        account = {"kind": "iban", "namespace": "", "value": "GB82WEST12345698765432"}
        assert exchange("zeta", acme, "--reveal")["values"] == [account]
    assert run("consent", *decided, "--withdraw")["decision"] == "withdrawn"
    for name in sides:
        assert "Traceback" not in (tmp_path / f"{name}.log").read_text()
        assert "Answering questions at https://127.0.0.1:" in (tmp_path / f"{name}.log").read_text()


def serve_here(tmp_path, *more):
    values = identifier_file(tmp_path / "ours.csv", OURS)
    arguments = ["serve", str(values), "--partners", str(tmp_path / "partners.yaml"), *more]
    CliRunner().invoke(app, arguments, catch_exceptions=False)


@pytest.mark.parametrize("package", ["starlette", "uvicorn"])
def test_without_the_extra_it_is_named(tmp_path, monkeypatch, package):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtraError) as told:
        serve_here(tmp_path)
    assert package in str(told.value)
    assert "bongsu[server]" in told.value.hint


def test_without_tls_it_does_not_serve(tmp_path):
    for more in ((), ("--plain", "--host", "0.0.0.0")):
        with pytest.raises(InputError, match="Cannot serve without TLS"):
            serve_here(tmp_path, *more)


@pytest.mark.skipif(not shutil.which("openssl"), reason="there is no openssl here")
def test_certificates_made_as_the_document_says_are_good(tmp_path):
    text = (ROOT / "docs/how-to/match.md").read_text()
    made = [line for line in re.findall(r"^\$ (.*)$", text, re.M) if line.startswith(("openssl", "printf"))]
    assert len(made) == 5
    for line in made:
        client = line.replace("client.pem", "server.pem")  # made in the same way
        done = subprocess.run(client, shell=True, cwd=tmp_path, check=True, capture_output=True, text=True)
    digest = done.stdout.split()[-1]
    values = identifier_file(tmp_path / "ours.csv", SHARED)
    pair = {"--cert": tmp_path / "server.pem", "--key": tmp_path / "server.key"}
    tls = [one for pair_of in pair.items() for one in pair_of]
    (tmp_path / "partners.yaml").write_text(f"partners: {{zeta: {{certificate_sha256: {digest}}}}}\n")
    ca = tmp_path / "ca.pem"
    here = ("--partners", tmp_path / "partners.yaml", "--folder", tmp_path / "acme", "--client-ca", ca)
    with serving(tmp_path / "log", values, *here, *tls) as port:
        there = ("--with", f"https://127.0.0.1:{port}", "--partner", "acme", "--round", "r", "--ca", ca)
        assert run("exchange", values, *there, *tls, "--folder", tmp_path / "zeta")["shared"] == 2
