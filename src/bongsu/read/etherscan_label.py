"""Label dumps of Etherscan and its sisters: one JSON object, address to name and words."""

import json
import re
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path
from typing import Any

import pyarrow as pa

from bongsu.errors import FormatError
from bongsu.model.text import _
from bongsu.read.label_batch import LabelBatch, LabelRows
from bongsu.read.label_word import category_word, chain_word
from bongsu.read.raw import text_schema
from bongsu.read.sniff import Source

RAW: pa.Schema = text_schema(("address", "name", "labels"))
"""The key of an entry and its two values."""
CONFIDENCE = 60
_START = re.compile(rb'\s*\{\s*"0x[0-9a-fA-F]{40}"\s*:\s*\{\s*"name"')


def sniff(path: Path, head: bytes) -> bool:
    """Whether the file begins with an address and its name."""
    return _START.match(head) is not None


def read(path: Path, *, chain: str = "", license_name: str = "") -> Iterator[LabelBatch]:
    """One batch with the labels of all entries; an entry's place in the file is its locator.

    Raises:
        FormatError: When the file is no JSON object, or neither its name nor `chain` names the chain.
    """
    explorer = path.name.partition(".")[0]
    told = chain or chain_word(explorer)
    if not told:
        raise FormatError(
            _("Cannot read labels {path}: it does not say which chain they are of.").format(path=path),
            hint=_("Say it with --chain eip155:1, or name the file etherscan.*.json."),
        )
    rows = LabelRows(license_name=license_name)
    for locator, (address, entry) in enumerate(_entries(path), start=1):
        known = dict(entry) if isinstance(entry, tuple) else {}
        words = [word for word in known.get("labels") or [] if isinstance(word, str)]
        name = str(known.get("name") or "").strip() or ", ".join(words)
        if not name:
            rows.refuse(locator, "no_name", _("{address} has no name").format(address=address))
            continue
        rows.add(
            locator,
            told,
            address,
            name=name,
            category=category_word(*words) or "other",
            entity=next((word for word in words if category_word(word) is None), ""),
            source=f"{explorer} name tag, {path.name}",
            confidence=CONFIDENCE,
        )
    yield rows.batch()


def _entries(path: Path) -> tuple[tuple[str, Any], ...]:
    """Pairs of the outermost object, in order, also those that stand twice; inner ones are pairs too."""
    source = Source(path)
    try:
        data = BufferedReader(source).read()
        found = json.loads(data, object_pairs_hook=tuple)
    except (ValueError, RecursionError) as error:
        raise _refusal(path, source.failure or str(error)) from error
    if source.failure or not isinstance(found, tuple):
        raise _refusal(path, source.failure or _("it is no JSON object"))
    return found


def _refusal(path: Path, why: str) -> FormatError:
    return FormatError(
        _("Cannot read labels {path}: {why}.").format(path=path, why=why),
        hint=_("Copy or download the file again and compare its size with the original."),
    )
