"""One writer a ledger: a lock that ends with its process, however that ends."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bongsu.errors import LedgerError
from bongsu.model.text import _
from bongsu.store.durable import disk_errors

NAME = "lock"


@contextmanager
def locked(ledger: Path) -> Iterator[None]:
    """Nothing; no other process writes to the ledger meanwhile.

    Raises:
        LedgerError: When another process does so now.
    """
    with disk_errors(ledger):
        ledger.mkdir(parents=True, exist_ok=True)
        handle = os.open(ledger / NAME, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            _lock(handle)
        except OSError as error:
            raise LedgerError(
                _("Cannot write to ledger {path}: another process is writing to it.").format(path=ledger),
                hint=_("Wait until it ends, or use another folder."),
            ) from error
        yield
    finally:
        os.close(handle)


if sys.platform == "win32":

    def _lock(handle: int) -> None:
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:

    def _lock(handle: int) -> None:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
