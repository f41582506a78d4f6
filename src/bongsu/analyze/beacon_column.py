"""Who asks whom in a block of events, as codes: the columns that say it, whatever the log calls them."""

from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.analyze.detect_comparison import text_parts
from bongsu.facts.log_field import load_log_fields
from bongsu.kernel.text_hash import hash_texts
from bongsu.model.log import LogBlock

SERVICES = {"conn": "conn", "flow": "conn", "http": "http", "dns": "dns", "ssl": "tls", "tls": "tls"}
"""Service of a stream to what its contacts are."""
CATEGORIES = {
    "proxy": "http", "dns": "dns", "network_connection": "conn", "firewall": "conn", "dns_query": "dns",
}  # fmt: skip
"""Category of a stream to the same, where the service does not say it."""
SOURCES = ("id.orig_h", "src_ip", "SourceIp", "c-ip", "client", "client_ip", "src", "Computer")
ADDRESSES = ("id.resp_h", "dest_ip", "DestinationIp", "s-ip", "dst_ip", "dst")
NAMES = (
    "host", "server_name", "query", "http.hostname", "tls.sni", "dns.rrname", "cs-host",
    "DestinationHostname", "QueryName", "url", "cs-uri", "http.url",
)  # fmt: skip
URLS = ("url", "cs-uri", "http.url")
"""Those of NAMES that hold a whole URL."""
PORTS = ("id.resp_p", "dest_port", "DestinationPort", "s-port", "dst_port")
AGENTS = ("user_agent", "http.http_user_agent", "cs(User-Agent)", "cs-user-agent", "Image")
SIZES = ("orig_bytes", "request_body_len", "flow.bytes_toserver", "cs-bytes", "bytes", "size")
_URL_HOST = r"^(?:[a-zA-Z][a-zA-Z0-9+.-]*://)?(?:[^/@?#]*@)?(?P<host>\[[^\]]*\]|[^/:?#]+)"
_NOTHING = ("", "-", "(empty)")
_LARGEST = 2**31 - 1
_SEEDS = {"conn": 1, "http": 2, "tls": 3, "dns": 4}
Array = np.ndarray[Any, Any]


PAIR = pa.schema(
    {
        "key": pa.uint64(),
        "kind": pa.string(),
        "source": pa.string(),
        "destination": pa.string(),
        "port": pa.string(),
        "agent": pa.string(),
        "file": pa.int32(),
        "locator": pa.int64(),
    }
)
"""Who asks whom: the key stands for kind, source, destination (a name, else an address) and port (empty where
none is stated); user agent or program, file and place are those of the first contact."""


class Contacts(NamedTuple):
    """Contacts in a block."""

    kind: str
    """conn, http, tls or dns."""
    pairs: pa.Table
    """Schema PAIR, each pair of the block once."""
    key: Array
    """uint64: key of the pair of each contact."""
    micros: Array
    """int64: time of each contact."""
    size: Array
    """int32: bytes sent; -1: not stated."""
    rows_without: int
    """Events that state no time, source or destination."""


def contacts_of(block: LogBlock) -> Contacts | None:
    """Contacts in a block; None where its stream is of something else.

    Cost: some 100 nanoseconds an event.
    """
    kind = SERVICES.get(block.stream.service) or CATEGORIES.get(block.stream.category, "")
    source = _column(block, SOURCES, "src_endpoint.ip")
    name, address = _column(block, NAMES, "query.hostname"), _column(block, ADDRESSES, "dst_endpoint.ip")
    if not kind or source is None or (name is None and address is None):
        return None
    destination = _destination(block, name, address)
    port = _column(block, PORTS, "dst_endpoint.port")
    parts = [_clean(block.columns[source]), destination, _plain(block, port)]
    keep = np.flatnonzero(_told(block, parts[0], parts[1]))
    codes, texts = zip(*(_coded(part, keep) for part in parts), strict=True)
    first, pair = _grouped(codes, [len(one) for one in texts])
    named = [text.take(pa.array(code[first])) for code, text in zip(codes, texts, strict=True)]
    pairs = _pairs(block, kind, named, keep[first])
    micros = block.time.cast(pa.int64()).take(pa.array(keep)).to_numpy(zero_copy_only=False)
    return Contacts(
        kind=kind,
        pairs=pairs,
        key=pairs["key"].to_numpy()[pair],
        micros=micros,
        size=_sizes(block, keep),
        rows_without=block.rows - len(keep),
    )


def _pairs(block: LogBlock, kind: str, named: list[pa.Array], rows: Array) -> pa.Table:
    """Pairs by source, destination and port; `rows` are those of their first contacts."""
    key = np.full(len(rows), _SEEDS[kind], np.uint64)
    for column in named:
        key = hash_texts(text_parts(column), key)
    where = pa.array(rows)
    agents = _plain(block, _column(block, AGENTS, "http_request.user_agent")).take(where)
    file = pa.array(np.zeros(len(rows), np.int32)) if block.file is None else block.file.take(where)
    told = [
        key,
        pa.repeat(kind, len(rows)),
        *named,
        pc.fill_null(agents, ""),
        file,
        block.locator.take(where),
    ]
    return pa.table(dict(zip(PAIR.names, told, strict=True)), schema=PAIR)


def _column(block: LogBlock, names: tuple[str, ...], ocsf: str) -> str | None:
    """Column that the facts give an OCSF name, else the first of the usual names; None: neither is there."""
    facts = load_log_fields(block.stream.product)
    stated = [name for name in block.columns if name in facts and facts[name].ocsf == ocsf]
    usual = [name for name in names if name in block.columns]
    return next(iter([*usual, *stated]), None)


def _clean(column: pa.DictionaryArray) -> pa.DictionaryArray:
    """Column with null for what stands for nothing."""
    nothing = pc.is_in(column.dictionary, pa.array(_NOTHING))
    texts = pc.if_else(nothing, pa.scalar(None, pa.string()), column.dictionary)
    return texts.take(column.indices)


def _plain(block: LogBlock, name: str | None) -> pa.Array:
    return pa.nulls(block.rows, pa.string()) if name is None else _clean(block.columns[name])


def _destination(block: LogBlock, name: str | None, address: str | None) -> pa.Array:
    """Name that is asked, in lower case, of a URL its host; the address where no name is stated."""
    plain = _plain(block, address)
    if name is None:
        return plain
    column = block.columns[name]
    texts = column.dictionary
    if name in URLS:
        texts = pc.struct_field(pc.extract_regex(texts, _URL_HOST), "host")
    texts = pc.utf8_rtrim(pc.utf8_lower(texts), ".")
    named = _clean(pa.DictionaryArray.from_arrays(column.indices, texts))
    return pc.coalesce(named, plain)


def _told(block: LogBlock, source: pa.Array, destination: pa.Array) -> Array:
    told = pc.and_(pc.and_(source.is_valid(), destination.is_valid()), block.time.is_valid())
    return np.asarray(told.to_numpy(zero_copy_only=False))


def _coded(texts: pa.Array, keep: Array) -> tuple[Array, pa.Array]:
    coded = pc.fill_null(texts.take(pa.array(keep)), "").dictionary_encode()
    return coded.indices.to_numpy(zero_copy_only=False), coded.dictionary


def _grouped(codes: tuple[Array, ...], sizes: list[int]) -> tuple[Array, Array]:
    """First row of each combination of codes, and the combination of each row."""
    joint = np.zeros(len(codes[0]), np.int64)
    for code, size in zip(codes, sizes, strict=True):
        joint = joint * max(1, size) + code
    _values, first, combination = np.unique(joint, return_index=True, return_inverse=True)
    return first, combination


def _sizes(block: LogBlock, keep: Array) -> Array:
    name = next((one for one in SIZES if one in block.columns), None)
    if name is None:
        return np.full(len(keep), -1, np.int32)
    column = block.columns[name]
    number = pc.match_substring_regex(column.dictionary, r"^\d{1,9}$")
    known = pc.if_else(number, column.dictionary, "-1").cast(pa.int64())
    sizes = pc.fill_null(known.take(column.indices), -1).take(pa.array(keep))
    numbers: Array = sizes.to_numpy(zero_copy_only=False)
    return np.minimum(numbers, _LARGEST).astype(np.int32)
