"""Formats of indicators by name: where each reader is, and which one reads a file, by its content."""

from importlib import import_module
from pathlib import Path
from typing import cast

from bongsu.errors import FormatError
from bongsu.model.text import _
from bongsu.read.indicator_row import IndicatorReader
from bongsu.read.sniff import read_head

INDICATOR_READERS = {
    "screen": "bongsu.read.screen_handover",
    "stix": "bongsu.read.stix_bundle",
    "misp": "bongsu.read.misp_event",
    "openioc": "bongsu.read.openioc",
    "packages": "bongsu.read.packages_csv",
    "csv": "bongsu.read.indicator_csv",
    "list": "bongsu.read.maltrail",
}
"""Format to module, which has RAW, sniff and read; an earlier one wins where two fit. TAXII: `read/taxii`."""


def load_indicator_reader(name: str) -> IndicatorReader:
    """Reader of the format.

    Raises:
        FormatError: When no format has the name.
    """
    if name not in INDICATOR_READERS:
        raise FormatError(
            _("Cannot read indicator format {name}: it is not known.").format(name=name),
            hint=_("Known formats: {names}.").format(names=", ".join(INDICATOR_READERS)),
        )
    return cast(IndicatorReader, import_module(INDICATOR_READERS[name]))


def sniff_indicator_format(path: Path) -> str:
    """Name of the first format that the file's content fits.

    Raises:
        InputError: When the file cannot be read.
        FormatError: When no format fits.
    """
    head = read_head(path)
    for name in INDICATOR_READERS:
        if load_indicator_reader(name).sniff(path, head):
            return name
    raise FormatError(
        _("Cannot tell the format of indicators {path}.").format(path=path),
        hint=_("Known: {names}; a table needs the columns type and value.").format(
            names=", ".join(INDICATOR_READERS)
        ),
    )
