"""`bongsu rehearse`: ledgers and weeks of a firm, made up with known truth, to practice on."""

from pathlib import Path
from typing import Annotated

import typer

from bongsu.app.cli.ledger_print import print_document, row_progress
from bongsu.model.text import _

app = typer.Typer(
    help=_("Make up ledgers and logs whose truth is known, to practice on."), no_args_is_help=True
)


@app.callback()
def _root() -> None:
    """Make up ledgers and logs whose truth is known, to practice on."""


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


@app.command()
def office(
    *,
    into: Annotated[
        Path, typer.Option(metavar="FOLDER", help=_("Folder for the logs; the truth goes beside it."))
    ],
    seed: Annotated[int, typer.Option(metavar="S", help=_("The same seed makes the same week."))],
    people: Annotated[int, typer.Option(metavar="N", help=_("People of the firm."))] = 200,
    days: Annotated[int, typer.Option(metavar="D", help=_("Days, from a Monday on."))] = 7,
    incident: Annotated[bool, typer.Option("--incident", help=_("Plant espionage, with its truth."))] = False,
    plain: Annotated[bool, typer.Option("--json", help=_("Print JSON also on a terminal."))] = False,
) -> None:
    """Make up a clean week of a firm's logs, mails and lockfiles, for `bongsu hunt`."""
    from bongsu.app.jobs.rehearse_office import OfficeRequest, make_office_week

    request = OfficeRequest(people=people, days=days, seed=seed, incident=incident)
    print_document(make_office_week(into, request), plain=plain)
