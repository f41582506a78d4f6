"""A check document on a terminal as tables, elsewhere as one line of JSON."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer

from bongsu.model.amount import format_amount_cut
from bongsu.model.text import _

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

Document = dict[str, Any]
SHOWN = 20
"""Rows of a table on a terminal; the JSON has them all."""


@contextmanager
def stage_progress() -> Iterator[Callable[[str], None]]:
    """Function that shows what is being made on a terminal's error stream; silent for a mere lookup."""
    if not sys.stderr.isatty():
        yield lambda stage: None
        return
    shown: list[Any] = []

    def show(stage: str) -> None:
        from rich.console import Console

        if not shown:
            shown.append(Console(stderr=True).status(stage))
            shown[0].start()
        shown[0].update(f"{stage} ...")

    try:
        yield show
    finally:
        for status in shown:
            status.stop()


def print_check(document: Document, *, plain: bool) -> None:
    """Nothing; prints the answer: tables on a terminal, else JSON."""
    if plain or not sys.stdout.isatty():
        typer.echo(json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":")))
        return
    from rich.console import Console

    show_check(document, Console())


def show_check(document: Document, console: "Console") -> None:
    """Nothing; prints the answer for a person."""
    for line, style in _headlines(document):
        console.print(line, style=style, markup=False, highlight=False)
    tables = [_stolen_table(document), _exposure_table(document), *_fact_tables(document)]
    for table in tables:
        if table.row_count:
            console.print(table)
    for line in [*_coverage(document), *document["limits"]]:
        console.print(line, style="dim", markup=False, highlight=False)


def _headlines(document: Document) -> Iterator[tuple[str, str]]:
    """First lines and their style: what is asked, what was found, what it means."""
    answer, subject = document["answer"], document["subject"]
    yield printable(f"{subject['shown']}  {subject['chain'] or ''}".strip()), "bold"
    if not document["known"]:
        yield _("The ledger has no movement of it: it says nothing, which does not mean clean."), "bold"
    if answer["sanctioned"]:
        yield _("SANCTIONS LISTING in force: see below."), "bold red"
    if answer["delisted"]:
        yield _("A sanctions listing that was lifted: see below; it is no hit."), ""
    if answer["named_in"]:
        yield _("Named in: {names}.").format(names=", ".join(answer["named_in"])), "bold red"
    if answer["exposed_under"]:
        found = _("Exposed to {names}, under {policies}.")
        names, policies = ", ".join(answer["incidents"]), ", ".join(answer["exposed_under"])
        yield found.format(names=names, policies=policies), "bold"
    elif answer["party_incidents"]:
        found = _("It moved nothing of the traced incidents; a sender or receiver is exposed to {names}.")
        yield found.format(names=", ".join(answer["party_incidents"])), "bold"
    elif document["known"]:
        yield _("No exposure to the incidents that were traced in this ledger."), "bold"
    yield answer["statement"], "italic"


def _table(title: str, *columns: str, right: int = 0) -> "Table":
    """Empty table whose last columns are numbers, as many as `right`."""
    from rich.table import Table

    table = Table(title=title, title_justify="left")
    for place, column in enumerate(columns):
        table.add_column(
            column, justify="right" if place >= len(columns) - right else "left", overflow="fold"
        )
    return table


def _amount(document: Document, asset: str, units: str) -> str:
    found = next(one for one in document["assets"] if one["id"] == asset)
    symbol = found["symbol"] or _("base units of an unknown asset")
    return f"{format_amount_cut(units, found['decimals'])} {printable(symbol)}"


def _span(document: Document, asset: str, found: Document) -> str:
    least, most = (_amount(document, asset, found[end]) for end in ("min", "max"))
    return least if least == most else f"{least}\n{most}"


def _exposure_table(document: Document) -> "Table":
    title = _("What came of known thefts: least to most over the policies, and what poison calls touched")
    columns = (_("address"), _("theft"), _("how"), _("last arrival"))
    table = _table(title, *columns, _("arrived"), _("not seen leaving"), _("touched"), right=3)
    rows = [(party, one) for party in document["parties"] for one in party["exposures"]]
    for party, one in rows[:SHOWN]:
        touched = one["arrived"].get("poison", "0")
        table.add_row(
            f"{printable(party['shown'])}\n{_side(party['side'])}".strip(),
            printable(one["title"]),
            _how(one),
            (one["last_arrival"] or "")[:10],
            _span(document, one["asset"], one["arrived_range"]),
            _span(document, one["asset"], one["held_range"]),
            _amount(document, one["asset"], touched),
        )
    _say_rest(table, len(rows))
    return table


def _how(one: Document) -> str:
    if one["relation"] == "indirect":
        return _("indirect, {hops} payments").format(hops=one["hops"])
    return _("direct") if one["relation"] == "direct" else _("listed address itself")


def _side(side: str) -> str:
    known = {"sender": _("sender"), "receiver": _("receiver"), "both": _("sender and receiver")}
    return known.get(side, "")


def _stolen_table(document: Document) -> "Table":
    policies = document["method"]["policies"]
    title = _("What the transaction moved of known thefts, by policy")
    table = _table(title, _("theft"), *policies, right=len(policies))
    for one in document["stolen"]:
        amounts = [_amount(document, one["asset"], one["amount"][policy]) for policy in policies]
        table.add_row(one["incident"], *amounts)
    return table


def _fact_tables(document: Document) -> "list[Table]":
    listings = _table(
        _("Sanctions listings"),
        _("address"),
        _("authority"),
        _("program"),
        _("subject"),
        _("listed"),
        _("lifted"),
    )
    roles = _table(_("Named in a theft"), _("address"), _("theft"), _("role"), _("source"))
    labels = _table(_("Labels"), _("address"), _("name"), _("category"), _("confidence"), _("source"))
    parties = document["parties"]
    for shown, one in [(party["shown"], one) for party in parties for one in party["sanctions"]]:
        texts = [one[name] or "?" for name in ("authority", "program", "subject", "listed")]
        listings.add_row(*map(printable, [shown, *texts, one["delisted"] or ""]))
    subject = document["subject"]["shown"]
    named = [(subject, one) for one in document["roles"]]
    for shown, one in [*named, *((party["shown"], one) for party in parties for one in party["roles"])]:
        roles.add_row(*map(printable, [shown, one["title"], one["role"], one["source"]]))
    every = [(party["shown"], one) for party in parties for one in party["labels"]]
    for shown, one in every[:SHOWN]:
        texts = [one["name"], one["category"], str(one["confidence"]), one["source"]]
        labels.add_row(*map(printable, [shown, *texts]))
    _say_rest(labels, len(every))
    return [listings, roles, labels]


def _say_rest(table: "Table", rows: int) -> None:
    if rows > SHOWN:
        table.caption = _("{count} more are in --json.").format(count=rows - SHOWN)


def _coverage(document: Document) -> Iterator[str]:
    coverage = document["coverage"]
    for one in coverage["as_of"]:
        yield _("Ledger {name}, {chain}: as of block {block}, {time}.").format(
            name=printable(coverage["ledger"]["name"]),
            **{**one, "block": one["block"] or "?", "time": one["time"] or "?"},
        )
    states = [one["state"] for one in coverage["incidents"]]
    yield _("{traced} known thefts are in this ledger, {absent} are not, {unnamed} name no address.").format(
        traced=states.count("traced"), absent=states.count("absent"), unnamed=states.count("no_addresses")
    )
    if coverage["gaps"]:
        gaps = ", ".join(f"{reason} {count:,}" for reason, count in coverage["gaps"].items())
        yield _("Known gaps: {gaps}.").format(gaps=gaps)


def printable(text: str) -> str:
    """The text without control characters, with rich's markup made harmless."""
    from rich.markup import escape

    return escape("".join(one if one.isprintable() else "?" for one in text))
