"""What the documents say is so: links lead somewhere, commands parse, examples give what is printed."""

import io
import json
import re
import shlex
from itertools import takewhile
from pathlib import Path

import pytest
import typer
from rich.console import Console
from typer.testing import CliRunner

from bongsu.app.cli.main import app
from bongsu.app.cli.trace_print import print_trace
from bongsu.app.jobs.lead import account_of, lead_of
from bongsu.app.jobs.price_file import load_prices
from bongsu.app.jobs.trace import TraceOptions, run_trace
from bongsu.facts.load import find_incident, load_assets

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
PAGES = [README, ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
SAMPLE = "atomic-wallet-2023"
OPERATORS = {"|", ">", ">>", "<", "&&", ";"}


def name_of(path):
    return str(path.relative_to(ROOT))


def blocks(path, language):
    return re.findall(rf"```{language}\n(.*?)```", path.read_text(), re.S)


def words_of(line):
    """Words of a command line: comments gone, and all from the first pipe or redirection on."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
    lexer.whitespace_split, lexer.commenters = True, "#"
    words = list(takewhile(lambda word: word not in OPERATORS, lexer))
    return list(words[next((i for i, word in enumerate(words) if "=" not in word), 0) :])


def commands(path):
    """Commands of the console blocks, each a list of words."""
    text = "\n".join(blocks(path, "console")).replace("\\\n", " ")
    return [words_of(line[2:]) for line in text.splitlines() if line.startswith("$ ")]


BONGSU = [(path, words[1:]) for path in PAGES for words in commands(path) if words[0] == "bongsu"]


def shown(case):
    return " ".join(case) if isinstance(case, list) else name_of(case)


def runs_anywhere(words):
    return (words[:2] == ["trace", SAMPLE] and "--ledger" not in words) or (
        words[0] == "facts" and words[1] != "import"
    )


def invoke(*words):
    done = CliRunner().invoke(app, list(words))
    assert done.exit_code == 0, (words, done.output[-500:], done.exception)
    return done.stdout


@pytest.fixture(scope="module")
def sample():
    return run_trace(lead_of([SAMPLE], [], []), TraceOptions())


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_relative_links_resolve(path):
    prose = re.sub(r"```.*?```|`[^`\n]*`", "", path.read_text(), flags=re.S)
    targets = [link.partition("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", prose)]
    missing = [t for t in targets if t and "://" not in t and not (path.parent / t).exists()]
    assert missing == []


def test_every_page_is_in_the_index():
    index = ROOT / "docs" / "README.md"
    linked = {(index.parent / link).resolve() for link in re.findall(r"\]\(([^)#\s]+)\)", index.read_text())}
    assert [name_of(p) for p in index.parent.rglob("*.md") if p != index and p not in linked] == []


def test_readme_has_two_blocks_to_run_and_no_other_page_has_any():
    assert [len(blocks(path, "sh")) for path in PAGES] == [2 if path == README else 0 for path in PAGES]
    trace, tests = blocks(README, "sh")
    assert trace.strip().endswith(f"bongsu trace {SAMPLE}")
    assert tests.strip().endswith("python -m pytest")
    assert "```text" in "\n".join(README.read_text().splitlines()[:20])


@pytest.mark.parametrize(("path", "words"), BONGSU, ids=shown)
def test_command_lines_parse(path, words):
    command, rest = typer.main.get_command(app), words
    while hasattr(command, "commands"):
        assert rest, f"{words} names no command"
        if rest[0] not in command.commands:
            rest = [*filter(None, [getattr(command, "default", "")]), *rest]
        assert rest[0] in command.commands, f"there is no command {rest[0]}"
        command, rest = command.commands[rest[0]], rest[1:]
    command.make_context(command.name, list(rest))


@pytest.mark.parametrize("words", [words for _, words in BONGSU if runs_anywhere(words)], ids=shown)
def test_command_lines_that_need_no_other_file_run(words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert invoke(*words)


def keys_of(schema):
    """Every property of a schema, however deep."""
    for name, inner in schema.get("properties", {}).items():
        yield from (name, *keys_of(inner))
    yield from keys_of(schema["items"]) if "items" in schema else ()


def test_the_page_of_the_hunt_document_names_every_key():
    schema = json.loads((ROOT / "src/bongsu/share/schema/hunt-1.json").read_text())
    keys = set(keys_of(schema))
    assert {"sightings", "locator", "not_asked", "rivals"} <= keys
    said = set(re.findall(r"`(\w+)`", (ROOT / "docs/reference/hunt-json.md").read_text()))
    assert sorted(keys - said) == []


def test_addresses_in_the_documents_have_their_checksum():
    found = {one for path in PAGES for one in re.findall(r"\b0x[0-9a-fA-F]{40}\b", path.read_text())}
    assert len(found) > 3
    for address in found:
        account_of(address)


def test_transactions_in_the_documents_are_in_the_facts():
    known = {one.tx_hash for one in find_incident("ronin-2022").transactions}
    said = re.findall(r"--tx (\w+)", (ROOT / "docs/how-to/trace.md").read_text())
    assert said
    assert set(said) <= known


def test_readme_shows_real_output(sample):
    console = Console(file=io.StringIO(), width=80)
    print_trace(sample, console)
    printed = {line.strip() for line in console.file.getvalue().splitlines()}
    lines = [line.strip() for block in blocks(README, "text") for line in block.splitlines()]
    assert len(lines) > 8
    assert [line for line in lines if line not in printed] == []


def test_figures_of_the_sample_are_as_said(sample):
    said = (ROOT / "docs/explanation/conservation.md").read_text()
    terms = sample["conservation"]["fifo"]
    for term in ("stolen", "held", "at_services", "in_bridges"):
        (amount,) = terms[term].values()
        assert f"{int(amount):,}" in said, term
    said = (ROOT / "docs/explanation/limits.md").read_text()
    assert f"{sample['coverage']['movements']} principal movements" in said
    assert f"({sample['coverage']['overdrafts']} times)" in said


def policy_table(path):
    """Cents by policy and payment, from a table whose rows or columns are the payments 4, 5 and 1."""
    lines = (ROOT / path).read_text().splitlines()
    rows = [[cell.strip().lower() for cell in line.strip("|").split("|")] for line in lines if "|" in line]
    start = next(i for i, row in enumerate(rows) if row[0] in {"paid", "policy"})
    table = [rows[start], *rows[start + 2 : start + (9 if rows[start][0] == "policy" else 5)]]
    if table[0][0] == "paid":
        table = [list(column) for column in zip(*table, strict=True)]
    return {row[0]: [round(100 * float(cell)) for cell in row[1:4]] for row in table[1:]}


@pytest.mark.parametrize("page", ["docs/explanation/policies.md", "docs/tutorial/first-trace.md"])
def test_three_plus_seven_gives_what_the_page_says(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    tutorial = commands(ROOT / "docs/tutorial/first-trace.md")
    (make,) = [words[1:] for words in tutorial if words[1:3] == ["ledger", "import"]]
    (trace,) = [words[1:] for words in tutorial if words[1:2] == ["trace"] and "--ledger" in words]
    invoke(*make)
    ends = {end["address"][2]: end for end in json.loads(invoke(*trace, "--html", "-"))["endpoints"]}
    said = policy_table(page)
    assert len(said) == 7
    assert said == {name: [int(ends[one]["amount"][name]) for one in "456"] for name in said}


def test_example_prices_load():
    prices = load_prices(ROOT / "docs/examples/prices.csv", load_assets())
    assert prices.worth("eip155:1/slip44:60", 10**18) == 2000
    assert prices.worth("eip155:1/erc20:0xdac17f958d2ee523a2206206994597c13d831ec7", 10**6) == 1
