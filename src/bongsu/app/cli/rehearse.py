"""`bongsu rehearse`: ledgers made up with known truth, to practice on and to measure with."""

from pathlib import Path
from typing import Annotated

import typer

from bongsu.app.cli.ledger_print import print_document, row_progress
from bongsu.model.text import _

app = typer.Typer(help=_("Make up ledgers whose truth is known, to practice on."), no_args_is_help=True)


@app.callback()
def _root() -> None:
    """Make up ledgers whose truth is known, to practice on."""


# What is out of range or may not be written is said by the job, as any other error.
@app.command()
def ledger(  # noqa: PLR0913
    *,
    transfers: Annotated[int, typer.Option(metavar="N", help=_("Number of transfers."))],
    seed: Annotated[int, typer.Option(metavar="S", help=_("The same seed makes the same ledger."))],
    into: Annotated[
        Path, typer.Option(metavar="FILE", help=_("Parquet file to write; the truth goes beside it."))
    ],
    heists: Annotated[int, typer.Option(metavar="K", help=_("Number of planted heists."))] = 1,
    heist_movements: Annotated[
        int, typer.Option(metavar="M", help=_("Movements of each heist, about; 28: a small one."))
    ] = 28,
    services: Annotated[int, typer.Option(metavar="N", help=_("Number of busy services."))] = 20,
    force: Annotated[bool, typer.Option("--force", help=_("Replace files that are there."))] = False,
    plain: Annotated[bool, typer.Option("--json", help=_("Print JSON also on a terminal."))] = False,
) -> None:
    """Make up a ledger of ether transfers with planted heists, for `bongsu ledger import`."""
    from bongsu.app.jobs.rehearse import LedgerRequest, make_ledger_file

    request = LedgerRequest(
        transfers=transfers, seed=seed, services=services, heists=heists,
        heist_movements=heist_movements, force=force,
    )  # fmt: skip
    with row_progress(transfers) as progress:
        made = make_ledger_file(into, request, progress=progress)
    for document in made:
        print_document(document, plain=plain)
