"""A trace document on a terminal, and its files on disk."""

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer
from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from bongsu.app.jobs.collection import without_collection
from bongsu.errors import BongsuError, InputError, MissingExtraError
from bongsu.model.amount import format_amount_cut
from bongsu.model.text import _
from bongsu.share.release import read_marking, require_release
from bongsu.share.report import write_report
from bongsu.share.report_action import Actor, actors
from bongsu.share.report_label import party_name, sanction_text
from bongsu.share.report_money import certain, conserving
from bongsu.share.report_text import plain as printable
from bongsu.share.table_csv import write_csv
from bongsu.share.trace_json import json_pieces

Document = dict[str, Any]
SHOWN_ENDS, SHOWN_PARTIES, SHOWN_ASSETS, WIDE = 15, 12, 3, 110
SHOWN_POLICIES = ("fifo", "haircut")
STDOUT = Path("-")


@contextmanager
def stage_progress() -> Iterator[Callable[[str], None]]:
    """Function that shows the stage of a trace on a terminal's error stream, gone when it is done."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda stage: None
        return
    with console.status(_("opening the ledger")) as status:
        yield lambda stage: status.update(f"{stage} ...")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    """Where a result goes."""

    html: Path | None = None
    """Report; null: `<lead>.html` in the current folder, unless JSON or CSV is asked for; `-`: none."""
    csv: Path | None = None
    """Table of ends; `-`: printed instead of the result; null: none."""
    recipient: str | None = None
    """Party that all of it is for; null: the owner's own screen and disk."""
    plain: bool = False
    """Print JSON also on a terminal."""

    def check(self) -> None:
        """Nothing, when the files can be written there: better said before a long trace than after it.

        Raises:
            InputError: When a folder is not there, or two results would go to standard output.
        """
        if self.csv == STDOUT and self.plain:
            raise InputError(
                _("Cannot print both: --json and --csv - both go to standard output."),
                hint=_("Give the CSV a file: --csv ends.csv"),
            )
        for path in (self.html, self.csv):
            if path is not None and path != STDOUT and (path.is_dir() or not path.absolute().parent.is_dir()):
                why = _("it is a folder") if path.is_dir() else _("its folder is not there")
                raise _cannot_write(path, why)


def _cannot_write(path: Path, why: str) -> InputError:
    return InputError(
        _("Cannot write {path}: {why}.").format(path=path, why=why),
        hint=_("Give another place with --html FILE or --csv FILE, or --html - for no report."),
    )


@without_collection()
def deliver(document: Document, outputs: Outputs) -> None:
    """Nothing; prints the result and writes its files. A file that fails does not lose what is printed.

    Raises:
        ReleaseError: When the marking does not let it go to the recipient.
        InputError: When a file cannot be written.
        MissingExtraError: When the extra `report` is not installed.
    """
    require_release(read_marking(document), outputs.recipient)
    written, failed = _write_files(document, outputs)
    if outputs.csv == STDOUT:
        write_csv(document, sys.stdout, recipient=outputs.recipient)
    elif outputs.plain or not sys.stdout.isatty():
        for piece in json_pieces(document):
            typer.echo(piece, nl=False)
        typer.echo()
    else:
        print_trace(document, Console())
    for path in written:
        typer.echo(_("Written: {path}").format(path=path), err=True)
    if failed is not None:
        raise failed


def _write_files(document: Document, outputs: Outputs) -> tuple[list[Path], BongsuError | None]:
    """Files that were written, and why one was not."""
    html = outputs.html
    if html is None and not outputs.plain and outputs.csv != STDOUT:
        html = Path(f"{_file_name(document['lead']['id'])}.html")
    written: list[Path] = []
    failed: BongsuError | None = None
    for path, write in ((html, write_report), (outputs.csv, write_csv)):
        if path is None or path == STDOUT:
            continue
        try:
            write(document, path, recipient=outputs.recipient)
            written.append(path)
        except OSError as error:
            failed = _cannot_write(path, error.strerror or str(error))
        except MissingExtraError as error:
            failed = error
    return written, failed


def _file_name(lead: str) -> str:
    return re.sub(r"[^A-Za-z0-9._+-]+", "-", lead)[:80]


def print_trace(document: Document, console: Console) -> None:
    """Nothing; prints what was traced, whether it adds up, who can act, and the first ends."""
    lead, ledger = document["lead"], document["ledger"]
    if lead["exercise"]:
        console.print(_("EXERCISE - NOT SENT"), style="bold reverse", justify="center")
    console.print(Text(f"{lead['title']}  {document['marking']['tlp']}", style="bold"))
    for one in lead["attribution"]:
        console.print(Text(_("{who}: {statement}").format(**one)))
    console.print(Text(ledger["statement"], style="dim"))
    for one in ledger["as_of"]:
        seen = {key: value or "?" for key, value in one.items()}
        line = _("Seen up to block {block}, {time}, on {chain}; what left later is not known.").format(**seen)
        console.print(Text(line, style="dim"))
    stolen = sorted(_exchanged_into(document).union(*document["stolen"].values()))
    for asset in stolen[:SHOWN_ASSETS]:
        console.print(_balance_table(document, asset))
    if len(stolen) > SHOWN_ASSETS:
        console.print(_("{count} more assets are in the report.").format(count=len(stolen) - SHOWN_ASSETS))
    _print_parties(document, console)
    console.print(_end_table(document, console))
    hidden = len(document["endpoints"]) - SHOWN_ENDS
    if hidden > 0:
        console.print(_("{count} more ends are in the report, the CSV and --json.").format(count=hidden))
    coverage = document["coverage"]
    console.print(
        _(
            "{touched} of {movements} movements touched; {overdrafts} times an account paid more than the"
            " ledger says it had; {groups} groups of movements have no known order."
        ).format(
            touched=coverage["movements_touched"],
            movements=coverage["movements"],
            overdrafts=coverage["overdrafts"],
            groups=coverage["unordered_groups"],
        )
    )


def _units(document: Document, asset: str, units: int | str) -> str:
    """Amount for a narrow table: whole units from a thousand up, cut, never rounded; exact elsewhere."""
    decimals = next(one["decimals"] for one in document["assets"] if one["id"] == asset)
    return format_amount_cut(units, decimals, places=0 if int(units) >= 1000 * 10**decimals else 4)


def _symbol(document: Document, asset: str) -> str:
    found = next(one for one in document["assets"] if one["id"] == asset)
    return printable(found["symbol"]) if found["known"] else asset


def _table(title: str, *columns: tuple[str, str]) -> Table:
    """Table for 80 columns; each column is (heading, `left` or `right`)."""
    table = Table(
        title=title, title_justify="left", box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False
    )
    for heading, side in columns:
        table.add_column(heading, justify="right" if side == "right" else "left", no_wrap=side == "right")
    return table


TERMS = ("held", "at_services", "in_bridges", "in_mixers")


def _balance_table(document: Document, asset: str) -> Table:
    title = _("Does it add up? In {symbol}, cut to whole units here; checked to the last base unit")
    headings = (_("held"), _("services"), _("bridges"), _("mixers"), _("other"))
    table = _table(
        escape(title.format(symbol=_symbol(document, asset))),
        *(
            (_("policy"), "left"),
            (_("came in") if asset in _exchanged_into(document) else _("stolen"), "right"),
        ),
        *((heading, "right") for heading in headings),
        (_("sums?"), "left"),
    )
    for name in document["method"]["policies"]:
        terms = document["conservation"][name]
        came = {asset: str(sum(int(terms[term].get(asset, "0")) for term in ("stolen", "converted_in")))}
        sums = [came, *(terms[term] for term in TERMS), {asset: str(_elsewhere(terms, asset))}]
        verdict = (_("yes") if terms["balanced"] else _("NO")) if terms["conserving"] else _("touched")
        table.add_row(name, *(_units(document, asset, one.get(asset, "0")) for one in sums), verdict)
    return table


def _exchanged_into(document: Document) -> set[str]:
    """Assets that stolen value became in an exchange."""
    terms = [balance["converted_in"] for balance in document["conservation"].values()]
    return {asset for sums in terms for asset, value in sums.items() if int(value)}


def _elsewhere(terms: Document, asset: str) -> int:
    """What burned, paid fees, was converted, was not followed, or left the ledger."""
    parts = [terms[term] for term in ("burned", "fees", "converted_out", "beyond_ledger")]
    return sum(int(part.get(asset, "0")) for part in [*parts, *terms["not_followed"].values()])


def _print_parties(document: Document, console: Console) -> None:
    found = actors(document)
    if not found:
        return
    symbols = [_symbol(document, asset["id"]) for asset in document["assets"]]
    title = _("Who can act, on how much {symbol}").format(symbol=symbols[0] if len(symbols) == 1 else "")
    table = _table(
        escape(title.strip()),
        *((_("who"), "left"), (_("what can be done"), "left"), (_("addresses"), "right")),
        *((_("least"), "right"), (_("most"), "right")),
    )
    for actor in found[:SHOWN_PARTIES]:
        for row in _party_rows(document, actor):
            table.add_row(*row)
    console.print(table)
    hidden = len(found) - SHOWN_PARTIES
    if hidden > 0:
        console.print(_("{count} more parties are in the report and --json.").format(count=hidden))


def _party_rows(document: Document, actor: Actor) -> Iterator[list[str]]:
    """One line per asset that a party could act on."""
    who = f"{printable(actor.by)} ({actor.country})" if actor.country else printable(actor.by)
    for asset, sums in list(actor.totals.items())[:SHOWN_ASSETS]:
        count = sum(end["asset"] == asset for end in actor.ends)
        what = actor.kind if len(document["assets"]) == 1 else f"{actor.kind}, {_symbol(document, asset)}"
        amounts = (_units(document, asset, one) for one in sums)
        yield [escape(who), escape(what), f"{count:,}", *amounts]


def _end_table(document: Document, console: Console) -> Table:
    policies = [name for name in SHOWN_POLICIES if name in document["method"]["policies"]]
    policies = policies if console.width >= WIDE else []
    table = _table(
        _("Where it was last seen, in the order to act (* there under every policy)"),
        *(("#", "right"), (_("address, who is there or why it stops, what can be done"), "left")),
        *((heading, "right") for heading in (_("least, most"), *policies)),
        (_("last arrival"), "left"),
    )
    for end in document["endpoints"][:SHOWN_ENDS]:
        table.add_row(*_end_row(document, end, policies))
    return table


def _end_row(document: Document, end: Document, policies: list[str]) -> list[str]:
    asset = end["asset"]
    least, most = (_units(document, asset, end[key]) for key in ("min", "max"))
    who = ", ".join([*_said_of(end["label"]), end["stop"]])
    who = f"{_symbol(document, asset)}, {who}" if len(document["assets"]) > 1 else who
    kinds = ", ".join(sorted({action["kind"] for action in end["actions"]}))
    firm = certain(end, conserving(document))
    sure = " *" if firm and any(action["holds_under_all"] for action in end["actions"]) else ""
    said = f"{who}: {kinds}{sure}" if kinds else who
    return [
        str(end["rank"]),
        f"{escape(printable(end['shown']))}\n[dim]{escape(said)}[/dim]",
        least if least == most else f"{least}\n{most}",
        *(_units(document, asset, end["amount"][name]) for name in policies),
        (end["last_arrival"] or "")[:10],
    ]


def _said_of(label: Document | None) -> list[str]:
    """Who is said to be at an end, and what sanctions lists say of it."""
    if label is None:
        return []
    name = "" if label["category"] == "sanctioned" else party_name(label)
    said = [name, *(sanction_text(one) for one in label["sanctions"])]
    return [printable(one) for one in dict.fromkeys(said) if one]
