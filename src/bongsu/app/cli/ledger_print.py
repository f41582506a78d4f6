"""Printing of ledger commands: tables on a terminal, one JSON document a line elsewhere; progress."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from bongsu.model.text import _

if TYPE_CHECKING:
    from bongsu.app.jobs.ledger_import import Progress


def print_document(document: dict[str, Any], *, plain: bool = False) -> None:
    """Nothing; prints lines of key and value on a terminal, else one line of JSON."""
    if plain or not sys.stdout.isatty():
        typer.echo(json.dumps(document, sort_keys=True, ensure_ascii=False))
        return
    for key, value in document.items():
        rows = value.items() if isinstance(value, dict) else [("", _shown(value))]
        for name, number in rows:
            typer.echo(f"{key:14} {name:34} {_shown(number)}")
    typer.echo("")


def _shown(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(str(one) for one in value)
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


@contextmanager
def row_progress(total: int | None = None) -> Iterator["Progress"]:
    """Function that shows a file's rows and their rate on standard error, if that is a terminal.

    Args:
        total: Rows that it will have, where that is known.
    """
    if not sys.stderr.isatty():
        yield lambda path, rows: None
        return
    from rich.console import Console
    from rich.progress import Progress as Bars
    from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TextColumn(_("{task.completed:,} of {task.total:,} rows") if total else _("{task.completed:,} rows")),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
        *([TimeRemainingColumn()] if total else []),
    )
    with Bars(*columns, console=Console(stderr=True), redirect_stdout=False) as bars:
        tasks: dict[Path, Any] = {}

        def show(path: Path, rows: int) -> None:
            if path not in tasks:
                tasks[path] = bars.add_task(path.name, total=total, rate="")
            task = next(one for one in bars.tasks if one.id == tasks[path])
            rate = f"{rows / task.elapsed:,.0f}/s" if task.elapsed else ""
            bars.update(tasks[path], completed=rows, rate=rate)

        yield show
