"""The server of private matches: uvicorn with TLS, and with the certificates that clients show."""

import hashlib
import ipaddress
from asyncio import BaseTransport
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from bongsu.app.api.match import CERTIFICATE, Service, match_app
from bongsu.app.jobs.match import read_values
from bongsu.errors import InputError
from bongsu.model.extra import load_extra
from bongsu.model.text import _
from bongsu.share.match_partner import read_partners
from bongsu.store.match_log import read_entries

_DEMANDED = 2
"""`ssl.CERT_REQUIRED`; app opens no sockets of its own and does not import ssl."""
_MOST_CONNECTIONS = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Listening:
    """Where and how the server listens."""

    host: str = "127.0.0.1"
    port: int = 8443
    certificate: Path | None = None
    key: Path | None = None
    client_ca: Path | None = None
    """Certificates that a client's must go back to; null: clients show none."""
    is_plain: bool = False
    """Without TLS, for a proxy on this machine that speaks it."""

    @property
    def url(self) -> str:
        """Address that a partner would use, as far as this side knows."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'http' if self.is_plain else 'https'}://{host}:{self.port}"


class CertifiedProtocol(H11Protocol):
    """HTTP/1.1 that tells the application which certificate the client has proven to hold."""

    def connection_made(self, transport: BaseTransport) -> None:
        """Nothing; TLS is settled by now, so whatever comes on this connection is that client's."""
        super().connection_made(transport)  # type: ignore[arg-type]
        shown = transport.get_extra_info("ssl_object")
        proven = shown.getpeercert(binary_form=True) if shown else None
        digest = hashlib.sha256(proven).hexdigest() if proven else ""
        inner = self.app

        async def with_certificate(scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401
            await inner(scope | {CERTIFICATE: digest}, receive, send)

        self.app = with_certificate


def match_server(service: Service, listening: Listening) -> uvicorn.Server:
    """A server that is ready to run; everything it needs was looked at.

    Raises:
        InputError: When it would listen without TLS where others could, or a file cannot be used.
        MissingExtraError: When the extra `match` is not installed.
    """
    _demand_tls(listening)
    _demand_ready(service, listening)
    config = uvicorn.Config(
        match_app(service),
        host=listening.host,
        port=listening.port,
        http=CertifiedProtocol,
        loop="asyncio",
        ws="none",
        lifespan="off",
        interface="asgi3",
        access_log=False,
        log_level="warning",
        proxy_headers=False,  # whoever connects could state an address
        server_header=False,
        limit_concurrency=_MOST_CONNECTIONS,
        timeout_graceful_shutdown=10,
        ssl_certfile=listening.certificate,
        ssl_keyfile=listening.key,
        ssl_ca_certs=listening.client_ca,
        ssl_cert_reqs=_DEMANDED if listening.client_ca else 0,
    )
    try:
        config.load()
    except OSError as error:
        raise InputError(
            _("Cannot use the certificate {path}: {why}.").format(path=listening.certificate, why=error),
            hint=_("Certificates and keys are files in PEM; the key must be that of the certificate."),
        ) from error
    return uvicorn.Server(config)


def run_server(server: uvicorn.Server, listening: Listening) -> None:
    """Nothing; returns when it was told to stop.

    Raises:
        InputError: When it cannot listen there.
    """
    try:
        server.run()
    except SystemExit as error:  # how uvicorn says so; its log says why
        raise InputError(
            _("Cannot listen at {url}.").format(url=listening.url),
            hint=_("Another program may listen there, or the address is not this machine's."),
        ) from error


def _demand_tls(listening: Listening) -> None:
    if listening.is_plain:
        if not _is_loopback(listening.host) or listening.certificate or listening.client_ca:
            raise InputError(
                _("Cannot serve without TLS at {host}: others could listen in.").format(host=listening.host),
                hint=_("Give --cert and --key; --plain is for 127.0.0.1 behind a proxy that speaks TLS."),
            )
    elif not listening.certificate or not listening.key:
        raise InputError(
            _("Cannot serve without TLS: no certificate is named."),
            hint=_("Give --cert and --key; docs/how-to/match.md says how to make a pair for a test."),
        )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:  # a name may lead anywhere
        return False


def _demand_ready(service: Service, listening: Listening) -> None:
    load_extra("private_set_intersection.python", "match")
    partners = read_partners(service.partners)
    by_certificate = [one.name for one in partners if one.certificate_sha256]
    if by_certificate and not listening.client_ca:
        raise InputError(
            _("Cannot serve {name}: it is known by its certificate, and none is asked for.").format(
                name=by_certificate[0]
            ),
            hint=_("Give --client-ca, or let the partner be known by a token alone."),
        )
    read_values(service.values, service.kinds)
    read_entries(service.folder)
