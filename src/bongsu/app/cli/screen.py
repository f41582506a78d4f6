"""`bongsu screen`: records of people to cases for a person, and the networks behind them."""

from pathlib import Path
from typing import Annotated

import typer

from bongsu.app.cli.default_command import DefaultCommand
from bongsu.app.cli.ledger_print import print_document, row_progress
from bongsu.model.text import _

app = typer.Typer(
    help=_("Screen records of people for misrepresentation; a person decides."),
    no_args_is_help=True,
    cls=DefaultCommand,
)

Folder = Annotated[Path, typer.Argument(help=_("Folder of dossiers."))]
Subject = Annotated[str, typer.Argument(metavar="SUBJECT", help=_("Id of the person, as in the dossier."))]
Files = Annotated[list[Path], typer.Argument(metavar="FILE...", help=_("Records: tables or JSON."))]
Json = Annotated[bool, typer.Option("--json", help=_("Print JSON also on a terminal."))]
Labels = Annotated[list[Path] | None, typer.Option("--labels", help=_("Label file of addresses."))]
Listed = Annotated[
    list[Path] | None, typer.Option("--listed", help=_("List of wallets or identifiers, with sources."))
]
Asn = Annotated[
    Path | None, typer.Option("--asn", help=_("Table of networks: CIDR, number, name, kind, dates."))
]
LikenessAsked = Annotated[
    bool, typer.Option("--likeness/--no-likeness", help=_("Read names to say who may be one person."))
]
MappingFile = Annotated[Path | None, typer.Option("--mapping", help=_("What `screen init` proposed."))]


@app.callback()
def _root() -> None:
    """Screen records of people for misrepresentation; a person decides."""


@app.command()
def run(  # noqa: PLR0913
    files: Files,
    *,
    labels: Labels = None,
    listed: Listed = None,
    approved: Annotated[list[str] | None, typer.Option(help=_("Software that IT installs."))] = None,
    own: Annotated[list[str] | None, typer.Option(help=_("Address of the company itself."))] = None,
    mapping: MappingFile = None,
    country: Annotated[list[str] | None, typer.Option(help=_("Whose law is told: KR, US, EU, GB."))] = None,
    into: Annotated[Path | None, typer.Option(help=_("Folder that gets dossiers."))] = None,
    tlp: Annotated[str, typer.Option(help=_("Marking, for example TLP:AMBER."))] = "",
    release: Annotated[list[str] | None, typer.Option(help=_("Party that it may go to."))] = None,
    asn: Asn = None,
    likeness: LikenessAsked = True,
    plain: Json = False,
) -> None:
    """Screen files of records.

    Example: bongsu screen hris.csv okta.jsonl payroll.csv --into cases
    """
    from bongsu.app.cli.screen_print import print_screening
    from bongsu.app.jobs.lead import marking_of
    from bongsu.app.jobs.screen import PERSONAL, run_screen
    from bongsu.app.jobs.screen_dossier import write_screening
    from bongsu.app.jobs.screen_intake import ScreenRequest

    request = ScreenRequest(
        files=tuple(files), labels=tuple(labels or ()), listed=tuple(listed or ()),
        approved=frozenset(approved or ()), own_places=tuple(own or ()), mapping=mapping,
        countries=tuple(country or ()), likeness=likeness, asn=asn,
    )  # fmt: skip
    with row_progress() as progress:
        found = run_screen(request, marking=marking_of(tlp, release or []) or PERSONAL, progress=progress)
    if into is not None:
        names = write_screening(found, into)
        typer.echo(_("{count} files written to {folder}.").format(count=len(names), folder=into), err=True)
    print_screening(found, plain=plain)


@app.command()
def init(
    files: Files,
    *,
    source: Annotated[str, typer.Option(help=_("Source; told from the columns if not given."))] = "",
    plain: Json = False,
) -> None:
    """Propose what each column of a file is, and show it; the output is a mapping for `screen --mapping`."""
    from bongsu.app.jobs.screen_mapping import propose_mapping

    for path in files:
        print_document(propose_mapping(path, source), plain=plain)


@app.command()
def path(  # noqa: PLR0913
    one: Annotated[str, typer.Argument(metavar="NODE", help=_("Id of a person, or 'kind value'."))],
    other: Annotated[str, typer.Argument(metavar="NODE", help=_("Id of a person, or 'kind value'."))],
    files: Files,
    *,
    labels: Labels = None,
    mapping: MappingFile = None,
    asn: Asn = None,
    likeness: LikenessAsked = True,
    plain: Json = False,
) -> None:
    """Explain what joins two people, or a person and a thing, step by step."""
    from bongsu.app.jobs.screen import path_between
    from bongsu.app.jobs.screen_intake import ScreenRequest

    request = ScreenRequest(
        files=tuple(files), labels=tuple(labels or ()), mapping=mapping, asn=asn, likeness=likeness
    )
    for step in path_between(request, one, other):
        print_document(step, plain=plain)


@app.command("hand-over")
def hand_over(
    source: Annotated[
        Path, typer.Argument(metavar="SCREENING", help=_("Document of a screening, or folder of dossiers."))
    ],
    *,
    into: Annotated[Path, typer.Option(help=_("Folder that gets wallets.json and indicators.csv."))],
    recipient: Annotated[
        str, typer.Option(help=_("Whom it is for; refused unless the marking lets it go."))
    ] = "",
    plain: Json = False,
) -> None:
    """Hand wallets to `bongsu trace` and indicators to `bongsu hunt`: of referred people only."""
    from bongsu.app.jobs.screen_hand_over import hand_over as write

    print_document(write(source, into, recipient=recipient or None), plain=plain)


@app.command()
def decide(  # noqa: PLR0913
    folder: Folder,
    subject: Subject,
    *,
    by: Annotated[str, typer.Option(help=_("Who decides."))],
    decision: Annotated[str, typer.Option(help=_("adverse, cleared or more_evidence."))],
    why: Annotated[str, typer.Option(help=_("Reason, in words."))],
    country: Annotated[list[str] | None, typer.Option(help=_("Whose law is told: KR, US, EU, GB."))] = None,
    plain: Json = False,
) -> None:
    """Write down what a person decided on a case; what must be known before is told first."""
    from bongsu.app.jobs import screen_decision as job

    countries = tuple(country or ())
    for rule in job.rules_before(folder, subject, countries):
        typer.echo(rule, err=True)
    decided = job.Decided(by=by, outcome=decision, why=why, countries=countries)
    print_document(job.decide(folder, subject, decided), plain=plain)


@app.command()
def appeal(
    folder: Folder,
    subject: Subject,
    *,
    by: Annotated[str, typer.Option(help=_("Who writes it down."))],
    says: Annotated[str, typer.Option(help=_("What the person says against the decision."))],
    plain: Json = False,
) -> None:
    """Write down what somebody says against an adverse decision."""
    from bongsu.app.jobs.screen_decision import appeal as write

    print_document(write(folder, subject, by, says), plain=plain)


@app.command()
def appeals(folder: Folder, *, plain: Json = False) -> None:
    """Show decisions and appeals of a folder, and which appeals wait."""
    from bongsu.app.jobs.screen_decision import appeals as read

    for entry in read(folder):
        print_document(entry, plain=plain)


@app.command()
def purge(
    folder: Annotated[Path, typer.Argument(help=_("Folder of dossiers."))],
    *,
    older_than: Annotated[int, typer.Option("--older-than", metavar="DAYS", help=_("Age in days."))],
    plain: Json = False,
) -> None:
    """Remove dossiers older than so many days, and who, whom and why of older decisions."""
    from bongsu.app.jobs.screen_dossier import purge_screenings

    print_document(purge_screenings(folder, older_than), plain=plain)
