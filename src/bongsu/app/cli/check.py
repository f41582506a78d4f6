"""`bongsu check`: what of known thefts came to an address or moved in a transaction, at once."""

from pathlib import Path
from typing import Annotated

import typer

from bongsu.model.text import _

app = typer.Typer()


@app.command()
def check(  # noqa: PLR0913
    asked: Annotated[
        str, typer.Argument(metavar="ADDRESS|TX", help=_("Whole address, CAIP-10 id or transaction hash."))
    ],
    *,
    ledger: Annotated[Path, typer.Option("--ledger", help=_("Ledger folder to look in."), readable=False)],
    chain: Annotated[
        str, typer.Option(help=_("CAIP-2 chain; told from the form if empty, every EVM chain alike."))
    ] = "",
    heuristics: Annotated[
        str,
        typer.Option(help=_("Guesses that may be made: on, off, or names with commas; on,NAME adds one.")),
    ] = "on",
    proven_only: Annotated[
        bool, typer.Option("--proven-only", help=_("What is proven only: the same as --heuristics off."))
    ] = False,
    tlp: Annotated[str, typer.Option(help=_("Marking of the answer, for example TLP:GREEN."))] = "",
    release: Annotated[list[str] | None, typer.Option(help=_("Party that the answer may go to."))] = None,
    plain: Annotated[bool, typer.Option("--json", help=_("Print JSON also on a terminal."))] = False,
) -> None:
    """Show what of every known theft came to an address or moved in a transaction, and listings.

    The first check of a ledger traces every known incident and keeps the result; later ones look it up.
    Example: bongsu check 0x... --ledger case
    """
    from bongsu.app.cli.check_print import print_check, stage_progress
    from bongsu.app.jobs.check import CheckOptions, run_check
    from bongsu.app.jobs.lead import marking_of

    marking = marking_of(tlp, release or [])
    options = CheckOptions(
        ledger=ledger, chain=chain, heuristics="off" if proven_only else heuristics,
        **({"marking": marking} if marking else {}),
    )  # fmt: skip
    with stage_progress() as progress:
        document = run_check(asked, options, progress=progress)
    print_check(document, plain=plain)
