"""Versions of packages, and ranges of them as sources state them: lists, comparisons, carets, tildes.

Forms of npm, PyPI, Cargo, Composer and Go that mean the same thing are read alike. A version before a release
(`1.2.0-rc.1`) is in a range that its place in the order puts it in: npm leaves it out, a hunt may not.
"""

import re
from functools import total_ordering

_VERSION = re.compile(r"[vV=\s]*(\d+(?:\.\d+)*)(.*)", re.DOTALL)
_PART = re.compile(r"\d+|[A-Za-z]+")
_TEST = re.compile(r"(<=|>=|==|!=|~=|=|<|>|\^|~)?\s*v?([0-9*xX][0-9A-Za-z.+*_-]*)")
_HYPHEN = re.compile(r"\s*v?(\S+)\s+-\s+v?(\S+)\s*")
_LONGEST = 2_000


@total_ordering
class Version:
    """A version in its order.

    Raises:
        ValueError: When the text does not begin with a number.
    """

    def __init__(self, text: str) -> None:
        found = _VERSION.fullmatch(text.strip())
        if found is None or len(text) > _LONGEST:
            raise ValueError(text)
        self.text = text.strip()
        self.release = tuple(int(part) for part in found[1].split("."))
        self.rest = found[2].partition("+")[0]

    @property
    def order(self) -> tuple[object, ...]:
        """What it is compared by: numbers without zeros at the end, then what follows them."""
        release = self.release
        while len(release) > 1 and release[-1] == 0:
            release = release[:-1]
        parts = _PART.findall(self.rest.lower())
        # Numbers come before words; a version before its release before it, a later build after it.
        kind = 0 if parts and not parts[0].startswith("post") else 2 if parts else 1
        return release, kind, tuple((0, int(p), "") if p.isdigit() else (1, 0, p) for p in parts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Version) and self.order == other.order

    def __lt__(self, other: "Version") -> bool:
        return self.order < other.order

    def __hash__(self) -> int:
        return hash(self.order)


class VersionRange:
    """Versions that a text means.

    Raises:
        ValueError: When the text has no known form.
    """

    def __init__(self, text: str) -> None:
        if len(text) > _LONGEST:
            raise ValueError(text)
        parts = [part for part in re.split(r"\|\||;|\bor\b|\n", text) if part.strip()]
        self.choices = [choice for part in parts for choice in _choices(part)]

    def holds(self, version: str) -> bool:
        """Whether the version is meant; any is where the text was empty, none where it is no version."""
        if not self.choices:
            return True
        try:
            asked = Version(version)
        except ValueError:
            return False
        return any(all(_holds(test, asked) for test in choice) for choice in self.choices)


_Test = tuple[str, Version]


def _choices(part: str) -> list[list[_Test]]:
    """Choices, each of tests that must all hold."""
    hyphen = _HYPHEN.fullmatch(part)
    if hyphen:
        return [[(">=", Version(hyphen[1])), *_upper(hyphen[2])]]
    tests = _TEST.findall(part)
    rest = _TEST.sub("", part)
    if rest.strip(" ,\t"):
        raise ValueError(part)
    if all(not operator for operator, _text in tests):
        return [_tests("", text) for _operator, text in tests]
    return [[one for operator, text in tests for one in _tests(operator, text)]]


def _upper(text: str) -> list[_Test]:
    """The end of a hyphen range: a partial version takes in all that it begins."""
    version = Version(text)
    return [("<=", version)] if len(version.release) > 2 else [("<", _next(version.release))]


def _tests(operator: str, text: str) -> list[_Test]:
    fixed = re.split(r"\.?[*xX]", text)[0]
    if fixed != text and re.fullmatch(r"[0-9.]*(\.?[*xX])+", text):
        if not fixed:
            return [(">=", Version("0"))]
        return [(">=", Version(fixed)), ("<", _next(Version(fixed).release))]
    version = Version(text)
    if operator == "^":
        return [(">=", version), ("<", _next(_caret(version.release)))]
    if operator in {"~", "~="}:
        kept = version.release[:2] if operator == "~" else version.release[:-1] or version.release
        return [(">=", version), ("<", _next(kept))]
    return [(operator or "=", version)]


def _caret(release: tuple[int, ...]) -> tuple[int, ...]:
    """The part that a caret keeps: up to the first number that is not zero."""
    place = next((i for i, number in enumerate(release) if number), len(release) - 1)
    return release[: place + 1]


def _next(release: tuple[int, ...]) -> Version:
    """The first version, before any release of it, that does not begin so."""
    return Version(".".join(map(str, (*release[:-1], release[-1] + 1))) + "-0")


def _holds(test: _Test, version: Version) -> bool:
    operator, bound = test
    if operator in {"=", "=="}:
        return version == bound
    if operator == "!=":
        return version != bound
    if operator.startswith("<"):
        return version < bound or (operator == "<=" and version == bound)
    return version > bound or (operator == ">=" and version == bound)
