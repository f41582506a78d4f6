from bongsu.analyze.detect_tree import FALSE, TRUE, cost_of, in_order, known_outcome, required, simplify
from bongsu.model.detection import Comparison

TESTS = [
    Comparison("Image", "endswith", "\\powershell.exe"),
    Comparison("CommandLine", "contains", "-enc"),
    Comparison("User", "null", ""),
    Comparison("CommandLine", "regex", "a.*b"),
]


def test_what_is_known_is_taken_out():
    tree = ("and", (0, ("or", (1, 2)), ("not", (3,))))
    assert simplify(tree, {0: True, 3: False}.get) == ("or", (1, 2))
    assert simplify(tree, {0: False}.get) == FALSE
    assert simplify(tree, {0: True, 1: True, 3: False}.get) == TRUE
    assert simplify(tree, {}.get) == tree


def test_a_condition_cannot_do_without_the_rarest_of_its_parts():
    assert required(("and", (0, 1)), TESTS) == {0}
    assert required(("and", (3, 1)), TESTS) == {1}, "a literal is cheaper to look for than a pattern"
    assert required(("or", (0, 1)), TESTS) == {0, 1}


def test_what_an_absent_field_meets_is_not_needed():
    assert required(2, TESTS) is None
    assert required(("or", (0, 2)), TESTS) is None
    assert required(("not", (0,)), TESTS) is None
    assert required(("and", (2, 0)), TESTS) == {0}


def test_slow_tests_are_asked_last():
    assert in_order(("and", (3, ("or", (1, 0)), 2)), TESTS) == ("and", (2, ("or", (1, 0)), 3))
    assert cost_of(("not", (3,)), TESTS) > cost_of(("or", (0, 1, 2)), TESTS)


def test_the_outcome_is_known_where_the_whole_stream_has_one_value():
    known = {"EventID": "4688"}
    assert known_outcome(Comparison("EventID", "equals", "4688"), known) is True
    assert known_outcome(Comparison("EventID", "startswith", "1"), known) is False
    assert known_outcome(Comparison("EventID", "gt", "5"), known) is None
    assert known_outcome(Comparison("Image", "equals", "4688"), known) is None
