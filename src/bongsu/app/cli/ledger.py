"""`bongsu ledger`: what source files hold."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bongsu.errors import InputError
from bongsu.model.text import _

if TYPE_CHECKING:
    from bongsu.app.jobs.inspect import Inspection

app = typer.Typer(help=_("Look at the ledgers that a trace runs on."), no_args_is_help=True)


@app.callback()
def _root() -> None:
    """Look at the ledgers that a trace runs on."""


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


def _print(seen: "Inspection") -> None:
    document = seen.document()
    if not sys.stdout.isatty():
        typer.echo(json.dumps(document, sort_keys=True))
        return
    for key, value in document.items():
        rows = value.items() if isinstance(value, dict) else [("", value)]
        for name, number in rows:
            typer.echo(f"{key:14} {name:34} {number}")


@app.command()
def inspect(
    paths: Annotated[list[Path], typer.Argument(help=_("Source files: exports, dumps, flow records."))],
    format_name: Annotated[
        str, typer.Option("--format", help=_("Format; told from the content if not given."))
    ] = "",
    columns: Annotated[
        str,
        typer.Option("--map", help=_("For --format flows: FIELD=COLUMN,... (tx block time from to value).")),
    ] = "",
    unit: Annotated[str, typer.Option(help=_("For --format flows: USD, BTC, ETH or NAME:DECIMALS."))] = "",
) -> None:
    """Show what each file holds: rows in, rows kept, rejects by rule, gaps, exact sums by asset."""
    from bongsu.app.jobs.inspect import inspect_files

    def show(path: Path, rows: int) -> None:
        if sys.stderr.isatty():
            typer.echo(f"\r{path.name}: {rows:,}", err=True, nl=False)

    for seen in inspect_files(
        paths, format_name=format_name, columns=parse_map(columns), unit=unit, progress=show
    ):
        _print(seen)
