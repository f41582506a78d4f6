"""Whether a ledger's files are what its manifest says."""

from collections.abc import Iterator
from pathlib import Path

from bongsu.errors import LedgerError
from bongsu.model.text import _
from bongsu.store.durable import digest
from bongsu.store.manifest import Manifest


def check_files(ledger: Path, manifest: Manifest) -> Iterator[tuple[str, str]]:
    """Name of each file that the manifest lists, and what is wrong with it; empty when nothing is."""
    listed = {name: sha for one in manifest.sources for name, sha in one.files.items()}
    folder = manifest.sealed.get("folder", "")
    listed |= {f"{folder}/{name}": sha for name, sha in manifest.sealed.get("files", {}).items()}
    for name, sha256 in sorted(listed.items()):
        yield name, _fault(ledger / name, sha256)


def demand_whole(ledger: Path, manifest: Manifest) -> int:
    """Number of files, all of which are what the manifest says.

    Raises:
        LedgerError: When one is not; the message names the first.
    """
    checked = list(check_files(ledger, manifest))
    faults = [(name, why) for name, why in checked if why]
    if faults:
        name, why = faults[0]
        raise LedgerError(
            _("Cannot trust ledger {path}: {name}: {why} ({count} of {all} files).").format(
                path=ledger, name=name, why=why, count=len(faults), all=len(checked)
            ),
            hint=_("Import the source files of the damaged ones again with --replace, or restore a copy."),
        )
    return len(checked)


def _fault(path: Path, sha256: str) -> str:
    try:
        return "" if digest(path) == sha256 else _("its content is not what was written")
    except FileNotFoundError:
        return _("it is missing")
    except OSError as error:
        return str(error.strerror or error)
