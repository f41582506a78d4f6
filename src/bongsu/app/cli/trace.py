"""`bongsu trace`: where stolen value went, and who can act there."""

from pathlib import Path
from typing import Annotated

import typer

from bongsu.model.text import _

STOLEN, FOLLOW, OUTPUT, MARKING = (
    _("What is stolen, and where to look"),
    _("What to follow"),
    _("What comes out"),
    _("Who may have it"),
)
EXAMPLES = (
    _("Examples (the first runs on what ships with Bongsu):"),
    "bongsu trace atomic-wallet-2023",
    "bongsu trace ronin-2022 --ledger case --until 2022-06-30 --csv ends.csv",
    "bongsu trace --from 0x098B... --ledger case --hops 5 --min-value 10",
    "bongsu trace --lead wallets.json --ledger case",
    "bongsu trace --tx 0xc28f... --ledger case --policy fifo --json | jq .endpoints",
    _("Incidents: bongsu facts search theft. Ledgers: bongsu ledger import."),
    _("Policies: {plain}; for several incidents also {several}.").format(
        plain="poison, haircut, fifo, lifo, tiho, pifo, libr", several="pari_passu, rolling_charge"
    ),
    _("Ends with 0; with 2 where something must be mended, and says what; with 130 when stopped."),
)


def _option(help_text: str, panel: str, *names: str, metavar: str | None = None) -> object:
    # What may not be read is said by the job, as any other error: hence readable=False.
    return typer.Option(*names, help=help_text, rich_help_panel=panel, metavar=metavar, readable=False)


Incidents = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="INCIDENT", help=_("Incident by its slug; several are traced as several victims.")
    ),
]
From = Annotated[
    list[str] | None,
    _option(_("Where the stolen value came to; may be repeated."), STOLEN, "--from", metavar="ADDRESS"),
]
Tx = Annotated[
    list[str] | None, _option(_("Theft transaction; may be repeated."), STOLEN, "--tx", metavar="HASH")
]
LeadFile = Annotated[
    Path | None,
    _option(
        _("Wallets to trace, as `bongsu screen hand-over` writes them."), STOLEN, "--lead", metavar="FILE"
    ),
]
LedgerPath = Annotated[
    Path | None,
    _option(_("Ledger; without it the incident's shipped sample."), STOLEN, "--ledger", metavar="FOLDER"),
]
Engine = Annotated[
    str,
    _option(
        _("For a ledger that is too large to open whole: duckdb, local[CORES] or spark://HOST:PORT."),
        STOLEN,
        "--engine",
        metavar="ENGINE",
    ),
]
Parquet = Annotated[
    str,
    _option(
        _("With --engine, in place of --ledger: folder, 'pattern' or URL of Parquet files of transfers."),
        STOLEN,
        "--parquet",
        metavar="WHERE",
    ),
]
Chain = Annotated[
    str, _option(_("CAIP-2 chain of --from; told from the form if empty."), STOLEN, metavar="CHAIN")
]
Until = Annotated[
    str, _option(_("Look at movements up to this day or time, UTC."), STOLEN, metavar="YYYY-MM-DD[THH:MM]")
]
Policy = Annotated[
    list[str] | None,
    _option(_("Only this policy; may be repeated."), FOLLOW, "--policy", metavar="POLICY"),
]
StopAt = Annotated[
    list[str] | None,
    _option(_("Not to follow through; may be repeated."), FOLLOW, "--stop-at", metavar="ADDRESS"),
]
MinValue = Annotated[
    str, _option(_("Do not follow movements below this, in units of the asset."), FOLLOW, metavar="AMOUNT")
]
Hops = Annotated[
    int | None,
    typer.Option(min=1, metavar="N", help=_("Stop after this many movements."), rich_help_panel=FOLLOW),
]
Counterparties = Annotated[
    int,
    typer.Option(
        min=1,
        metavar="N",
        help=_("An unlabeled address with more of them is a likely service."),
        rich_help_panel=FOLLOW,
    ),
]
Through = Annotated[bool, _option(_("Follow through likely services too."), FOLLOW, "--through")]
UnknownNewest = Annotated[
    bool, _option(_("FIFO, LIFO: queue missing history as the newest lot."), FOLLOW, "--unknown-newest")
]
Heuristics = Annotated[
    str,
    _option(
        _("Guesses that may be made: on, off, or names with commas; on,NAME adds one."),
        FOLLOW,
        "--heuristics",
        metavar="WHICH",
    ),
]
ProvenOnly = Annotated[
    bool, _option(_("What is proven only: the same as --heuristics off."), FOLLOW, "--proven-only")
]
Clusters = Annotated[
    bool,
    _option(_("Show addresses that may have one owner; nothing else changes."), OUTPUT, "--clusters"),
]
Patterns = Annotated[
    bool,
    _option(
        _("Look for patterns also in a case of more than 20,000 movements; that takes its time."),
        OUTPUT,
        "--patterns",
    ),
]
Html = Annotated[
    Path | None,
    _option(
        _("The report; if not said, <lead>.html here, but none with --json; - for none."),
        OUTPUT,
        metavar="FILE",
    ),
]
Csv = Annotated[
    Path | None,
    _option(_("The ends as CSV; - prints it in place of the result."), OUTPUT, metavar="FILE"),
]
Json = Annotated[bool, _option(_("Print the whole result as JSON; piped it always is."), OUTPUT, "--json")]
PriceFile = Annotated[
    Path | None,
    _option(_("CSV asset,time,currency,price,source: rank across assets."), OUTPUT, metavar="FILE"),
]
Label = Annotated[str, _option(_("Marking of the result, for example TLP:GREEN."), MARKING, metavar="LABEL")]
Release = Annotated[
    list[str] | None,
    _option(_("Whom the result may go to; may be repeated."), MARKING, "--release", metavar="PARTY"),
]
Recipient = Annotated[
    str,
    _option(_("Whom it is for now; refused unless the marking lets it go."), MARKING, metavar="PARTY"),
]

app = typer.Typer()


@app.command(epilog="\n\n".join(EXAMPLES))
def trace(  # noqa: PLR0913
    incidents: Incidents = None,
    *,
    from_addresses: From = None,
    transactions: Tx = None,
    lead_file: LeadFile = None,
    ledger: LedgerPath = None,
    engine: Engine = "",
    parquet: Parquet = "",
    chain: Chain = "",
    until: Until = "",
    policy: Policy = None,
    stop_at: StopAt = None,
    min_value: MinValue = "",
    hops: Hops = None,
    counterparties: Counterparties = 1000,
    through: Through = False,
    unknown_newest: UnknownNewest = False,
    heuristics: Heuristics = "on",
    proven_only: ProvenOnly = False,
    clusters: Clusters = False,
    patterns: Patterns = False,
    html: Html = None,
    csv: Csv = None,
    plain: Json = False,
    prices: PriceFile = None,
    tlp: Label = "",
    release: Release = None,
    recipient: Recipient = "",
) -> None:
    """Follow stolen value to its ends under every policy, and say who can act there."""
    from bongsu.analyze.lead import Limits
    from bongsu.app.cli.trace_print import Outputs, deliver, stage_progress
    from bongsu.app.jobs.heuristic_choice import chosen_heuristics
    from bongsu.app.jobs.lead import account_of, marking_of, moment_of
    from bongsu.app.jobs.lead_file import NamedLead, lead_named
    from bongsu.app.jobs.trace import TraceOptions, run_trace

    limits = Limits(
        until=moment_of(until) if until else None,
        stop_at=frozenset(account_of(text, chain).address for text in stop_at or []),
        hops=hops,
        counterparties=0 if through else counterparties,
        unknown_newest=unknown_newest,
        heuristics=chosen_heuristics("off" if proven_only else heuristics),
    )
    named = NamedLead(incidents or [], from_addresses or [], transactions or [], chain, lead_file)
    lead, marking = lead_named(named, marking_of(tlp, release or []))
    options = TraceOptions(
        ledger=ledger, engine=engine, parquet=parquet, policies=policy or [], limits=limits,
        minimum=min_value, prices=prices, marking=marking, clusters=clusters, patterns=patterns,
    )  # fmt: skip
    outputs = Outputs(html=html, csv=csv, recipient=recipient or None, plain=plain)
    outputs.check()
    with stage_progress() as progress:
        document = run_trace(lead, options, progress=progress)
    deliver(document, outputs)
