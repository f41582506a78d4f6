"""Lists of sanctioned addresses, one a line, one file a coin: `sanctioned_addresses_<COIN>.txt`."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from bongsu.model.text import _
from bongsu.read.label_batch import LabelBatch, LabelRows
from bongsu.read.label_word import chain_word
from bongsu.read.raw import text_schema
from bongsu.read.sniff import Source

RAW: pa.Schema = text_schema(("address",))
"""The one column."""
CONFIDENCE = 90
_NAME = re.compile(r"sanctioned_addresses_([A-Za-z]{2,5})\.txt(\.\w+)?")
_LINE = re.compile(rb"[0-9A-Za-z]{20,120}")


def sniff(path: Path, head: bytes) -> bool:
    """Whether the file is named as such a list and its lines are single words."""
    lines = head.split(b"\n")[:-1] or [head]
    words = [line.strip() for line in lines if line.strip()]
    return _NAME.fullmatch(path.name) is not None and all(_LINE.fullmatch(word) for word in words)


def read(path: Path, *, chain: str = "", license_name: str = "") -> Iterator[LabelBatch]:
    """One batch with the labels of all lines; the line number is the locator.

    Raises:
        InputError: When the file cannot be read.
    """
    named = _NAME.fullmatch(path.name)
    coin = named[1] if named else ""
    rows = LabelRows(license_name=license_name)
    source = Source(path)
    for locator, line in enumerate(io.BufferedReader(source), start=1):
        address = line.decode("utf-8", errors="replace").strip()
        if address:
            rows.add(
                locator,
                chain or chain_word(coin, address),
                address,
                name=f"OFAC: {coin}" if coin else "OFAC",
                category="sanctioned",
                source=f"OFAC SDN list, {path.name}",
                confidence=CONFIDENCE,
            )
    if source.failure:
        rows.refuse(0, "truncated_file", _("The file is cut off: {why}.").format(why=source.failure))
    yield rows.batch()
