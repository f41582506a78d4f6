"""`bongsu hunt mail-posture`: what a domain's DNS lets others send in its name."""

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from bongsu.model.text import _

app = typer.Typer(help=_("Say what a domain lets others send in its name."))


@app.command("mail-posture")
def mail_posture(  # noqa: PLR0913
    domain: Annotated[str, typer.Argument(help=_("Domain that your mail is sent from."))],
    *,
    answers: Annotated[list[Path] | None, typer.Option(help=_("Zone file or saved DNS answers."))] = None,
    whole: Annotated[bool, typer.Option("--whole", help=_("The zone file holds the whole domain."))] = False,
    live: Annotated[bool, typer.Option("--live", help=_("Look records up over the network."))] = False,
    reports: Annotated[list[Path] | None, typer.Option(help=_("DMARC reports, or a folder of them."))] = None,
    selector: Annotated[list[str] | None, typer.Option(help=_("Selector of a DKIM key of yours."))] = None,
    plain: Annotated[bool, typer.Option("--json", help=_("Print JSON also on a terminal."))] = False,
) -> None:
    """Say what a domain lets others send in its name, and which records to publish.

    Example: bongsu hunt mail-posture example.com --answers example.com.zone --whole
    """
    from bongsu.app.jobs.mail_posture import PostureRequest
    from bongsu.app.jobs.mail_posture import mail_posture as run

    request = PostureRequest(
        domain=domain, answers=tuple(answers or ()), whole=whole, live=live,
        reports=tuple(reports or ()), selectors=tuple(selector or ()),
    )  # fmt: skip
    print_posture(run(request), plain=plain)


def print_posture(document: dict[str, Any], *, plain: bool = False) -> None:
    """Nothing; prints what to change in order on a terminal, else one line of JSON."""
    if plain or not sys.stdout.isatty():
        typer.echo(json.dumps(document, sort_keys=True, ensure_ascii=False))
        return
    typer.echo(f"{document['domain']} ({document['source']})\n")
    for name, value in document["found"].items():
        typer.echo(f"  {name:10}{value}")
    typer.echo("")
    for one in document["advice"]:
        typer.echo(f"{one['order']:>3}. [{one['level']}] {one['what']}\n     {one['why']}")
        if one["record"]:
            typer.echo(f"     {one['record']}")
    if document["senders"] is not None:
        _print_senders(document["senders"])
    for one in document["rejects"]:
        typer.echo(f"{one['file']}:{one['locator']}: {one['message']}", err=True)


def _print_senders(senders: dict[str, Any]) -> None:
    said = _("{reports:,} reports, {mails:,} mails, {passed:,} passed")
    typer.echo("\n" + said.format(**{name: senders[name] for name in ("reports", "mails", "passed")}))
    for one in senders["addresses"]:
        line = _("{ip:40} {failed:,} failed, {refused:,} refused, {passed:,} passed; proves {proves}")
        shown = {name: one[name] for name in ("ip", "failed", "refused", "passed")}
        typer.echo("  " + line.format(**shown, proves=", ".join(one["proves"]) or _("nothing")))
