"""The house keeps its shape: mirror, sizes, depth, docstrings."""

import ast
import statistics
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "bongsu"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.name != "__init__.py")
BANNED = {"utils", "helpers", "common", "misc", "manager", "handler"}
SHAPES_ONLY = {
    "errors", "model/asn", "model/asset", "model/cluster", "model/conversion", "model/converter",
    "model/detection", "model/duty", "model/event", "model/evidence", "model/file_match", "model/finding",
    "model/gap",
    "model/incident", "model/indicator", "model/issuer", "model/label", "model/log", "model/marking",
    "model/movement", "model/person", "model/pool", "model/ports", "model/red_flag", "model/reject",
    "model/sanction", "model/schema", "model/service", "model/sighting", "model/text", "model/transfer",
    "analyze/lead", "analyze/stop", "kernel/index",
}  # fmt: skip
"""Modules of declarations, proven together by test_model.py or by who uses them."""
BLOCKS = (ast.For, ast.While, ast.If, ast.With, ast.Try)


def functions():
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef):
                yield path, node


def body_lines(node):
    has_doc = ast.get_docstring(node) is not None
    body = node.body[1:] if has_doc else node.body
    return body[-1].end_lineno - body[0].lineno + 1 if body else 0


def depth(node, level=0):
    deepest = level
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.Lambda):
            continue
        chained = isinstance(node, ast.If) and isinstance(child, ast.If) and node.orelse == [child]
        deeper = level + (isinstance(child, BLOCKS) and not chained)
        deepest = max(deepest, depth(child, deeper))
    return deepest


def test_every_module_has_its_test_and_every_test_its_module():
    modules = {path.relative_to(PACKAGE).with_suffix("") for path in MODULES}
    modules = {m for m in modules if str(m) not in SHAPES_ONLY}
    tests = {
        path.relative_to(ROOT / "tests").with_name(path.stem.removeprefix("test_"))
        for path in (ROOT / "tests").rglob("test_*.py")
        if path.parent != ROOT / "tests"
    }
    assert sorted(map(str, modules - tests)) == []
    assert sorted(map(str, tests - modules)) == []


def test_files_are_small():
    sizes = {path: len(path.read_text().splitlines()) for path in MODULES}
    assert statistics.median(sizes.values()) <= 120
    assert {str(path): size for path, size in sizes.items() if size > 500} == {}


def test_functions_are_small_and_flat():
    found = list(functions())
    assert statistics.median(body_lines(node) for _, node in found) <= 10
    assert [(p.name, n.name) for p, n in found if body_lines(n) > 60] == []
    assert [(p.name, n.name) for p, n in found if depth(n) > 3] == []


def test_functions_have_few_parameters():
    wide = []
    for path, node in functions():
        args = node.args
        positional = [a.arg for a in args.posonlyargs + args.args if a.arg not in {"self", "cls"}]
        is_command = any(
            "command" in ast.unparse(d) or "callback" in ast.unparse(d) for d in node.decorator_list
        )
        if not is_command and (len(positional) + len(args.kwonlyargs) > 6 or len(positional) > 4):
            wide.append((path.name, node.name))
    assert wide == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_public_name_is_documented(path):
    assert path.stem not in BANNED
    assert not path.stem.startswith("base_")
    tree = ast.parse(path.read_text())
    assert ast.get_docstring(tree)
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{node.name} has no docstring"


def test_broad_handlers_stand_in_app_only():
    for path in MODULES:
        if "app" not in path.relative_to(PACKAGE).parts:
            assert "except Exception" not in path.read_text(), path


def test_readme_has_two_commands():
    text = (ROOT / "README.md").read_text()
    assert text.count("```sh") == 2
    assert "```sh" in "\n".join(text.splitlines()[:20])
