"""Values of indicators in the one form in which they are compared."""

import ipaddress
import re
from collections.abc import Callable
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from bongsu.model.text import _
from bongsu.normalize.fault import Fault
from bongsu.normalize.identifier_network import ascii_domain
from bongsu.normalize.public_suffix import is_public_suffix


class Known(NamedTuple):
    """Kind and canonical value."""

    kind: str
    value: str


KIND_WORDS = {
    "domain": "domain hostname fqdn host domainname domain-name domain|ip hostname|port",
    "ip": "ip ipv4 ipv6 ip-dst ip-src ipv4-addr ipv6-addr ipaddress cidr ip-range ip-dst|port ip-src|port",
    "url": "url uri url_noscheme link",
    "url_path": "url_path urlpath path",
    "md5": "md5 filename|md5",
    "sha1": "sha1 sha-1 filename|sha1",
    "sha256": "sha256 sha-256 filename|sha256",
    "hash": "hash file-hash filehash",
    "email": "email e-mail email-addr emailaddress email-src email-dst email-reply-to emailwhois "
    "whois-registrant-email",
    "file_name": "file_name filename file-name",
    "file_name_regex": "file_name_regex filename_regex filename-pattern",
    "mutex": "mutex named-pipe",
    "package": "package",
    "package_alias": "package_alias npm_alias",
    "wallet": "wallet btc xmr dash cryptocurrency-wallet",
    "handle": "handle github-username jabber-id telegram twitter-id",
}
"""Kind to the words that sources call it."""
KIND_OF = {word: kind for kind, words in KIND_WORDS.items() for word in words.split()}
HASH_LENGTHS = {32: "md5", 40: "sha1", 64: "sha256"}
_REFANG = (
    (re.compile(r"\s*[\[({]\s*(?:\.|dot)\s*[\])}]\s*", re.IGNORECASE), "."),
    (re.compile(r"\s*[\[({]\s*(?:@|at)\s*[\])}]\s*", re.IGNORECASE), "@"),
    (re.compile(r"\[(?::|://)\]"), lambda found: found[0][1:-1]),
    (re.compile(r"^(?:hxxp|hxtp|htxp|h\*\*p|meow)(s?)(?=:)", re.IGNORECASE), r"http\1"),
    (re.compile(r"^fxp(?=:)", re.IGNORECASE), "ftp"),
    (re.compile(r"\\\."), "."),
)
_FANGED = {"hxxp", "hxtp", "htxp", "h**p", "meow"}
_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_DEFAULT_PORTS = {"80", "443"}
"""Left out whatever the scheme, for a canonical URL has none."""
_PLAIN = re.compile(
    r"(?!.{254})(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])"
)
_MAIL = re.compile(r"[^\s@<>\"(),:;]{1,64}@[^\s@<>]+")
_HEX = re.compile(r"[0-9a-f]+")
_PERCENT = re.compile(r"%[0-9a-fA-F]{2}")
_LISTED_PORT = re.compile(r"^([^|]*)\|.*$")


def canonical_indicator(word: str, text: str) -> Known | Fault:
    """Kind and canonical value of what a source calls by this word; without a word the form tells.

    Cost: some microseconds.
    """
    value = text.strip()
    if not value:
        return Fault("no_value", _("the row has no value"))
    kind = KIND_OF.get(word.strip().lower(), "") if word else _kind_by_form(value)
    if not kind:
        return Fault(
            "unknown_type", _("indicators of the type {word} are not compared").format(word=word or "?")
        )
    return _CANONICAL[kind](value)


def refang(text: str) -> str:
    """The text with the dots, at signs and schemes that were written so that nobody clicks."""
    if not any(mark in text for mark in "[({\\") and text[:4].lower() not in _FANGED:
        return text
    for pattern, plain in _REFANG:
        text = pattern.sub(plain, text)
    return text


def _kind_by_form(text: str) -> str:
    plain = refang(text).lower()
    if len(plain) in HASH_LENGTHS and _HEX.fullmatch(plain):
        return "hash"
    if plain.startswith("/"):
        return "url_path"
    if "@" in plain and "/" not in plain:
        return "email"
    if not isinstance(_ip(plain), Fault):
        return "ip"
    return "url" if "/" in plain else "domain"


def _domain(text: str) -> Known | Fault:
    plain = _PLAIN.fullmatch(text) is not None
    name = text if plain else refang(_LISTED_PORT.sub(r"\1", text)).removeprefix("*.").removeprefix(".")
    if not plain and _PLAIN.fullmatch(name) is None:
        if _SCHEME.match(name):
            return _url(name)
        address = _ip(name)
        if not isinstance(address, Fault):
            return address
        host, _colon, port = name.partition(":")
        canonical = ascii_domain(host if port.isdigit() else name)
        if isinstance(canonical, Fault):
            return _url(name) if "/" in name.strip("/") else canonical
        name = canonical
    if is_public_suffix(name):
        return Fault("public_suffix", _("it is a public suffix: strangers have names below it"))
    return Known("domain", name)


def _ip(text: str) -> Known | Fault:
    written = refang(_LISTED_PORT.sub(r"\1", text))
    if written.startswith("["):
        written = written[1:].partition("]")[0]
    elif written.count(":") == 1:
        written = written.partition(":")[0]
    try:
        net = ipaddress.ip_network(written.partition("%")[0], strict=False)
    except ValueError:
        return Fault("bad_ip", _("it is no IPv4 or IPv6 address and no net of them"))
    if net.num_addresses > 1:
        return Known("cidr", str(net))
    address = net.network_address
    mapped = getattr(address, "ipv4_mapped", None)
    return Known("ipv4" if mapped or net.version == 4 else "ipv6", str(mapped or address))


def _url(text: str) -> Known | Fault:
    value = canonical_url(refang(text))
    return value if isinstance(value, Fault) else Known("url", value)


def canonical_url(text: str) -> str | Fault:
    """URL without scheme, user, port 80 or 443, fragment and last slash; the host in lower case and ASCII."""
    found = _SCHEME.match(text)
    rest = text[found.end() :] if found else text
    cut = re.search(r"[/?#]", rest)
    authority, path = (rest[: cut.start()], rest[cut.start() :]) if cut else (rest, "")
    host, port = _host_port(authority.rpartition("@")[2])
    if port and not port.isdigit():
        return Fault("bad_url", _("its port is no number"))
    address = _ip(host)
    name = ascii_domain(host) if isinstance(address, Fault) else address.value
    if isinstance(name, Fault):
        return Fault("bad_url", _("it has no host"))
    if ":" in name:
        name = f"[{name}]"
    if port and port not in _DEFAULT_PORTS:
        name = f"{name}:{port}"
    return name + _path(path)


def _host_port(authority: str) -> tuple[str, str]:
    if authority.startswith("["):
        host, _bracket, port = authority[1:].partition("]")
        return host, port.removeprefix(":")
    host, _colon, port = authority.partition(":")
    return host, port


def _path(path: str) -> str:
    """Path and query: percent signs in upper case, blanks encoded, neither fragment nor last slash."""
    plain = path.partition("#")[0].replace(" ", "%20")
    return _PERCENT.sub(lambda found: found[0].upper(), plain).rstrip("/")


def _url_path(text: str) -> Known | Fault:
    path = _path(text)
    if not path.startswith("/"):
        return Fault("bad_path", _("it does not begin with a slash, or is nothing else"))
    return Known("url_path", path)


def _hash(text: str) -> Known | Fault:
    digits = text.rpartition("|")[2].strip().lower()
    kind = HASH_LENGTHS.get(len(digits))
    if kind is None or _HEX.fullmatch(digits) is None:
        return Fault("bad_hash", _("it is no MD5, SHA-1 or SHA-256 in hexadecimal"))
    return Known(kind, digits)


def _hash_of(kind: str) -> Callable[[str], Known | Fault]:
    def check(text: str) -> Known | Fault:
        found = _hash(text)
        if isinstance(found, Known) and found.kind != kind:
            return Fault(
                "bad_hash",
                _("its length is that of {other}, not of {kind}").format(other=found.kind, kind=kind),
            )
        return found

    return check


def _email(text: str) -> Known | Fault:
    address = refang(text).rpartition("<")[2].rstrip("> ").lower()
    local, _at, host = address.rpartition("@")
    domain = ascii_domain(host)
    if _MAIL.fullmatch(address) is None or isinstance(domain, Fault):
        return Fault("bad_email", _("it is no e-mail address"))
    return Known("email", f"{local}@{domain}")


def _file_name(text: str) -> Known | Fault:
    name = re.split(r"[/\\]", text.partition("|")[0])[-1].strip().lower()
    return Known("file_name", name) if name else Fault("bad_file_name", _("it names no file"))


def _file_name_regex(text: str) -> Known | Fault:
    try:
        empty = pc.match_substring_regex(pa.array([""]), text, ignore_case=True)
    except pa.ArrowInvalid:
        return Fault("bad_regex", _("the pattern cannot be compiled"))
    if empty[0].as_py():
        return Fault("bad_regex", _("the pattern fits every name"))
    return Known("file_name_regex", text)


def _mutex(text: str) -> Known | Fault:
    return Known("mutex", text.lower().removeprefix("\\\\.\\pipe\\").removeprefix("\\"))


def _package(text: str) -> Known | Fault:
    if re.search(r"\s", text):
        return Fault("bad_package", _("a name of a package has no blanks"))
    return Known("package", text.lower())


_CANONICAL: dict[str, Callable[[str], Known | Fault]] = {
    "domain": _domain,
    "ip": _ip,
    "url": _url,
    "url_path": _url_path,
    "hash": _hash,
    "md5": _hash_of("md5"),
    "sha1": _hash_of("sha1"),
    "sha256": _hash_of("sha256"),
    "email": _email,
    "file_name": _file_name,
    "file_name_regex": _file_name_regex,
    "mutex": _mutex,
    "package": _package,
    "package_alias": lambda text: Known("package_alias", text.removeprefix("@").lower()),
    "wallet": lambda text: Known("wallet", text.lower() if text.lower().startswith(("0x", "bc1")) else text),
    "handle": lambda text: Known("handle", text.removeprefix("@").lower()),
}
