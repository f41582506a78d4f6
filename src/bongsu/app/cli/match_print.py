"""What a private match prints: JSON when piped, lines on a terminal."""

import json
import sys
from typing import Any

import typer
from rich.console import Console
from rich.table import Table

from bongsu.model.text import _


def print_match(document: dict[str, Any]) -> None:
    """Nothing; the outcome is on standard output."""
    if not sys.stdout.isatty():
        typer.echo(json.dumps(document, ensure_ascii=False))
        return
    console = Console()
    for name, value in document.items():
        if name != "values" or isinstance(value, int):
            console.print(f"{_label(name)}: {_shown(value)}", highlight=False)
    if isinstance(document.get("values"), list):
        console.print(_table(document["values"]))


def _label(name: str) -> str:
    return {
        "round": _("Round"),
        "reveal": _("Which, not only how many"),
        "values": _("Identifiers of this side"),
        "asked": _("Identifiers of the other side"),
        "left_out": _("Rows left out"),
        "shared": _("Shared"),
        "partner": _("Partner"),
        "decision": _("Decision"),
        "approved_by": _("Decided by"),
        "until": _("Holds until"),
        "at_least": _("Fewest shared to reveal"),
        "tlp": _("Marking"),
        "releasable_to": _("May go to"),
        "token_sha256": _("For the partner's file, token_sha256"),
    }[name]


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        return ", ".join(f"{why} {count}" for why, count in value.items()) or _("none")
    if isinstance(value, list):
        return ", ".join(map(str, value)) or _("none")
    return _("not known") if value is None else str(value)


def _table(values: list[dict[str, str]]) -> Table:
    table = Table(_("kind"), _("namespace"), _("value"))
    for one in values:
        table.add_row(one["kind"], one["namespace"], one["value"])
    return table
