"""`bongsu ledger`: import source files, look at what they hold."""

from pathlib import Path
from typing import Annotated, Any

import typer

from bongsu.app.cli.ledger_print import print_document, row_progress
from bongsu.errors import InputError
from bongsu.model.text import _

app = typer.Typer(help=_("Make the ledgers that a trace runs on, and look at them."), no_args_is_help=True)

# What may not be read is said by the job, as any other error: hence readable=False.
Paths = Annotated[
    list[Path], typer.Argument(help=_("Source files: exports, dumps, flow records."), readable=False)
]
Format = Annotated[str, typer.Option("--format", help=_("Format; told from the content if not given."))]
Columns = Annotated[
    str,
    typer.Option(
        "--map",
        help=_("For --format flows and bridge-events: FIELD=COLUMN,...; FIELD==TEXT holds for all rows."),
    ),
]
Unit = Annotated[str, typer.Option(help=_("For --format flows: USD, BTC, ETH or NAME:DECIMALS."))]
Folder = Annotated[Path, typer.Argument(help=_("Folder of the ledger."), readable=False)]
Plain = Annotated[bool, typer.Option("--json", help=_("Print JSON also on a terminal."))]


@app.callback()
def _root() -> None:
    """Make the ledgers that a trace runs on, and look at them."""


def parse_map(text: str) -> dict[str, str]:
    """Columns by field of `field=column,...`.

    Raises:
        InputError: When a part has no `=`.
    """
    parts = [part.partition("=") for part in text.split(",") if part]
    for field, equals, column in parts:
        if not (field and equals and column):
            raise InputError(
                _("Cannot use --map {text}: {part} is not FIELD=COLUMN.").format(text=text, part=field),
                hint=_("Example: --map from=sender,to=receiver,value=amount"),
            )
    return {field.strip(): column.strip() for field, _equals, column in parts}


@app.command(name="import")
def import_(  # noqa: PLR0913
    paths: Paths,
    *,
    into: Annotated[
        Path, typer.Option(help=_("Folder of the ledger; made if it is not there."), readable=False)
    ],
    format_name: Format = "",
    columns: Columns = "",
    unit: Unit = "",
    chain: Annotated[str, typer.Option(help=_("CAIP-2 id of the files' chain."))] = "eip155:1",
    license_name: Annotated[
        str, typer.Option("--license", help=_("License of the files, for the record."))
    ] = "",
    note: Annotated[str, typer.Option(help=_("Where the files come from, for the record."))] = "",
    replace: Annotated[
        bool,
        typer.Option("--replace", help=_("Read known files again; drop other content of the same name.")),
    ] = False,
    plain: Plain = False,
) -> None:
    """Add source files to a ledger; stop it at any moment and run it again, it resumes."""
    from bongsu.app.jobs.ledger_import import import_files, seal_import
    from bongsu.app.jobs.ledger_plan import ImportRequest

    request = ImportRequest(
        format=format_name, columns=parse_map(columns), unit=unit, chain=chain, license=license_name,
        note=note, replace=replace,
    )  # fmt: skip
    outcomes: list[dict[str, Any]] = []
    try:
        with row_progress() as progress:
            for outcome in import_files(paths, into, request, progress=progress):
                outcomes.append(outcome.document())
        outcomes.append({"ledger": str(into), **seal_import(into).sealed["counts"]})
    except KeyboardInterrupt:
        typer.echo(_("What is imported stays; run the same command again to resume."), err=True)
        raise
    finally:
        for document in outcomes:
            print_document(document, plain=plain)


@app.command()
def show(ledger: Folder, plain: Plain = False) -> None:
    """Show what a ledger was made of and what it holds."""
    from bongsu.app.jobs.ledger_show import show_ledger

    for document in show_ledger(ledger):
        print_document(document, plain=plain)


@app.command()
def rejects(
    ledger: Folder,
    rule: Annotated[str, typer.Option(help=_("Only rows that break this rule."))] = "",
    plain: Plain = False,
) -> None:
    """List the rows that were refused, with file, place, rule and reason."""
    from bongsu.app.jobs.ledger_show import list_rejects

    for document in list_rejects(ledger, rule=rule):
        print_document(document, plain=plain)


@app.command()
def verify(ledger: Folder, plain: Plain = False) -> None:
    """Check the files of a ledger against the SHA-256 in its manifest."""
    from bongsu.app.jobs.ledger_show import verify_ledger

    print_document({"ledger": str(ledger), "whole_files": verify_ledger(ledger)}, plain=plain)


@app.command()
def inspect(
    paths: Paths, *, format_name: Format = "", columns: Columns = "", unit: Unit = "", plain: Plain = False
) -> None:
    """Show what each file holds: rows in, rows kept, rejects by rule, gaps, exact sums by asset."""
    from bongsu.app.jobs.inspect import inspect_files

    with row_progress() as progress:
        seen = list(
            inspect_files(
                paths, format_name=format_name, columns=parse_map(columns), unit=unit, progress=progress
            )
        )
    for one in seen:
        print_document(one.document(), plain=plain)
