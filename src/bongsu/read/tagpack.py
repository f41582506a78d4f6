"""GraphSense TagPacks: YAML whose header is inherited by each tag.

Source: the TagPack schema of github.com/graphsense/graphsense-tagpack-tool.
"""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import yaml

from bongsu.errors import FormatError
from bongsu.model.text import _
from bongsu.read.label_batch import LabelBatch, LabelRows
from bongsu.read.label_word import UNTOLD, category_word, chain_word
from bongsu.read.raw import text_schema
from bongsu.read.sniff import Source

RAW: pa.Schema = text_schema(
    ("address", "currency", "label", "actor", "category", "abuse", "source", "confidence")
)
"""Keys of a tag, or of the header that it inherits from."""
CONFIDENCE = {
    "ownership": 100,
    "ledger_immanent": 100,
    "manual_transaction": 90,
    "override": 90,
    "service_api": 80,
    "authority_data": 80,
    "service_data": 70,
    "trusted_provider": 70,
    "forensic": 50,
    "untrusted_transaction": 40,
    "web_crawl": 40,
    "heuristic": 20,
    "unknown": 10,
}
"""Our reading of the names of confidence in TagPacks as numbers on the STIX scale."""
_HEADER = re.compile(rb"^(title|creator)\s*:", re.MULTILINE)
_TAGS = re.compile(rb"^tags\s*:", re.MULTILINE)


def sniff(path: Path, head: bytes) -> bool:
    """Whether the file has a header and a list of tags."""
    return _HEADER.search(head) is not None and _TAGS.search(head) is not None


def read(path: Path, *, chain: str = "", license_name: str = "") -> Iterator[LabelBatch]:
    """One batch with the labels of all tags; a tag's place in the list is its locator.

    Raises:
        FormatError: When the file is no YAML or has no list of tags.
    """
    pack = _load(path)
    tags = pack.get("tags") if isinstance(pack, dict) else None
    if not isinstance(tags, list):
        raise _refusal(path, _("it has no list of tags"))
    rows = LabelRows(license_name=license_name)
    for locator, tag in enumerate(tags, start=1):
        if isinstance(tag, dict) and isinstance(tag.get("address"), str):
            _add(rows, locator, {**pack, **tag}, chain)
        else:
            rows.refuse(locator, "no_address", _("the tag has no address"))
    yield rows.batch()


def _add(rows: LabelRows, locator: int, tag: dict[str, Any], chain: str) -> None:
    words = [tag.get("abuse"), tag.get("category"), *_listed(tag.get("concepts"))]
    named = tag.get("currency") or tag.get("network")
    rows.add(
        locator,
        chain_word(named, tag["address"]) if isinstance(named, str) else chain,
        tag["address"],
        name=_text(tag.get("label")) or _text(tag.get("title")),
        category=category_word(*(word for word in words if isinstance(word, str))) or "other",
        entity=_text(tag.get("actor")),
        source=_text(tag.get("source")) or _text(tag.get("title")) or UNTOLD,
        confidence=CONFIDENCE.get(_text(tag.get("confidence")), CONFIDENCE["unknown"]),
    )


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _load(path: Path) -> Any:  # noqa: ANN401
    """The document with every scalar as text: an address without quotation marks is no number."""
    source = Source(path)
    try:
        data = io.BufferedReader(source).read()
        loaded = yaml.load(data, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))  # noqa: S506
    except (yaml.YAMLError, RecursionError) as error:
        raise _refusal(path, " ".join(str(error).split())) from error
    if source.failure:
        raise _refusal(path, _("it is cut off or damaged: {why}").format(why=source.failure))
    return loaded


def _refusal(path: Path, why: str) -> FormatError:
    return FormatError(
        _("Cannot read TagPack {path}: {why}.").format(path=path, why=why),
        hint=_("Compare it with the TagPack format of GraphSense, or copy the file again."),
    )
