"""A screening on a terminal as tables, elsewhere as one JSON document a line."""

import json
import sys
from typing import TYPE_CHECKING, Any

import typer

from bongsu.model.text import _

if TYPE_CHECKING:
    from rich.table import Table

MOST_SHOWN = 50


def print_screening(document: dict[str, Any], *, plain: bool = False) -> None:
    """Nothing; prints the document `bongsu.screen/1`."""
    if plain or not sys.stdout.isatty():
        typer.echo(json.dumps(document, sort_keys=True, ensure_ascii=False))
        return
    from rich.console import Console

    console = Console()
    for table in (referral_table(document), network_table(document)):
        console.print(table)
    for limit in document["limits"]:
        console.print(limit)


def referral_table(document: dict[str, Any]) -> "Table":
    """Table of referrals, most to look at first."""
    table = _table(_("Cases for a person"), _("Who"), _("Kind"), _("To look at"), _("Families"), _("Flags"))
    for one in document["referrals"][:MOST_SHOWN]:
        flags = ", ".join(dict.fromkeys(hit["flag"] for hit in one["for"]))
        table.add_row(one["subject"], one["kind"], str(one["score"]), ", ".join(one["families"]), flags)
    return table


def network_table(document: dict[str, Any]) -> "Table":
    """Table of networks, widest reach first."""
    table = _table(_("Networks"), _("Referred"), _("Others"), _("Employers"), _("What joins them"))
    for one in document["networks"][:MOST_SHOWN]:
        things = "; ".join(f"{thing['kind']} {thing['value']}" for thing in one["things"][:3])
        row = ", ".join(one["referred"]), str(one["others"]), ", ".join(one["employers"]), things
        table.add_row(*row)
    return table


def _table(title: str, *columns: str) -> "Table":
    from rich.table import Table

    table = Table(title=title)
    for column in columns:
        table.add_column(column)
    return table
