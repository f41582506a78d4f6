"""Sigma rules (sigmahq.io, specification 2.0) to detections, through pySigma, which applies the modifiers.

What this engine cannot run is a reject that names the rule and the reason: correlations, placeholders
without values, regular expressions that need to look back or ahead (they run in linear time here).
"""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from bongsu.errors import InputError
from bongsu.model.detection import LEVELS, Comparison, Detection, Tree
from bongsu.model.extra import load_extra
from bongsu.model.text import _
from bongsu.read.raw import Fault

_TECHNIQUE = re.compile(r"attack\.(t\d{4}(?:\.\d{3})?)", re.IGNORECASE)
_TACTIC = re.compile(r"attack\.([a-z]{2,}(?:[_-][a-z]+)*)", re.IGNORECASE)
_SHAPES = {
    "*t*": "contains",
    "*t": "endswith",
    "t*": "startswith",
    "t": "equals",
    "*": "exists",
    "": "equals",
}
_KEYWORD = {"equals": "contains"}
"""A keyword stands anywhere in an event."""


class UnsupportedRuleError(Exception):
    """A rule asks for what this engine does not do; never leaves this module."""


def find_rule_files(paths: tuple[Path, ...]) -> list[Path]:
    """Files of rules under paths, in the order of their names.

    Raises:
        InputError: When a path does not exist.
    """
    found: list[Path] = []
    for path in paths:
        if not path.exists():
            raise InputError(
                _("Cannot read rules {path}: there is no such file or folder.").format(path=path),
                hint=_("Name a Sigma rule, or a folder of them."),
            )
        inside = path.rglob("*") if path.is_dir() else [path]
        found += sorted(one for one in inside if one.suffix in {".yml", ".yaml"} and one.is_file())
    return found


def read_rules(data: bytes, name: str) -> tuple[list[Detection], list[Fault]]:
    """Detections of one file, and why others of its documents are none.

    Args:
        data: The file.
        name: Its name, which a detection carries.

    Raises:
        MissingExtraError: When the extra `hunt` is not installed.

    Cost: some 2 milliseconds a rule.
    """
    load_extra("sigma", "hunt")
    from sigma.collection import SigmaCollection
    from sigma.exceptions import SigmaError
    from yaml import YAMLError

    try:
        rules = SigmaCollection.from_yaml(data.decode("utf-8-sig")).rules
    except (SigmaError, YAMLError, UnicodeDecodeError, AttributeError, TypeError, ValueError) as error:
        why = _("{name}: it is no Sigma rule: {why}").format(name=name, why=_plain(error))
        return [], [(1, "bad_rule", why)]
    found: list[Detection] = []
    faults: list[Fault] = []
    for place, rule in enumerate(rules, start=1):
        try:
            found.append(_detection(rule, name, hashlib.sha256(data).hexdigest()))
        except (SigmaError, UnsupportedRuleError) as error:
            said = _("{name}, rule {id} '{title}': {why}")
            why = said.format(name=name, id=rule.id, title=rule.title, why=_plain(error))
            faults.append((place, "unsupported_rule", why))
    return found, faults


def _plain(error: Exception) -> str:
    return " ".join(str(error).split())[:300] or type(error).__name__


def _detection(rule: Any, name: str, sha256: str) -> Detection:  # noqa: ANN401
    from sigma.rule import SigmaRule

    if not isinstance(rule, SigmaRule):
        raise UnsupportedRuleError(_("it correlates other rules, which is not done"))
    if rule.errors:
        raise UnsupportedRuleError("; ".join(map(_plain, rule.errors)))
    tests: dict[Comparison, int] = {}
    parts = tuple(_tree(condition.parsed, tests) for condition in rule.detection.parsed_condition)
    tags = [f"{tag.namespace}.{tag.name}" for tag in rule.tags]
    level = rule.level.name.lower() if rule.level else "medium"
    return Detection(
        id=str(rule.id or f"{name}:{rule.title}"),
        title=str(rule.title),
        level=level if level in LEVELS else "medium",
        status=rule.status.name.lower() if rule.status else "",
        techniques=tuple(sorted({m[1].upper() for t in tags if (m := _TECHNIQUE.fullmatch(t))})),
        tactics=tuple(sorted({m[1].lower().replace("-", "_") for t in tags if (m := _TACTIC.fullmatch(t))})),
        product=(rule.logsource.product or "").lower(),
        category=(rule.logsource.category or "").lower(),
        service=(rule.logsource.service or "").lower(),
        tests=tuple(tests),
        tree=parts[0] if len(parts) == 1 else ("or", parts),
        innocent=tuple(str(one) for one in rule.falsepositives or ()),
        file=name,
        sha256=sha256,
    )


def _tree(node: Any, tests: dict[Comparison, int]) -> Tree:  # noqa: ANN401
    from sigma.conditions import ConditionAND, ConditionNOT, ConditionOR

    for kind, word in ((ConditionAND, "and"), (ConditionOR, "or"), (ConditionNOT, "not")):
        if isinstance(node, kind):
            return word, tuple(_tree(part, tests) for part in node.args)
    return _leaf(getattr(node, "field", None) or "", node.value, tests)


def _leaf(field: str, value: Any, tests: dict[Comparison, int]) -> Tree:  # noqa: ANN401
    from sigma.types import SigmaExpansion

    if isinstance(value, SigmaExpansion):
        return "or", tuple(_leaf(field, one, tests) for one in value.values)
    found = [_numbered(test, tests) for test in _tests(field, value)]
    return found[0] if len(found) == 1 else ("and", tuple(found))


def _numbered(test: Comparison, tests: dict[Comparison, int]) -> int:
    return tests.setdefault(test, len(tests))


def _tests(field: str, value: Any) -> Iterator[Comparison]:  # noqa: ANN401
    """Tests that must all hold for the value."""
    kind = type(value).__name__
    if kind in {"SigmaString", "SigmaCasedString"}:
        yield from _text_tests(field, value, cased=kind == "SigmaCasedString")
    elif kind == "SigmaRegularExpression":
        yield _pattern_test(field, value)
    elif kind == "SigmaNumber":
        yield Comparison(field, "equals" if field else "contains", str(value.number))
    elif kind == "SigmaBool":
        yield Comparison(field, "equals", str(value.boolean).lower())
    elif kind == "SigmaNull":
        yield Comparison(field, "null", "")
    elif kind == "SigmaCIDRExpression":
        yield Comparison(field, "cidr", str(value.network))
    elif kind == "SigmaCompareExpression":
        yield Comparison(field, value.op.name.lower(), str(value.number.number))
    elif kind == "SigmaFieldReference":
        side = "starts_same" if value.starts_with else "ends_same" if value.ends_with else "same"
        yield Comparison(field, side, value.field)
    elif kind == "SigmaExists":
        yield Comparison(field, "exists" if value.exists else "null", "")
    else:
        raise UnsupportedRuleError(_("it compares with {kind}, which is not done").format(kind=kind))


def _text_tests(field: str, value: Any, *, cased: bool) -> Iterator[Comparison]:  # noqa: ANN401
    from sigma.types import SpecialChars

    marks = {SpecialChars.WILDCARD_MULTI: "*", SpecialChars.WILDCARD_SINGLE: "?"}
    plain = [part for part in value.s if isinstance(part, str)]
    if not all(isinstance(part, str | SpecialChars) for part in value.s):
        raise UnsupportedRuleError(_("it has a placeholder, for which no values are given"))
    shape = "".join("t" if isinstance(part, str) else marks[part] for part in value.s)
    text = (lambda one: one) if cased else str.lower
    if shape in _SHAPES:
        operator = _SHAPES[shape]
        yield Comparison(
            field, operator if field else _KEYWORD.get(operator, operator), text("".join(plain)), cased
        )
        return
    if plain:  # what must stand there anyway, so that the slow test is seldom needed
        yield Comparison(field, "contains", text(max(plain, key=len)), cased)
    glob = "".join(
        text(re.sub(r"([*?\\])", r"\\\1", part)) if isinstance(part, str) else marks[part] for part in value.s
    )
    yield Comparison(field, "like", glob if field else f"*{glob}*", cased)


def _pattern_test(field: str, value: Any) -> Comparison:  # noqa: ANN401
    pattern = value.regexp.original
    flags = "".join(sorted(flag.name[0].lower() for flag in value.flags))
    try:
        pc.match_substring_regex(pa.array([""]), f"(?{flags}){pattern}" if flags else pattern)
    except pa.ArrowInvalid as error:
        why = _("its regular expression does not run in linear time: {why}")
        raise UnsupportedRuleError(why.format(why=_plain(error))) from error
    return Comparison(field, "regex", pattern, cased=True, flags=flags)
