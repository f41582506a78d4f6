"""Blocks as a Bitcoin node answers `getblock HASH 2` (or 3): one JSON document, or several in a row.

The transactions are proven to be those of the block's header where the header is complete.
"""

import json
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path
from typing import Any

import pyarrow as pa

from bongsu.errors import FormatError
from bongsu.model.ports import Batch
from bongsu.model.text import _
from bongsu.read.bitcoin_parse import double_sha256, has_work, merkle_root
from bongsu.read.raw import Fault, cut_batches, reject_table, text_schema
from bongsu.read.sniff import Source, read_head

COLUMNS = ("block_hash", "height", "time", "tx_count", "tx_index", "txid", "fee", "vin", "vout")
RAW = text_schema(COLUMNS)
"""One row a transaction; `vin` and `vout` are JSON text. The locator is its number in the file."""
_KEYS = (b'"merkleroot"', b'"tx"', b'"vin"')
_LARGEST = 512 * 1024 * 1024
_HEADER = ("version", "previousblockhash", "merkleroot", "time", "bits", "nonce")

Document = dict[str, Any]


def sniff(path: Path, head: bytes) -> bool:
    """Whether the file begins as a block with its transactions."""
    return head.lstrip()[:1] in {b"{", b"["} and all(key in head for key in _KEYS)


def read(path: Path, *, batch_rows: int) -> Iterator[Batch]:
    """Batches of transactions in file order; a block that is not what its header says becomes a reject.

    Raises:
        FormatError: When the file does not begin as a block with its transactions.
    """
    head = read_head(path)
    if not sniff(path, head):
        raise FormatError(
            _("Cannot read {path}: it does not begin with a block and its transactions.").format(path=path),
            hint=_("Ask the node for `getblock HASH 2`, or 3 to have the inputs' amounts too."),
        )
    return cut_batches(_parts(path), batch_rows)


def _parts(path: Path) -> Iterator[Batch]:
    done = 0
    with Source(path) as source:
        for text in _documents(BufferedReader(source, 1024 * 1024)):
            for block, why in _blocks(text):
                fault = why or _damage(block)
                rows = [] if fault else _rows(block)
                yield _batch(rows, done, fault)
                done += len(rows)
        if source.failure:
            why = _("the file is cut off or damaged: {why}").format(why=source.failure)
            yield Batch(rows=_batch([], done, "").rows, rejects=reject_table([_truncated(done, why)]))


def _truncated(done: int, why: str) -> Fault:
    return done + 1, "truncated_file", why


def _documents(lines: BufferedReader) -> Iterator[bytes]:
    """Documents of the file: one a line, or over many lines up to one that begins with the closing brace."""
    held: list[bytes] = []
    size = 0
    while line := lines.readline(_LARGEST):
        if not held and not line.strip():
            continue
        held.append(line)
        size += len(line)
        whole = len(held) == 1 and line[:1] == b"{" and line.rstrip()[-1:] == b"}"
        if whole or line[:1] in {b"}", b"]"} or size >= _LARGEST:
            yield b"".join(held)
            held, size = [], 0
    if held:
        yield b"".join(held)


def _blocks(text: bytes) -> Iterator[tuple[Document, str]]:
    """Blocks of a document, each with what is wrong with it, if anything."""
    try:
        document = json.loads(text.removeprefix(b"\xef\xbb\xbf"), parse_float=str, parse_constant=str)
    except (ValueError, RecursionError) as error:
        yield {}, _("the document is not JSON: {why}").format(why=error)
        return
    for one in document if isinstance(document, list) else [document]:
        block = one.get("result", one) if isinstance(one, dict) else None
        if isinstance(block, dict) and isinstance(block.get("tx"), list):
            yield block, ""
        else:
            yield {}, _("the document is not a block with its transactions")


def _damage(block: Document) -> str:
    """What is wrong with a block, by its header and merkle root; empty for nothing."""
    listed = block["tx"]
    try:
        txids = [bytes.fromhex(one["txid"])[::-1] for one in listed]
    except (TypeError, KeyError, ValueError):
        return _("transactions are without their content; ask for `getblock HASH 2`")
    root = merkle_root(txids)
    if "merkleroot" in block and (root is None or root[::-1].hex() != block["merkleroot"]):
        return _("the transactions are not those that its merkle root commits to")
    if all(name in block for name in _HEADER) and not _has_hash(block):
        return _("its header does not have the hash that is stated, or no proof of work")
    return ""


def _has_hash(block: Document) -> bool:
    try:
        header = (
            int(block["version"]).to_bytes(4, "little", signed=True)
            + bytes.fromhex(block["previousblockhash"])[::-1]
            + bytes.fromhex(block["merkleroot"])[::-1]
            + int(block["time"]).to_bytes(4, "little")
            + bytes.fromhex(block["bits"])[::-1]
            + int(block["nonce"]).to_bytes(4, "little")
        )
    except (ValueError, TypeError, OverflowError):
        return False
    return has_work(header) and double_sha256(header)[::-1].hex() == block.get("hash")


def _rows(block: Document) -> list[dict[str, str | None]]:
    shared = {
        "block_hash": _text(block.get("hash")),
        "height": _text(block.get("height")),
        "time": _text(block.get("time")),
        "tx_count": str(len(block["tx"])),
    }
    return [
        {
            **shared,
            "tx_index": str(number),
            "txid": _text(one["txid"]),
            "fee": _text(one.get("fee")),
            "vin": json.dumps(one.get("vin")),
            "vout": json.dumps(one.get("vout")),
        }
        for number, one in enumerate(block["tx"])
    ]


def _text(value: object) -> str | None:
    return None if value is None else str(value).encode(errors="replace").decode()


def _batch(rows: list[dict[str, str | None]], done: int, fault: str) -> Batch:
    columns = {name: pa.array([row[name] for row in rows], pa.string()) for name in COLUMNS}
    columns["locator"] = pa.array(range(done + 1, done + len(rows) + 1), pa.int64())
    faults: list[Fault] = [(done + 1, "bad_block", fault)] if fault else []
    return Batch(rows=pa.table(columns), rejects=reject_table(faults))
