"""Which folders a ledger may be made in: none of a person's other files are ever among a ledger's."""

from pathlib import Path

from bongsu.errors import LedgerError
from bongsu.model.text import _
from bongsu.store.label import FOLDER as LABELS
from bongsu.store.manifest import NAME as MANIFEST

_OWN = {"lock", "parts", "rejects", "gaps", "blocks", LABELS, "derived"}


def demand_room(ledger: Path) -> None:
    """Nothing; the folder is a ledger, or half of one, or empty, or not there yet.

    Raises:
        LedgerError: When it is a file, may not be read, or holds other files and no ledger.
    """
    try:
        names = {path.name for path in ledger.iterdir()}
    except FileNotFoundError:
        return
    except NotADirectoryError as error:
        raise LedgerError(
            _("Cannot use {path} as a ledger: it is a file or below one, not a folder.").format(path=ledger),
            hint=_("Name a new folder, or that of a ledger."),
        ) from error
    except OSError as error:
        raise LedgerError(
            _("Cannot use {path} as a ledger: {why}.").format(path=ledger, why=error.strerror or error),
            hint=_("Name a folder that you may read and write."),
        ) from error
    others = sorted(name for name in names - _OWN if not name.startswith((".", MANIFEST, "sealed-")))
    if others and MANIFEST not in names:
        raise LedgerError(
            _("Cannot use {path} as a ledger: the folder holds other files, such as {name}.").format(
                path=ledger, name=others[0]
            ),
            hint=_("Name a new folder: a ledger has one of its own."),
        )
