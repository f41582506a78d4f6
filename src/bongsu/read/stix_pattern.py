"""STIX 2.1 patterns of the common forms: comparisons joined by OR; everything else is told.

An AND, a NOT, a qualifier or a `FOLLOWEDBY` narrows a pattern; its parts alone would say more than it does.
So such a pattern is refused whole, but for hashes and name of one file, where the hashes do, and for a
package with its version.
"""

import re
from typing import NamedTuple

from bongsu.model.text import _

_WORDS = "AND|OR|NOT|IN|LIKE|MATCHES|ISSUBSET|ISSUPERSET|FOLLOWEDBY|WITHIN|REPEATS|START|STOP"
_TOKEN = re.compile(
    rf"""\s*(?:
      (?P<text>'(?:[^'\\]|\\.)*')
    | (?P<path>[a-z0-9-]+:(?:[A-Za-z0-9_.*-]|\[[^\]\s]*\]|'[^'\s]*'|"[^"\s]*")+)
    | (?P<word>\b(?:{_WORDS})\b)
    | (?P<sign>!=|<=|>=|[\[\](),=<>])
    | (?P<other>\S+)
    )""",
    re.VERBOSE,
)
_PATHS = {
    "domain-name:value": "domain",
    "ipv4-addr:value": "ip",
    "ipv6-addr:value": "ip",
    "url:value": "url",
    "email-addr:value": "email",
    "email-message:from_ref.value": "email",
    "email-message:sender_ref.value": "email",
    "mutex:name": "mutex",
    "file:name": "file_name",
    "software:name": "package",
    "software:version": "version",
    "network-traffic:dst_ref.value": "ip",
    "network-traffic:src_ref.value": "ip",
}
_HASHES = {"md5": "md5", "sha1": "sha1", "sha256": "sha256"}
_HASH_PATH = re.compile(r"file:hashes\.['\"]?([A-Za-z0-9-]+)['\"]?")
_LONGEST, _DEEPEST = 100_000, 50


class Stated(NamedTuple):
    """One value that a pattern compares with."""

    type: str
    value: str
    versions: str = ""


class NotReadError(ValueError):
    """The pattern has a form that is not read; says which."""


def values_of(pattern: str) -> list[Stated]:
    """Values that a pattern asks for, any of which makes it true.

    Raises:
        NotReadError: When it has another form, or compares something that logs are not searched for.
    """
    if len(pattern) > _LONGEST:
        raise NotReadError(_("it is too long"))
    reader = _Reader(_tokens(pattern))
    found = reader.observations()
    if not found:
        raise NotReadError(_("it compares nothing"))
    return list(dict.fromkeys(found))


def _tokens(pattern: str) -> list[tuple[str, str]]:
    found = []
    at = 0
    text = pattern.strip()
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None or token.lastgroup in {None, "other"}:
            raise NotReadError(_("it has {text}").format(text=text[at : at + 30].strip()))
        found.append((str(token.lastgroup), token[str(token.lastgroup)].strip()))
        at = token.end()
    return found


class _Reader:
    """Reads tokens from left to right."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    def _open(self) -> None:
        """Nothing; a parenthesis is opened."""
        self._next()
        self._depth += 1
        if self._depth > _DEEPEST:
            raise NotReadError(_("its parentheses are nested too deep"))

    def _close(self) -> None:
        """Nothing; a parenthesis is closed."""
        self._expect(")")
        self._depth -= 1

    def _next(self) -> tuple[str, str]:
        token = self._peek()
        self._at += 1
        return token

    def _peek(self) -> tuple[str, str]:
        return self._tokens[self._at] if self._at < len(self._tokens) else ("end", "")

    def _expect(self, text: str) -> None:
        _kind, found = self._next()
        if found != text:
            raise NotReadError(_("it has {text}").format(text=found or _("no end")))

    def observations(self) -> list[Stated]:
        """Values of `[...] OR [...]`."""
        found = self._observation()
        while self._peek()[0] != "end":
            self._expect("OR")
            found += self._observation()
        return found

    def _observation(self) -> list[Stated]:
        if self._peek()[1] == "(":
            self._open()
            found = self._observation()
            while self._peek()[1] == "OR":
                self._next()
                found += self._observation()
            self._close()
            return found
        self._expect("[")
        found = self._alternatives()
        self._expect("]")
        return found

    def _alternatives(self) -> list[Stated]:
        found = self._all()
        while self._peek()[1] == "OR":
            self._next()
            found += self._all()
        return found

    def _all(self) -> list[Stated]:
        """Values of one comparison, or of some joined by AND that together mean one thing."""
        parts = [self._comparison()]
        while self._peek()[1] == "AND":
            self._next()
            parts.append(self._comparison())
        return parts[0] if len(parts) == 1 and parts[0][0].type != "version" else _joined(parts)

    def _comparison(self) -> list[Stated]:
        if self._peek()[1] == "(":
            self._open()
            found = self._alternatives()
            self._close()
            return found
        kind, path = self._next()
        if kind != "path":
            raise NotReadError(_("it has {text}").format(text=path or _("no end")))
        word, operator = _type_of(path), self._next()[1]
        if operator == "IN":
            return [Stated(word, text) for text in self._list()]
        if operator != "=" and not (operator == "ISSUBSET" and word == "ip"):
            raise NotReadError(_("it has {text}").format(text=operator))
        return [Stated(word, self._text())]

    def _list(self) -> list[str]:
        self._expect("(")
        found = [self._text()]
        while self._peek()[1] == ",":
            self._next()
            found.append(self._text())
        self._expect(")")
        return found

    def _text(self) -> str:
        kind, text = self._next()
        if kind != "text":
            raise NotReadError(_("it has {text}").format(text=text or _("no end")))
        return re.sub(r"\\(.)", r"\1", text[1:-1])


def _joined(parts: list[list[Stated]]) -> list[Stated]:
    """What comparisons of one thing mean together: any hash of a file, or a package in its versions."""
    found = [one for part in parts for one in part]
    kinds = {one.type for one in found}
    if kinds & set(_HASHES) and kinds <= {*_HASHES, "file_name"}:
        return [one for one in found if one.type in _HASHES]
    if kinds == {"package", "version"} and len(parts) == 2:
        versions = " || ".join(one.value for one in found if one.type == "version")
        return [one._replace(versions=versions) for one in found if one.type == "package"]
    raise NotReadError(_("it has AND"))


def _type_of(path: str) -> str:
    """Type of the values at an object path."""
    found = _PATHS.get(path)
    hashed = _HASH_PATH.fullmatch(path)
    if hashed:
        found = _HASHES.get(hashed[1].lower().replace("-", ""))
    if found is None:
        raise NotReadError(_("it compares {path}").format(path=path))
    return found
