"""Printing of a hunt: a table on a terminal, one JSON document elsewhere; progress by files."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import typer

from bongsu.app.jobs.hunt_plan import Progress
from bongsu.model.text import _

MOST_ROWS = 40
_COLORS = {"critical": "bold red", "high": "red", "medium": "yellow", "low": "cyan", "informational": "dim"}
Document = dict[str, Any]


def print_hunt(document: Document, *, plain: bool = False) -> None:
    """Nothing; prints findings and coverage on a terminal, else one line of JSON."""
    if plain or not sys.stdout.isatty():
        typer.echo(json.dumps(document, sort_keys=True, ensure_ascii=False))
        return
    from rich.console import Console

    console = Console()
    alerts = document["findings"]
    if alerts:
        console.print(_table(alerts[:MOST_ROWS]))
    for line in _lines(document, len(alerts)):
        console.print(line, markup=False, highlight=False)


def _table(alerts: list[Document]) -> Any:  # noqa: ANN401
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for name in (_("level"), _("what"), _("hosts"), _("first seen, UTC"), _("events"), _("technique")):
        table.add_column(name, overflow="fold")
    for one in alerts:
        table.add_row(
            Text(one["level"], style=_COLORS[one["level"]]),
            Text(one["title"]),
            Text(_hosts(one)),
            (one["first"] or "-")[:19],
            f"{one['count']:,}",
            " ".join(one["techniques"][:2]),
        )
    return table


def _hosts(finding: Document) -> str:
    named = [at["host"] for at in finding["hosts"] if at["host"]]
    more = finding["places"] - 1
    return f"{named[0] if named else '-'}{f' +{more}' if more else ''}"


def _lines(document: Document, alerts: int) -> Iterator[str]:
    summary, coverage = document["summary"], document["coverage"]
    if not alerts:
        yield _("Nothing found in what was searched.")
    elif alerts > MOST_ROWS:
        yield _("{count} more; see them with --json or --into.").format(count=alerts - MOST_ROWS)
    yield ""
    yield _("Searched {events:,} events in {files:,} files; asked {asked:,} of {loaded:,} rules.").format(
        events=summary["events"],
        files=summary["files"],
        asked=coverage["rules"]["asked"],
        loaded=coverage["rules"]["loaded"],
    )
    missed = coverage["not_searched"]
    if missed:
        yield _("Not searched: {count}").format(count=len(missed))
        yield from (f"  {one['name']}: {one['why']}" for one in missed[:5])
    if coverage["rules"]["not_loaded"]:
        yield _("Rules not loaded: {count}").format(count=len(coverage["rules"]["not_loaded"]))


@contextmanager
def file_progress() -> Iterator[Progress]:
    """Function that shows files done and bytes a second on standard error, if that is a terminal."""
    if not sys.stderr.isatty():
        yield lambda name, size: None
        return
    from rich.console import Console
    from rich.progress import (
        DownloadColumn,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
        TransferSpeedColumn,
    )
    from rich.progress import Progress as Bars

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeElapsedColumn(),
    )
    with Bars(*columns, console=Console(stderr=True), redirect_stdout=False) as bars:
        task = bars.add_task(_("reading"), total=None)

        def show(name: str, size: int) -> None:
            bars.update(task, advance=size, description=name[-40:])

        yield show
