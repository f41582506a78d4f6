"""Sources of records of people by name: where each reader is, and which one reads a file."""

from importlib import import_module
from pathlib import Path
from typing import cast

from bongsu.errors import FormatError
from bongsu.model.text import _
from bongsu.read.edr import is_inventory
from bongsu.read.platform import is_platform
from bongsu.read.record_file import RecordFile, record_names
from bongsu.read.sniff import read_head

PERSON_READERS = {
    "okta": "bongsu.read.okta:SYSTEM_LOG",
    "workspace": "bongsu.read.workspace:LOGINS",
    "entra": "bongsu.read.entra:SIGN_INS",
    "github": "bongsu.read.github:COMMITS",
    "code_audit": "bongsu.read.code_audit:ACTIONS",
    "observation": "bongsu.read.observation:FORM",
    "profile": "bongsu.read.profile:PROFILES",
    "company": "bongsu.read.company:FIRMS",
    "payroll": "bongsu.read.payroll:PAYMENTS",
    "hris": "bongsu.read.hris:EMPLOYEES",
    "applicants": "bongsu.read.applicants:APPLICATIONS",
    "edr": "bongsu.read.edr:INVENTORY",
    "meeting": "bongsu.read.meeting:JOINS",
    "follow": "bongsu.read.follow:FOLLOWS",
    "platform": "bongsu.read.platform:RECORDS",
}
"""Source to `module:attribute`; an earlier one wins where two fit."""


def load_person_reader(name: str) -> RecordFile:
    """Reader of the source.

    Raises:
        FormatError: When no source has the name.
    """
    if name not in PERSON_READERS:
        raise FormatError(
            _("Cannot read records of {name}: the source is not known.").format(name=name),
            hint=_("Known sources: {names}.").format(names=", ".join(PERSON_READERS)),
        )
    module, _colon, attribute = PERSON_READERS[name].partition(":")
    return cast(RecordFile, getattr(import_module(module), attribute))


def sniff_person_source(path: Path) -> str:
    """Name of the first source that the file's columns fit.

    Raises:
        InputError: When the file cannot be read.
        FormatError: When no source fits.
    """
    head = read_head(path)
    for name in PERSON_READERS:
        reader = load_person_reader(name)
        if reader.sniff(path, head) and _tells(name, reader.pick(record_names(path, head))):
            return name
    seen = ", ".join(record_names(path, head)[:20]) or "-"
    raise FormatError(
        _("Cannot tell what {path} records: no known source has its columns.").format(path=path),
        hint=_("Its columns are: {names}. See what is missing with `bongsu screen init`.").format(names=seen),
    )


def _tells(name: str, picks: dict[str, str]) -> bool:
    """Whether a file of a source whose rows are about many things says one of them."""
    if name == "edr":
        return is_inventory(picks)
    return name != "platform" or is_platform(picks)
