"""Columns that rules for proxies and web servers read, made of what a log has: parts of URLs and requests."""

import pyarrow as pa
import pyarrow.compute as pc

from bongsu.read.coded_text import made_once, words_and_codes
from bongsu.read.log_rows import Columns

MONTHS = {
    "Jan": "01", "Feb": "02", "Mar": "03", "Apr": "04", "May": "05", "Jun": "06",
    "Jul": "07", "Aug": "08", "Sep": "09", "Oct": "10", "Nov": "11", "Dec": "12",
}  # fmt: skip
"""English short name of a month to its two digits."""
_URL = (
    r"^(?:(?P<scheme>[A-Za-z][A-Za-z0-9+.\-]*)://)?(?:[^/?#@\s]*@)?"
    r"(?P<host>\[[^\]/?#]*\]|[^:/?#\s]*)(?::(?P<port>[0-9]+))?(?P<stem>[^?#]*)(?:\?(?P<query>[^#]*))?"
)
_TARGET = r"^(?P<stem>[^?#]*)(?:\?(?P<query>[^#]*))?"
_REQUEST = r"^(?P<method>[A-Za-z_\-]+) (?P<target>.*?)(?: (?P<version>HTTP/[0-9.]+))?$"
_EXTENSION = r"\.(?P<extension>[A-Za-z0-9]{1,10})$"


def url_columns(url: pa.DictionaryArray) -> Columns:
    """Columns `scheme`, `host`, `port`, `stem`, `query`, `extension` and `target` (stem and query) of URLs.

    `host:443`, as CONNECT has it, is a host and a port. Cost: about 1 microsecond for each URL, seen once.
    """
    found = text_columns(url, _URL)
    found["target"] = _target(url)
    return found | _extension(found["stem"])


def target_columns(target: pa.DictionaryArray) -> Columns:
    """Columns `stem`, `query` and `extension` of what requests to a server ask for."""
    found = text_columns(target, _TARGET)
    return found | _extension(found["stem"])


def request_columns(request: pa.DictionaryArray) -> Columns:
    """Columns `method`, `target` and `version` of request lines; a line that is none has none of them."""
    return text_columns(request, _REQUEST)


def text_columns(column: pa.DictionaryArray, pattern: str) -> Columns:
    """A column for each named group of an RE2 pattern; null where it does not match or is empty."""
    codes, words = words_and_codes(column)
    found = pc.extract_regex(words, pattern)
    texts = zip((field.name for field in found.type), found.flatten(), strict=True)
    return {name: made_once(codes, _stated(text)) for name, text in texts}


def renamed(columns: Columns, names: dict[str, str]) -> Columns:
    """Those of the columns that have a value, under other names."""
    found = {names[name]: column for name, column in columns.items() if name in names}
    return {name: column for name, column in found.items() if column.null_count < len(column)}


def _stated(texts: pa.Array) -> pa.Array:
    """The texts; an empty one is null."""
    return pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts)


def _extension(stem: pa.DictionaryArray) -> Columns:
    return text_columns(stem, _EXTENSION)


def _target(url: pa.DictionaryArray) -> pa.DictionaryArray:
    codes, words = words_and_codes(url)
    found = pc.extract_regex(words, _URL)
    stem, query = pc.struct_field(found, "stem"), pc.struct_field(found, "query")
    joined = pc.if_else(pc.equal(query, ""), stem, pc.binary_join_element_wise(stem, query, "?"))
    return made_once(codes, _stated(joined))


def host_and_port(host: str, port: str) -> str:
    """Host with its port, if that is not 80 and not stated already; an IPv6 address in brackets."""
    bare = ":" not in host or host.count(":") > 1
    if host.count(":") > 1 and not host.startswith("["):
        host = f"[{host}]"
    return f"{host}:{port}" if bare and port not in {"", "80"} else host


def whole_url(host: str, path: str) -> str:
    """URL of a request to a host; a path that is a URL already stays."""
    if "://" in path[:12] or not host:
        return path
    return f"http://{host}{'' if path.startswith('/') else '/'}{path}"
