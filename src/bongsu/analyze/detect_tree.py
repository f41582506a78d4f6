"""Conditions of detection rules: what is left of one where fields are known, what it cannot do without."""

from collections.abc import Callable, Mapping, Sequence

from bongsu.model.detection import Comparison, Tree

TRUE: Tree = ("and", ())
FALSE: Tree = ("or", ())
SLOW = frozenset({"like", "regex", "cidr", "same", "starts_same", "ends_same"})
"""Operators that are asked last."""
LITERAL = {"contains": 0, "startswith": 1, "endswith": 2, "equals": 3}
"""Operators that one pass over the values answers for all rules, and where the literal must stand."""


def simplify(tree: Tree, known: Callable[[int], bool | None]) -> Tree:
    """The condition with tests of known outcome taken out.

    Args:
        tree: Condition.
        known: Outcome of a test; None where it depends on the event.
    """
    if isinstance(tree, int):
        outcome = known(tree)
        return tree if outcome is None else TRUE if outcome else FALSE
    word, parts = tree
    kept = tuple(simplify(part, known) for part in parts)
    if word == "not":
        return {TRUE: FALSE, FALSE: TRUE}.get(kept[0], (word, kept))
    ends, neutral = (FALSE, TRUE) if word == "and" else (TRUE, FALSE)
    if ends in kept:
        return ends
    left = tuple(part for part in kept if part != neutral)
    return left[0] if len(left) == 1 else (word, left)


def in_order(tree: Tree, tests: Sequence[Comparison]) -> Tree:
    """The condition with its cheap parts first."""
    if isinstance(tree, int):
        return tree
    word, parts = tree
    ordered = sorted((in_order(part, tests) for part in parts), key=lambda part: cost_of(part, tests))
    return word, tuple(ordered)


def cost_of(tree: Tree, tests: Sequence[Comparison]) -> int:
    """Number of slow tests of a condition, times a thousand, and of all its tests."""
    if isinstance(tree, int):
        return 1001 if tests[tree].operator in SLOW else 1
    return sum(cost_of(part, tests) for part in tree[1])


def required(tree: Tree, tests: Sequence[Comparison]) -> frozenset[int] | None:
    """Tests of which at least one must hold for the condition to, as rare ones as can be; None: none must.

    A test that an absent field meets is none of them.
    """
    if isinstance(tree, int):
        return None if met_by_absence(tests[tree]) else frozenset({tree})
    word, parts = tree
    needs = [required(part, tests) for part in parts]
    if word == "and":
        return max((need for need in needs if need), key=lambda need: _rarity(need, tests), default=None)
    if word == "or" and all(need is not None for need in needs):
        return frozenset[int]().union(*(need for need in needs if need))
    return None


def met_by_absence(test: Comparison) -> bool:
    """Whether an event without the field, in a log that has it, meets the comparison."""
    return test.operator == "null" or (test.operator == "equals" and not test.value)


def _rarity(need: frozenset[int], tests: Sequence[Comparison]) -> tuple[bool, int, int]:
    """Greater for tests that fewer events meet: literals, long ones, few of them."""
    found = [tests[one] for one in need]
    literal = all(test.operator in LITERAL for test in found)
    return literal, min(len(test.value) for test in found), -len(found)


def known_outcome(test: Comparison, fields: Mapping[str, str]) -> bool | None:
    """Outcome of a test where its field has one value in the whole stream; None where it does not."""
    value = fields.get(test.field)
    if value is None or test.operator not in {*LITERAL, "exists", "null"}:
        return None
    text = value if test.cased else value.lower()
    return {
        "contains": test.value in text,
        "startswith": text.startswith(test.value),
        "endswith": text.endswith(test.value),
        "equals": text == test.value,
        "exists": bool(text),
        "null": not text,
    }[test.operator]
