"""`bongsu match serve|exchange|consent|token`: private matches over HTTPS."""

from pathlib import Path
from typing import Annotated

import typer

from bongsu.model.text import _

app = typer.Typer()
Values = Annotated[
    Path,
    typer.Argument(metavar="IDENTIFIERS", help=_("CSV file with columns kind, value and perhaps namespace.")),
]
Partner = Annotated[str, typer.Option(help=_("Who the other side is, always the same name."))]
Folder = Annotated[Path, typer.Option(help=_("Folder that keeps the log, and keys until answers are read."))]
Round = Annotated[str, typer.Option("--round", help=_("Name of the exchange, the same on both sides."))]
Kinds = Annotated[
    list[str] | None, typer.Option("--kind", help=_("Kinds to match; where pay and goods go if none."))
]
Reveal = Annotated[bool, typer.Option(help=_("Ask which are shared; how many must be known before."))]
Approved = Annotated[str, typer.Option(help=_("Who decided."))]


@app.command()
def serve(  # noqa: PLR0913 (options of a command)
    identifiers: Values,
    *,
    partners: Annotated[Path, typer.Option(help=_("YAML file of who may ask, and by what they are known."))],
    folder: Folder = Path("match"),
    cert: Annotated[Path | None, typer.Option(help=_("Certificate of this server, PEM."))] = None,
    key: Annotated[Path | None, typer.Option(help=_("Its key, PEM."))] = None,
    client_ca: Annotated[
        Path | None, typer.Option(help=_("Demand certificates of clients that go back to these, PEM."))
    ] = None,
    host: Annotated[str, typer.Option(help=_("Address to listen at."))] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help=_("Port to listen at."))] = 8443,
    kind: Kinds = None,
    plain: Annotated[
        bool, typer.Option(help=_("Without TLS, on 127.0.0.1 only, behind a proxy that speaks it."))
    ] = False,
) -> None:
    """Answer partners' questions over HTTPS, by the same rules and in the same log; Ctrl-C stops.

    Example: bongsu match serve payroll.csv --partners partners.yaml --cert server.pem --key server.key
    """
    from bongsu.model.extra import load_extra

    for package in ("starlette", "uvicorn"):
        load_extra(package, "server")
    from bongsu.app.api.match import Service
    from bongsu.app.api.match_server import Listening, match_server, run_server
    from bongsu.share.match_rule import MATCH_KINDS

    listening = Listening(
        host=host, port=port, certificate=cert, key=key, client_ca=client_ca, is_plain=plain
    )
    service = Service(values=identifiers, folder=folder, partners=partners, kinds=kind or MATCH_KINDS)
    server = match_server(service, listening)
    typer.echo(_("Answering questions at {url}; Ctrl-C stops.").format(url=listening.url), err=True)
    run_server(server, listening)


@app.command()
def exchange(  # noqa: PLR0913 (options of a command)
    identifiers: Values,
    *,
    url: Annotated[str, typer.Option("--with", help=_("Partner's server, https://HOST:PORT."))],
    partner: Partner,
    round_id: Round,
    folder: Folder = Path("match"),
    token_file: Annotated[Path | None, typer.Option(help=_("File with the token for that server."))] = None,
    ca: Annotated[
        Path | None, typer.Option(help=_("Certificates that the server's must go back to, PEM."))
    ] = None,
    cert: Annotated[Path | None, typer.Option(help=_("Certificate of this side, PEM."))] = None,
    key: Annotated[Path | None, typer.Option(help=_("Its key, PEM."))] = None,
    timeout: Annotated[float, typer.Option(min=1, help=_("Seconds for the whole of it."))] = 300.0,
    kind: Kinds = None,
    reveal: Reveal = False,
) -> None:
    """Ask a partner's server and read its answer: how many are shared, or which.

    Example: bongsu match exchange payroll.csv --with https://acme.example:8443 --partner acme --round 2026-11
    """
    from bongsu.app.cli.check_print import stage_progress
    from bongsu.app.cli.match_print import print_match
    from bongsu.app.jobs.match import Exchange, Wanted
    from bongsu.app.jobs.match_exchange import exchange_match
    from bongsu.app.jobs.match_token import read_token
    from bongsu.share.match_client import Peer
    from bongsu.share.match_rule import MATCH_KINDS

    token = read_token(token_file) if token_file else ""
    peer = Peer(url=url, token=token, ca=ca, certificate=cert, key=key, seconds=timeout)
    wanted = Wanted(round=round_id, kinds=kind or MATCH_KINDS, reveal=reveal)
    side = Exchange(folder=folder, partner=partner)
    with stage_progress() as tell:
        found = exchange_match(side, identifiers, peer, wanted, progress=tell)
    print_match(found)


@app.command()
def consent(  # noqa: PLR0913 (options of a command)
    *,
    partner: Partner,
    round_id: Round,
    approved_by: Approved,
    folder: Folder = Path("match"),
    until: Annotated[str, typer.Option(help=_("Until when it holds, a day or a time (UTC)."))] = "",
    at_least: Annotated[int, typer.Option(help=_("Fewest shared values to reveal."), min=1)] = 1,
    tlp: Annotated[str, typer.Option(help=_("Marking of the identifiers, for example TLP:AMBER."))] = "",
    release: Annotated[list[str] | None, typer.Option(help=_("Party that may learn shared ones."))] = None,
    withdraw: Annotated[bool, typer.Option(help=_("Take it back."))] = False,
) -> None:
    """Record what a person decided: that a partner may learn which are shared in one round.

    Example: bongsu match consent --partner zeta --round 7 --approved-by Kim --until 2026-12-01 --release zeta
    """
    from bongsu.app.cli.match_print import print_match
    from bongsu.app.jobs.lead import marking_of, moment_of
    from bongsu.app.jobs.match import NOBODY, Consent, Exchange
    from bongsu.app.jobs.match_consent import Decision, record_consent, withdraw_consent

    side = Exchange(folder=folder, partner=partner)
    if withdraw:
        print_match(withdraw_consent(side, round_id, approved_by))
        return
    given = Consent(
        approved_by=approved_by, at_least=at_least, marking=marking_of(tlp, release or []) or NOBODY
    )
    print_match(record_consent(side, round_id, Decision(consent=given, until=moment_of(until))))


@app.command()
def token(into: Annotated[Path, typer.Option(help=_("File to write, for this side only."))]) -> None:
    """Make a token for a partner's server; what is printed is for the partner's file of partners.

    Example: bongsu match token --into acme.token
    """
    from bongsu.app.cli.match_print import print_match
    from bongsu.app.jobs.match_token import make_token

    print_match(make_token(into))
