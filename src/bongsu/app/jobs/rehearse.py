"""Rehearsal jobs: a made ledger on disk, with the truth about what is planted in it."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bongsu.app.jobs.trace_document import iso
from bongsu.errors import InputError, LedgerError
from bongsu.model.asset import ETHER, ETHEREUM
from bongsu.model.label import Label
from bongsu.model.text import _
from bongsu.read import label_csv
from bongsu.read.ethereum_etl import write_transactions
from bongsu.rehearse.ledger import MadeLedger, Period, Truth, generate_ledger
from bongsu.rehearse.moves import Heists
from bongsu.rehearse.theft import ROWS
from bongsu.store.durable import whole_file

Document = dict[str, Any]
Progress = Callable[[Path, int], None]

ACCOUNT_TRANSFERS = 5
"""Transfers for each account, about."""
MOST_ACCOUNTS = 50_000_000
"""However long the ledger: 400 MB of balances."""
_FEWEST_ACCOUNTS = 200
_MOST_TRANSFERS, _MOST_MOVEMENTS, _MOST_HEISTS, _MOST_SERVICES = 10**9, 10**7, 100, 10**4
SCHEMA = "bongsu.rehearsal/1"
NOTE = "Made up for rehearsal: no account, transfer or theft in it is real."
"""What the files say of themselves; in English, so that the same arguments give the same bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRequest:
    """What a person asks of a made ledger."""

    transfers: int
    seed: int
    services: int = 20
    heists: int = 1
    heist_movements: int = ROWS
    """Movements of each heist, about; ROWS: a small one of exactly so many."""
    force: bool = False
    """Whether files that are there may be replaced."""

    @property
    def accounts(self) -> int:
        """Number of accounts: of the ledger, and of the heists."""
        return min(MOST_ACCOUNTS, max(_FEWEST_ACCOUNTS, self.transfers // ACCOUNT_TRANSFERS))


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerFiles:
    """The files of a made ledger, beside each other."""

    transfers: Path
    truth: Path
    labels: Path

    def there(self) -> list[str]:
        """Names of those that exist."""
        return [str(path) for path in (self.transfers, self.truth, self.labels) if path.exists()]


def files_of(path: Path) -> LedgerFiles:
    """Files beside the one that holds the transfers.

    Raises:
        InputError: When no file can be beside it.
    """
    if path.name in {"-", ""} or path.is_dir():
        raise InputError(
            _("Cannot write the ledger to {path}: it is not a file.").format(path=path),
            hint=_("Name a file, such as made.parquet; its truth is written beside it."),
        )
    stem = path.name.removesuffix(".parquet")
    return LedgerFiles(
        transfers=path,
        truth=path.with_name(stem + ".truth.json"),
        labels=path.with_name(stem + ".labels.csv"),
    )


def make_ledger_file(
    path: Path, request: LedgerRequest, *, progress: Progress = lambda path, rows: None
) -> list[Document]:
    """What was written, and each heist in it.

    The transfers stand in a file as ethereum-etl exports them, beside it the truth and labels of services.

    All of it is there at the end, or nothing of it.

    Raises:
        InputError: When a number cannot be used, a file is there already, or the disk refuses.
    """
    _check(request)
    files = files_of(path)
    if files.there() and not request.force:
        raise InputError(
            _("Cannot write {names}: already there.").format(names=", ".join(files.there())),
            hint=_("Choose another name, or add --force to replace."),
        )
    made = generate_ledger(
        transfers=request.transfers,
        pools=request.accounts,
        seed=request.seed,
        services=request.services,
        heists=Heists(count=request.heists, movements=request.heist_movements),
    )
    try:
        _write(files, made, request, progress)
    except LedgerError as error:
        hint = _("Free some disk space or check the folder's rights, then run it again.")
        raise InputError(str(error), hint=hint) from error
    written = {
        "made": _("Made up for rehearsal: no account, transfer or theft in it is real."),
        "transfers": str(files.transfers),
        "rows": request.transfers,
        "bytes": files.transfers.stat().st_size,
        "truth": str(files.truth),
        "labels": str(files.labels),
    }
    return [written, *(_summary(number, truth) for number, truth in enumerate(made.truths, start=1))]


def _summary(number: int, truth: Truth) -> Document:
    return {
        "heist": number,
        "from": truth.sources[0],
        "movements": truth.movements,
        "stolen": str(truth.stolen),
        "resting_places": len(truth.rest),
    }


def _check(request: LedgerRequest) -> None:
    ranges = (
        ("--transfers", request.transfers, 1, _MOST_TRANSFERS),
        ("--seed", request.seed, 0, 2**63 - 1),
        ("--services", request.services, 1, _MOST_SERVICES),
        ("--heists", request.heists, 1, _MOST_HEISTS),
        ("--heist-movements", request.heist_movements, ROWS, _MOST_MOVEMENTS),
    )
    for name, value, least, most in ranges:
        if not least <= value <= most:
            raise InputError(
                _("Cannot use {option} {value}: it is out of range.").format(option=name, value=value),
                hint=_("Give a whole number from {least} to {most}.").format(least=least, most=most),
            )


def _write(files: LedgerFiles, made: MadeLedger, request: LedgerRequest, progress: Progress) -> None:
    """Nothing; the truth comes last into being, so that where it is, all is."""
    with ExitStack() as whole:
        truth, labels, transfers = (
            whole.enter_context(whole_file(one)) for one in (files.truth, files.labels, files.transfers)
        )
        truth.write_text(json.dumps(truth_document(made, request), indent=1) + "\n", encoding="utf-8")
        label_csv.write(labels, _service_labels(made, request.seed))
        write_transactions(
            transfers, made.batches, note=NOTE, progress=lambda rows: progress(files.transfers, rows)
        )


def _service_labels(made: MadeLedger, seed: int) -> Iterator[Label]:
    """Labels that make the services ends of a trace, as labels of real ones do."""
    for number, address in enumerate(made.truth.services, start=1):
        yield Label(
            chain=ETHEREUM,
            address=address,
            name=f"Made service {number}",
            category="exchange",
            entity="",
            source=f"bongsu rehearsal, seed {seed}: made up",
            confidence=100,
            valid_from=None,
            valid_to=None,
            license="",
        )


def truth_document(made: MadeLedger, request: LedgerRequest) -> Document:
    """Document `bongsu.rehearsal/1`: how the ledger was made, and what is so of each heist in it.

    The same request gives the same document, whatever the language: it is for programs.
    """
    return {
        "schema": SCHEMA,
        "made": NOTE,
        "chain": ETHEREUM,
        "asset": ETHER.id,
        "decimals": ETHER.decimals,
        "seed": request.seed,
        "shape": {
            "transfers": request.transfers,
            "accounts": request.accounts,
            "services": request.services,
            "heists": request.heists,
            "heist_movements": request.heist_movements,
        },
        "period": _period(made.period),
        "services": list(made.truth.services),
        "heists": [_heist(truth) for truth in made.truths],
    }


def _heist(truth: Truth) -> Document:
    return {
        "sources": list(truth.sources),
        "stolen": str(truth.stolen),
        "taking": _period(truth.taking) | {"transactions": list(truth.transactions)},
        "laundering": _period(truth.laundering) | {"movements": truth.movements},
        "rest": {address: str(value) for address, value in truth.rest.items()},
        "cashed_out": {address: str(value) for address, value in truth.cashed.items()},
    }


def _period(period: Period) -> Document:
    return {
        "first_block": period.first_block,
        "last_block": period.last_block,
        "start": iso(period.start),
        "end": iso(period.end),
    }
