"""Events that meet indicators: each distinct value of a typed column is compared once.

| kind of field | compared with |
|---|---|
| domain | domains at labels, addresses, nets |
| ip | addresses, nets |
| url | URLs and paths at their parts, and its host as a domain or address |
| hash, hashes | hashes; an import hash is none of a file |
| email | mail addresses, and the host of each as a domain |
| path | the last part as a file name; patterns of file names with all of it |
| mutex | mutexes and pipes |
| text | hosts, addresses, URLs, hashes, mail addresses and wallets that stand in it |

Not compared: accounts (`user`), the host whose log it is (`host`), handles. Packages: `package_match`.
"""

import ipaddress
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from bongsu.analyze.indicator_index import IndicatorIndex, texts_of
from bongsu.facts.log_field import LogField
from bongsu.kernel.match import Texts, match_hosts, match_prefixes, match_whole, parse_ipv4, url_spans
from bongsu.kernel.match_table import Matcher, find_all, find_ranges, halves, make_texts, mapped_halves
from bongsu.kernel.token import DIGEST, HOST, MAIL, URL, WORD, Tokens, find_tokens
from bongsu.model.log import LogBlock

Array = npt.NDArray[Any]
Pairs = tuple[Array, Array]
"""Places of values and the keys that they meet: int64, same length."""
_NONE: Pairs = (np.zeros(0, np.int64), np.zeros(0, np.int64))
HOST_FIELDS = ("host", "cs-host", "cs_host", "http.hostname", "hostname", "server_name")
"""Fields that say whose path a URL column holds, where it holds paths only."""
_IMPORT_HASH = r"(?i)imphash=[0-9a-f]+"
_DEFAULT_PORT = r"^((?:[A-Za-z][A-Za-z0-9+.-]*://)?[^/?#]*):(?:80|443)([/?#]|$)"
_TOGETHER = 100
"""Patterns in one expression: more take too much memory of the engine of expressions."""
_LONG_ADDRESS = re.compile(
    r"(?<![0-9A-Za-z:.])(?:[0-9A-Fa-f]{0,4}:){2,7}(?:\d+\.\d+\.\d+\.\d+|[0-9A-Fa-f]{0,4})(?![0-9A-Za-z:])"
)
_FANGED = (("[.]", "."), ("(.)", "."), ("[dot]", "."), ("(dot)", "."), ("[@]", "@"), ("hxxp", "http"))


class View(NamedTuple):
    """Distinct values of a column, or of two joined, and which one each event has."""

    field: str
    kind: str
    values: pa.StringArray
    code: Array
    """Place in the values of each event; -1: it has none."""


class Met(NamedTuple):
    """Events of a block that met indicators in one field."""

    view: View
    row: Array
    """int64: event, ascending."""
    key: Array
    """int64: key of the index."""


def match_block(
    block: LogBlock, meaning: Mapping[str, LogField], index: IndicatorIndex, *, fanged: bool = False
) -> list[Met]:
    """What events of the block met, field by field.

    Args:
        block: Events.
        meaning: Meaning of the log's own field names.
        index: Indicators.
        fanged: Whether free text may hold values that are written so that nobody clicks, as reports do.

    Cost: some 100 ns a distinct value of a typed column and 5 ns a byte of free text, then 5 ns an event.
    """
    found = []
    for view in views_of(block, meaning):
        pairs = match_values(view.kind, view.values, index, fanged=fanged)
        if len(pairs[0]):
            found.append(events_of(view, pairs))
    return found


def views_of(block: LogBlock, meaning: Mapping[str, LogField]) -> Iterator[View]:
    """Columns of the block that indicators are compared with."""
    for name, column in block.columns.items():
        kind = meaning[name].kind if name in meaning else ""
        if kind in _FINDERS:
            code = pc.fill_null(column.indices, -1).to_numpy(zero_copy_only=False)
            view = View(name, kind, column.dictionary, code)
            yield _with_host(view, block) if kind == "url" else view


def match_values(kind: str, values: pa.StringArray, index: IndicatorIndex, *, fanged: bool = False) -> Pairs:
    """Places of the values of a field of this kind, and keys that each meets; a pair stands once."""
    if kind == "text" and fanged:
        for old, new in _FANGED:
            values = pc.replace_substring(values, old, new)
    places, keys = zip(*_FINDERS[kind](_Values(values), index), strict=True)
    place, key = np.concatenate(places), np.concatenate(keys)
    if not len(place):
        return _NONE
    both = np.unique(np.stack([place, key]), axis=1)
    return both[0], both[1]


class _Values(NamedTuple):
    """Values to look at."""

    column: pa.StringArray

    @property
    def texts(self) -> Texts:
        return texts_of(self.column)


def events_of(view: View, pairs: Pairs) -> Met:
    """Events that have one of the values, once for each key that it meets; places ascend."""
    place, key = pairs
    count = np.bincount(place, minlength=len(view.values))
    first = np.concatenate([[0], np.cumsum(count)])
    rows = np.flatnonzero((view.code >= 0) & (count > 0)[view.code])
    code = view.code[rows]
    each = count[code]
    row = np.repeat(rows, each)
    within = np.arange(len(row)) - np.repeat(np.cumsum(each) - each, each)
    return Met(view, row, key[np.repeat(first[code], each) + within])


def _with_host(view: View, block: LogBlock) -> View:
    """The view; where it holds paths only, with the host that another column of the event names."""
    paths = pc.starts_with(view.values, "/")
    host = next((block.columns[name] for name in HOST_FIELDS if name in block.columns), None)
    if host is None or not pc.any(paths).as_py():
        return view
    size = len(view.values) + 1
    named = pc.fill_null(host.indices, -1).to_numpy(zero_copy_only=False).astype(np.int64)
    pair, code = np.unique(named * size + view.code, return_inverse=True)
    known, at = np.divmod(pair, size)
    whose = pc.fill_null(host.dictionary.take(pa.array(known, mask=known < 0)), "")
    path = view.values.take(pa.array(at, mask=at == size - 1))
    # A URL that has its own host keeps it.
    whose = pc.if_else(pc.fill_null(pc.starts_with(path, "/"), False), whose, "")
    joined = pc.binary_join_element_wise(whose, path, "")
    code = np.where(view.code < 0, -1, code.reshape(-1))
    return View(view.field, view.kind, joined, code)


def _in_table(index: IndicatorIndex, group: str, matcher: Matcher, texts: Texts) -> Pairs:
    place, value = find_all(matcher, index.tables[group], texts)
    return place, value + index.base[group]


def _hosts(index: IndicatorIndex, texts: Texts) -> Iterator[Pairs]:
    """Names of hosts as domains, also those in other letters, and as addresses."""
    yield _in_table(index, "host", match_hosts, texts)
    yield from _addresses(index, texts)
    if len(texts.data) and texts.data.max() > 127:
        odd = _international(texts)
        place, key = _in_table(index, "host", match_hosts, make_texts(list(odd.values())))
        yield np.array(list(odd), np.int64)[place], key


def _international(texts: Texts) -> dict[int, str]:
    """Places of names in other letters, and how the name system writes each."""
    found = {}
    data = texts.data
    high = np.concatenate([[0], np.cumsum(data > 127)])
    for i in np.flatnonzero(high[texts.stop] > high[texts.start]):
        name = data[texts.start[i] : texts.stop[i]].tobytes().decode(errors="replace")
        try:
            found[int(i)] = name.encode("idna").decode()
        except UnicodeError:
            continue
    return found


def _addresses(index: IndicatorIndex, texts: Texts) -> Iterator[Pairs]:
    number = np.zeros(len(texts.start), np.int64)
    parse_ipv4(texts, number)
    place = np.flatnonzero(number >= 0)
    yield from _ranged(index, place, mapped_halves(number[place]))


def _long_addresses(index: IndicatorIndex, values: pa.StringArray) -> Iterator[Pairs]:
    """IPv6 addresses, which are few: read one by one."""
    places, numbers = [], []
    for place in pc.indices_nonzero(pc.greater_equal(pc.count_substring(values, ":"), 2)).to_pylist():
        for text in _LONG_ADDRESS.findall(values[place].as_py()):
            try:
                address = ipaddress.IPv6Address(text)
            except ValueError:
                continue
            places.append(place)
            numbers.append(int(address))
    yield from _ranged(index, np.array(places, np.int64), halves(numbers))


def _ranged(index: IndicatorIndex, place: Array, numbers: Pairs) -> Iterator[Pairs]:
    for ranges, key in index.ranges.values():
        text, one = find_ranges(ranges, numbers)
        yield place[text], key[one]


def _of_domain(values: _Values, index: IndicatorIndex) -> Iterator[Pairs]:
    yield from _hosts(index, values.texts)


def _of_ip(values: _Values, index: IndicatorIndex) -> Iterator[Pairs]:
    yield from _addresses(index, values.texts)
    yield from _long_addresses(index, values.column)


def _of_url(values: _Values, index: IndicatorIndex) -> Iterator[Pairs]:
    column = values.column
    if pc.any(pc.match_substring_regex(column, ":(?:80|443)")).as_py():
        column = pc.replace_substring_regex(column, _DEFAULT_PORT, r"\1\2")
    yield from _urls(index, texts_of(column))


def _urls(index: IndicatorIndex, texts: Texts) -> Iterator[Pairs]:
    count = len(texts.start)
    hosts = Texts(np.zeros(count, np.int64), np.zeros(count, np.int64), texts.data)
    paths = np.zeros(count, np.int64)
    url_spans(texts, hosts, paths)
    yield _in_table(index, "url", match_prefixes, Texts(hosts.start, texts.stop, texts.data))
    yield _in_table(index, "path", match_prefixes, Texts(paths, texts.stop, texts.data))
    yield from _hosts(index, hosts)


def _of_hash(values: _Values, index: IndicatorIndex) -> Iterator[Pairs]:
    yield _in_table(index, "digest", match_whole, values.texts)


def _of_hashes(values: _Values, index: IndicatorIndex) -> Iterator[Pairs]:
    texts = texts_of(pc.replace_substring_regex(values.column, _IMPORT_HASH, ""))
    yield _tokens(index, "digest", match_whole, _Picked(texts, find_tokens(texts)).of(DIGEST))


class _Picked(NamedTuple):
    """Tokens of texts."""

    texts: Texts
    tokens: Tokens

    def of(self, kind: int) -> tuple[Texts, Array]:
        """Tokens of a kind, and the text of each."""
        at = np.flatnonzero(self.tokens.kind == kind)
        return Texts(self.tokens.start[at], self.tokens.stop[at], self.texts.data), self.tokens.text[at]


def _tokens(index: IndicatorIndex, group: str, matcher: Matcher, picked: tuple[Texts, Array]) -> Pairs:
    place, key = _in_table(index, group, matcher, picked[0])
    return picked[1][place], key


def _of_email(values: _Values, index: IndicatorIndex) -> Iterator[Pairs]:
    texts, text = _Picked(values.texts, find_tokens(values.texts)).of(MAIL)
    yield _tokens(index, "mail", match_whole, (texts, text))
    start = texts.start.copy()
    for i in range(len(start)):
        start[i] += texts.data[start[i] : texts.stop[i]].tobytes().rfind(b"@") + 1
    for place, key in _hosts(index, Texts(start, texts.stop, texts.data)):
        yield text[place], key


def _of_path(values: _Values, index: IndicatorIndex) -> Iterator[Pairs]:
    names = pc.replace_substring_regex(values.column, r"(?s)^.*[/\\]", "")
    yield _in_table(index, "name", match_whole, texts_of(names))
    yield from _patterns(index, values.column)


def _patterns(index: IndicatorIndex, values: pa.StringArray) -> Iterator[Pairs]:
    """Paths that fit patterns: all of them at once, and one by one where any does."""
    patterns = [value for _space, value in index.values("pattern")]
    if not patterns:
        return
    for start in range(0, len(patterns), _TOGETHER):
        some = patterns[start : start + _TOGETHER]
        fits = pc.indices_nonzero(pc.match_substring_regex(values, _either(some), ignore_case=True))
        few = values.take(fits)
        for number, pattern in enumerate(some if len(fits) else (), start=start):
            at = pc.indices_nonzero(pc.match_substring_regex(few, pattern, ignore_case=True))
            place = fits.take(at).to_numpy().astype(np.int64)
            yield place, np.full(len(place), index.base["pattern"] + number, np.int64)


def _either(patterns: list[str]) -> str:
    return "|".join(f"(?:{pattern})" for pattern in patterns)


def _of_mutex(values: _Values, index: IndicatorIndex) -> Iterator[Pairs]:
    yield _in_table(index, "mutex", match_whole, values.texts)
    yield _in_table(index, "mutex", match_whole, texts_of(pc.utf8_ltrim(values.column, "\\")))


def _of_text(values: _Values, index: IndicatorIndex) -> Iterator[Pairs]:
    texts = values.texts
    picked = _Picked(texts, find_tokens(texts))
    for group, kind in (("digest", DIGEST), ("mail", MAIL), ("wallet", WORD)):
        yield _tokens(index, group, match_whole, picked.of(kind))
    for kind, find in ((HOST, _hosts), (URL, _url_tokens)):
        tokens, text = picked.of(kind)
        for place, key in find(index, tokens):
            yield text[place], key
    if any(ranges.last_high.any() for ranges, _key in index.ranges.values()):
        yield from _long_addresses(index, values.column)


def _url_tokens(index: IndicatorIndex, texts: Texts) -> Iterator[Pairs]:
    """URLs in text with and without the port that their scheme has anyway."""
    data = texts.data.tobytes()
    spans = zip(texts.start.tolist(), texts.stop.tolist(), strict=True)
    urls = pa.array([data[a:b].decode(errors="replace") for a, b in spans], pa.string())
    yield from _of_url(_Values(urls), index)


_FINDERS: dict[str, Callable[[_Values, IndicatorIndex], Iterator[Pairs]]] = {
    "domain": _of_domain,
    "ip": _of_ip,
    "url": _of_url,
    "hash": _of_hash,
    "hashes": _of_hashes,
    "email": _of_email,
    "path": _of_path,
    "mutex": _of_mutex,
    "text": _of_text,
}
