"""The `bongsu` command and the one table of exit codes."""

import sys
from typing import Annotated, NoReturn

import typer

from bongsu import __version__
from bongsu.app.cli import check, facts, hunt, ledger, match, rehearse, screen, trace
from bongsu.errors import BongsuError
from bongsu.model.text import _, translation_notice

EXIT_OK, EXIT_MENDABLE, EXIT_INTERRUPTED = 0, 2, 130

app = typer.Typer(
    name="bongsu",
    help=_("Follow a lead to the points where someone can act."),
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.registered_commands.extend(trace.app.registered_commands)
app.registered_commands.extend(check.app.registered_commands)
app.add_typer(ledger.app, name="ledger")
app.add_typer(facts.app, name="facts")
app.add_typer(hunt.app, name="hunt")
app.add_typer(match.app, name="match")
app.add_typer(rehearse.app, name="rehearse")
app.add_typer(screen.app, name="screen")


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


def _fail(message: str, hint: str) -> NoReturn:
    typer.echo(message, err=True)
    if hint:
        typer.echo(_("hint: {hint}").format(hint=hint), err=True)
    sys.exit(EXIT_MENDABLE)


def main() -> None:
    """Nothing; runs the command and turns what a person can mend into a message and an exit code."""
    if notice := translation_notice():
        typer.echo(notice, err=True)
    try:
        app(prog_name="bongsu")
    except BongsuError as error:
        _fail(str(error), error.hint)
    except OSError as error:
        place = error.filename or _("standard output")
        _fail(
            _("Cannot use {place}: {why}.").format(place=place, why=error.strerror or error),
            _("Look at the path, its permissions and the free space, then run the command again."),
        )
    except SystemExit as end:
        if end.code == EXIT_INTERRUPTED:  # what typer makes of Ctrl-C
            typer.echo(_("Stopped."), err=True)
        raise
