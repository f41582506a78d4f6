"""Formats of label files by name: where each reader is, and which one reads a file."""

from importlib import import_module
from pathlib import Path
from typing import cast

from bongsu.errors import FormatError
from bongsu.model.text import _
from bongsu.read.label_batch import LabelReader
from bongsu.read.sniff import read_head

LABEL_READERS = {
    "tagpack": "bongsu.read.tagpack",
    "ofac": "bongsu.read.ofac_list",
    "etherscan-labels": "bongsu.read.etherscan_label",
    "csv": "bongsu.read.label_csv",
}
"""Format name to module, which has RAW, sniff and read; an earlier one wins where two fit."""


def load_label_reader(name: str) -> LabelReader:
    """Reader of the format.

    Raises:
        FormatError: When no format has the name.
    """
    if name not in LABEL_READERS:
        raise FormatError(
            _("Cannot read label format {name}: it is not known.").format(name=name),
            hint=_("Known formats: {names}.").format(names=", ".join(LABEL_READERS)),
        )
    return cast(LabelReader, import_module(LABEL_READERS[name]))


def sniff_label_format(path: Path) -> str:
    """Name of the first format that the file's content fits.

    Raises:
        InputError: When the file cannot be read.
        FormatError: When no format fits.
    """
    head = read_head(path)
    for name in LABEL_READERS:
        if load_label_reader(name).sniff(path, head):
            return name
    raise FormatError(
        _("Cannot tell the format of labels {path}.").format(path=path),
        hint=_("Known: {names}; a table needs a column address and a column label.").format(
            names=", ".join(LABEL_READERS)
        ),
    )
