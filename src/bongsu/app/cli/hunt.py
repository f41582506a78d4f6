"""`bongsu hunt`: logs, mail and lock files to sightings, and what was not searched."""

from pathlib import Path
from typing import Annotated

import typer

from bongsu.app.cli import mail_posture
from bongsu.app.cli.default_command import DefaultCommand
from bongsu.model.text import _

app = typer.Typer(
    help=_("Hunt in logs, mail and lock files for what spies leave; a person decides."),
    no_args_is_help=True,
    cls=DefaultCommand,
)
app.registered_commands.extend(mail_posture.app.registered_commands)

Paths = Annotated[list[Path], typer.Argument(metavar="PATH...", help=_("Logs, archives, folders of them."))]
RuleFiles = Annotated[
    list[Path] | None, typer.Option("--rules", help=_("Sigma rules, or a folder of them; may be repeated."))
]
Json = Annotated[bool, typer.Option("--json", help=_("Print JSON also on a terminal."))]


@app.callback()
def _root() -> None:
    """Hunt in logs, mail and lock files for what spies leave; a person decides."""


@app.command()
def run(  # noqa: PLR0913
    paths: Paths,
    *,
    rules: RuleFiles = None,
    shipped: Annotated[bool, typer.Option(help=_("Ask the rules that ship, too."))] = True,
    indicators: Annotated[
        list[Path] | None, typer.Option(help=_("Indicators: STIX, MISP, OpenIOC, CSV, list."))
    ] = None,
    disputed: Annotated[list[Path] | None, typer.Option(help=_("Table of disputed indicators."))] = None,
    benign: Annotated[list[Path] | None, typer.Option(help=_("List of what is benign."))] = None,
    people: Annotated[list[Path] | None, typer.Option(help=_("Table of people a mail may pose as."))] = None,
    domains: Annotated[list[Path] | None, typer.Option(help=_("Table of domains to imitate."))] = None,
    own_domain: Annotated[list[str] | None, typer.Option(help=_("Domain of the firm itself."))] = None,
    answers: Annotated[list[Path] | None, typer.Option(help=_("Saved DNS answers: who sent."))] = None,
    trusted_host: Annotated[list[str] | None, typer.Option(help=_("Mail host of the firm."))] = None,
    yara: Annotated[list[Path] | None, typer.Option(help=_("YARA rules for files that are no logs."))] = None,
    yara_all: Annotated[bool, typer.Option("--yara-all", help=_("Ask them of logs too."))] = False,
    processes: Annotated[int, typer.Option(help=_("Processes; 0: one a core."), min=0, max=64)] = 0,
    into: Annotated[Path | None, typer.Option(help=_("HTML report to write."))] = None,
    tlp: Annotated[str, typer.Option(help=_("Marking, for example TLP:AMBER."))] = "",
    release: Annotated[list[str] | None, typer.Option(help=_("Party that it may go to."))] = None,
    plain: Json = False,
) -> None:
    """Hunt in files and folders: what was found, how sure, what to do, and what was not searched.

    Example: bongsu hunt logs --rules sigma --indicators claims.csv --into hunt.html
    """
    from bongsu.app.cli.hunt_print import file_progress, print_hunt
    from bongsu.app.jobs.hunt_indicator import IndicatorFiles
    from bongsu.app.jobs.hunt_report import run_hunt, write_hunt
    from bongsu.app.jobs.hunt_setup import HuntRequest
    from bongsu.app.jobs.lead import marking_of

    request = HuntRequest(
        paths=tuple(paths), rules=tuple(rules or ()), shipped_rules=shipped,
        indicators=IndicatorFiles(tuple(indicators or ()), tuple(disputed or ()), tuple(benign or ())),
        people=tuple(people or ()), domains=tuple(domains or ()), own_domains=tuple(own_domain or ()),
        answers=tuple(answers or ()), trusted_hosts=tuple(trusted_host or ()),
        yara=tuple(yara or ()), yara_all=yara_all, processes=processes,
    )  # fmt: skip
    with file_progress() as progress:
        found = run_hunt(request, marking=marking_of(tlp, release or []), progress=progress)
    print_hunt(found, plain=plain)  # first, for the report may meet a full disk
    if into is not None:
        write_hunt(found, into)
        typer.echo(_("Report: {path}").format(path=into), err=True)


@app.command("hand-over")
def hand_over(
    source: Annotated[Path, typer.Argument(metavar="HUNT", help=_("Document of a hunt."))],
    *,
    into: Annotated[Path, typer.Option(help=_("Folder that gets the files."))],
    recipient: Annotated[
        str, typer.Option(help=_("Whom it is for; refused unless the marking lets it go."))
    ] = "",
    plain: Json = False,
) -> None:
    """Hand wallets to `bongsu trace`, identifiers to `bongsu screen`, and sightings on as STIX 2.1."""
    from bongsu.app.cli.ledger_print import print_document
    from bongsu.app.jobs.hunt_hand_over import hand_over as write

    print_document(write(source, into, recipient=recipient or None), plain=plain)
