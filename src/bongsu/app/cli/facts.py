"""`bongsu facts`: what is known, where it is from, and your own labels beside it."""

import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bongsu.errors import FactsError
from bongsu.model.text import _

if TYPE_CHECKING:
    from rich.table import Table

app = typer.Typer(help=_("Look up what is known, and bring your own labels."), no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help=_("One JSON object a line, also on a terminal."))]


@app.callback()
def _root() -> None:
    """Look up what is known, and bring your own labels."""


def print_rows(
    rows: Iterable[dict[str, Any]], as_json: bool, tables: Callable[[list[dict[str, Any]]], "list[Table]"]
) -> None:
    """Nothing; prints the rows as JSON lines, or as tables on a terminal."""
    if as_json or not sys.stdout.isatty():
        for row in rows:
            typer.echo(json.dumps(row, sort_keys=True, ensure_ascii=False))
        return
    from rich.console import Console

    for table in tables(list(rows)):
        Console().print(table)


@app.command()
def show(
    name: Annotated[str, typer.Argument(metavar="SLUG|ADDRESS", help=_("Case, service, issuer or address."))],
    as_json: Json = False,
) -> None:
    """Show one case, service or issuer, or everything known about an address, with sources."""
    from bongsu.app.cli.fact_table import fact_table
    from bongsu.app.jobs.facts import show_fact

    print_rows(show_fact(name), as_json, lambda facts: [fact_table(fact) for fact in facts])


@app.command()
def search(
    text: Annotated[str, typer.Argument(help=_("Any text: a name, a part of an address, a token."))],
    as_json: Json = False,
) -> None:
    """Find facts that hold a text."""
    from bongsu.app.cli.fact_table import found_table
    from bongsu.app.jobs.facts import search_facts

    print_rows(search_facts(text), as_json, lambda facts: [found_table(facts)])


@app.command()
def verify(as_json: Json = False) -> None:
    """Check the shipped facts again: schema, checksums, duplicates, contradictions, dates."""
    from dataclasses import asdict

    from bongsu.app.cli.fact_table import count_table
    from bongsu.facts.verify import verify_facts

    issues = verify_facts()
    print_rows([asdict(issue) for issue in issues], as_json, lambda rows: [count_table(rows)])
    problems = sum(issue.severity == "problem" for issue in issues)
    if problems:
        raise FactsError(
            _("Cannot vouch for the facts: {count} problems.").format(count=problems),
            hint=_("Install Bongsu again, or mend the files named above."),
        )


@app.command("import")
def import_(
    files: Annotated[
        list[Path], typer.Argument(help=_("TagPacks, OFAC lists, Etherscan dumps, CSV tables."))
    ],
    *,
    into: Annotated[Path, typer.Option(help=_("Ledger, or any folder, that gets the labels."))],
    format_name: Annotated[
        str, typer.Option("--format", help=_("Format; told from the content if not given."))
    ] = "",
    chain: Annotated[str, typer.Option(help=_("CAIP-2 chain id where a file does not say."))] = "",
    license_name: Annotated[str, typer.Option("--license", help=_("License of the labels."))] = "",
    as_json: Json = False,
) -> None:
    """Add label files of your own to a ledger; the same file twice changes nothing."""
    from bongsu.app.cli.fact_table import count_table
    from bongsu.app.jobs.facts import import_labels

    done = import_labels(files, into, format_name=format_name, chain=chain, license_name=license_name)
    print_rows((one.document() for one in done), as_json, lambda rows: [count_table(rows)])
