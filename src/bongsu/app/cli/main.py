"""The `bongsu` command and the one table of exit codes."""

import sys
from typing import Annotated

import typer

from bongsu import __version__
from bongsu.app.cli import facts, ledger
from bongsu.errors import BongsuError
from bongsu.model.text import _

EXIT_OK, EXIT_MENDABLE, EXIT_INTERRUPTED = 0, 2, 130

app = typer.Typer(
    name="bongsu",
    help=_("Follow a lead to the points where someone can act."),
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.add_typer(ledger.app, name="ledger")
app.add_typer(facts.app, name="facts")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"bongsu {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help=_("Show the version."))
    ] = False,
) -> None:
    """Follow a lead to the points where someone can act."""


def main() -> None:
    """Nothing; runs the command and turns what a person can mend into a message and an exit code."""
    try:
        app()
    except BongsuError as error:
        typer.echo(str(error), err=True)
        if error.hint:
            typer.echo(_("hint: {hint}").format(hint=error.hint), err=True)
        sys.exit(EXIT_MENDABLE)
    except KeyboardInterrupt:
        typer.echo(_("Stopped."), err=True)
        sys.exit(EXIT_INTERRUPTED)
