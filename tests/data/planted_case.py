"""The real indicators, and logs in which each of them stands once among decoys."""

import json
import re
import zipfile

import pyarrow as pa
from hypothesis import HealthCheck, Phase, find, settings
from hypothesis import strategies as st
from tests.data.indicator_case import block_of, read_all

from bongsu.analyze.indicator_index import build_index
from bongsu.facts.log_field import LogField
from bongsu.model.log import LogStream
from bongsu.normalize.indicator import IndicatorMaker, disputes_of
from bongsu.normalize.warning_list import WarningLists
from bongsu.read import dispute_csv, indicator_csv, packages_csv
from bongsu.rehearse.planted_log import Planting

MEANING = {
    "query": LogField("query.hostname", "domain"),
    "id.resp_h": LogField("dst_endpoint.ip", "ip"),
    "id.orig_h": LogField("src_endpoint.ip", "ip"),
    "url": LogField("http_request.url.url_string", "url"),
    "Hashes": LogField("file.hashes", "hashes"),
    "TargetFilename": LogField("file.path", "path"),
    "from": LogField("email.from", "email"),
    "CommandLine": LogField("process.cmd_line", "text"),
}
DIGESTS = {32: "MD5", 40: "SHA1", 64: "SHA256"}


def load_indicators(folder):
    """Indicators of the real tables, with those in disputed.csv among them, and the disputes."""
    disputes, _rejects = disputes_of(read_all(dispute_csv, folder / "disputed.csv")[0])
    maker = IndicatorMaker(WarningLists(), disputes)
    tables = [
        maker.make(read_all(reader, folder / file)[0]).indicators
        for reader, file in (
            (indicator_csv, "indicators.csv"),
            (packages_csv, "packages.csv"),
            (indicator_csv, "disputed.csv"),
        )
    ]
    return pa.concat_tables(tables)


def sample(pattern):
    """A path that the pattern fits."""
    fits = re.compile(pattern, re.IGNORECASE)
    quick = settings(database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    texts = st.from_regex(pattern.removeprefix("(?i)"), alphabet=st.characters(codec="ascii"))
    return find(texts, fits.search, settings=quick)


def texts_of(row):  # noqa: PLR0911
    """What stands in a log where the indicator is met; and a decoy that is not it."""
    kind, value = row["kind"], row["value"]
    if kind == "domain":
        below = f"www.{value}" if row["scope"] == "parents" and len(value) % 2 else value
        return (below,), (f"not-{value}",)
    if kind == "ipv4":
        near = value.rpartition(".")[0] + f".{(int(value.rpartition('.')[2]) + 97) % 256}"
        return (value,), (near,)
    if kind == "url":
        return (f"http://{value}",), (f"http://x-{value}",)
    if kind == "url_path":
        return (f"https://site.good.kr{value}",), (f"https://site.good.kr/x{value}",)
    if kind in {"md5", "sha1", "sha256"}:
        name = DIGESTS[len(value)]
        return (f"{name}={value.upper()},IMPHASH={'0' * 32}",), (f"{name}={value[1:]}{value[0]}",)
    if kind == "email":
        return (value,), (f"a{value}",)
    if kind == "package":
        return (value, row["versions"] or "1.0.0"), (f"{value}-x", "1.0.0")
    if kind == "package_alias":
        return (f"@{value}/lib", "1.0.0"), (f"@{value}x/lib", "1.0.0")
    return (sample(value),), ("C:\\Windows\\explorer.exe",)


STREAMS = {
    "domain": (LogStream("zeek", "dns"), ("query",)),
    "ipv4": (LogStream("zeek", "conn"), ("id.resp_h",)),
    "url": (LogStream("squid", "access", "proxy"), ("url",)),
    "url_path": (LogStream("squid", "access", "proxy"), ("url",)),
    "digest": (LogStream("windows", "sysmon"), ("Hashes",)),
    "email": (LogStream("mail"), ("from",)),
    "file_name_regex": (LogStream("windows", "sysmon"), ("TargetFilename",)),
    "package": (LogStream("lockfile", "npm"), ("name", "version")),
}
CLEAN = {
    "domain": [("good.com",), ("www.naver.example.com",), ("b.kro.kr",), ("github.io",)],
    "ipv4": [("10.1.2.3",), ("8.8.4.4",)],
    "url": [("http://good.com/index.html",), ("https://www.naver.com/",)],
    "url_path": [("https://site.good.kr/index.html",)],
    "digest": [(f"MD5={'1' * 32}",)],
    "email": [("staff@firm.kr",)],
    "file_name_regex": [("C:\\Windows\\System32\\svchost.exe",)],
    "package": [("left-pad", "1.3.0"), ("axios", "1.7.0"), ("tailwindcss-animate", "1.0.7")],
}


def group_of(kind):
    """Stream that an indicator of the kind is planted in."""
    kinds = {"md5": "digest", "sha1": "digest", "sha256": "digest", "package_alias": "package"}
    return kinds.get(kind, kind)


def host_in(text):
    """Host of a URL, a mail address or itself, by hand."""
    host = text.split("://")[-1].split("/")[0].split("?")[0].rpartition("@")[2]
    return host.split(":")[0].lower()


class Twin:
    """What a text meets besides itself, by hand: domains above its host, and paths."""

    def __init__(self, indicators):
        rows = indicators.select(["kind", "value", "scope"]).to_pylist()
        self.hosts = {row["value"] for row in rows if row["kind"] in {"domain", "ipv4"}}
        self.above = {row["value"] for row in rows if row["kind"] == "domain" and row["scope"] == "parents"}
        self.paths = tuple(row["value"] for row in rows if row["kind"] == "url_path")

    def meets(self, text):
        """Whether an indicator is rightly met by the text."""
        host = host_in(text)
        labels = host.split(".")
        below = any(".".join(labels[at:]) in self.above for at in range(1, len(labels)))
        path = "/" + text.split("/", 3)[3] if "://" in text and text.count("/") > 2 else ""
        return host in self.hosts or below or path.startswith(self.paths)


def plantings(indicators):
    """Plantings by stream, each with the indicator that every planted text stands for.

    A decoy that another indicator rightly meets, as `not-a.evil.com` where `evil.com` is one, is left out.
    """
    twin = Twin(indicators)
    found = {group: ([], [], []) for group in STREAMS}
    for row in indicators.to_pylist():
        planted, decoy = texts_of(row)
        texts, decoys, rows = found[group_of(row["kind"])]
        texts.append(planted)
        decoys.append(decoy)
        rows.append(row)
    for group, (texts, decoys, rows) in found.items():
        stream, columns = STREAMS[group]
        known = set(texts)
        others = [one for one in decoys if one not in known and not twin.meets(one[0])]
        assert 2 * len(others) > len(decoys), group
        yield Planting(stream, columns, texts, others + CLEAN[group]), rows


def stands_for(index, key, row):
    """Whether the key is of the indicator."""
    head = index.of_key(int(key))[0]
    names = ("kind", "namespace")
    return all(head[name] == row[name] for name in names) and head["value"].lower() == row["value"].lower()


def score_block(index, found, planted, rows):
    """Indicators of the block that were not met, and what events that are not planted met."""
    keys, wrong = {}, []
    expected = {int(at): rows[int(text)] for at, text in zip(planted.row, planted.text, strict=True)}
    for part in found:
        for at, key in zip(part.row.tolist(), part.key.tolist(), strict=True):
            if at in expected:
                keys.setdefault(at, []).append(key)
            else:
                wrong.append(
                    (part.view.values[int(part.view.code[at])].as_py(), index.of_key(key)[0]["value"])
                )
    missed = [
        row["value"]
        for at, row in expected.items()
        if not any(stands_for(index, k, row) for k in keys.get(at, ()))
    ]
    return missed, wrong


def ready(folder):
    """Indicators of the real tables, and their index."""
    indicators = load_indicators(folder)
    return indicators, build_index(indicators)


def event_of(line):
    """Event of a line; nothing where it is none: some of these files are cut or in UTF-16."""
    try:
        found = json.loads(line)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def windows_block(path, names):
    """Events of a zipped file of Windows events in JSON lines, by hand."""
    columns = {name: [] for name in names}
    with zipfile.ZipFile(path) as packed:
        lines = [line for name in packed.namelist() if name.endswith(".json") for line in packed.open(name)]
    for event in filter(None, map(event_of, lines)):
        for name, values in columns.items():
            values.append(None if event.get(name) is None else str(event[name]))
    return block_of(("windows",), **columns)
