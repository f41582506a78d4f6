"""Bad ledgers and bad questions get a clear error, as a person runs the commands."""

import json
import shutil

import pytest
from tests.data.command import FLOWS, fingerprint, refused, run, said

A, B = "0x" + "1" * 40, "0x" + "2" * 40
MISCOPIED = "0xdAC17F958D2ee523a2206206994597C13D831eC7"
USD = "eip155:1/iso4217:USD"


def flows(path, *values):
    path.write_text("a,b,usd\n" + "".join(f"{A},{B},{value}\n" for value in values))
    return path


def add(path, ledger, *options):
    return said("ledger", "import", path, "--into", ledger, *FLOWS, *options)


def content(ledger):
    return {path: path.read_bytes() for path in sorted(ledger.rglob("*")) if path.is_file()}


def test_same_content_counts_once_whatever_its_name(tmp_path):
    one = flows(tmp_path / "one.csv", 1, 2)
    other = shutil.copy(one, tmp_path / "other.csv")
    first, second, third, sealed = said("ledger", "import", one, other, one, "--into", tmp_path / "l", *FLOWS)
    assert (first["known"], second["known"], third["known"], sealed["movements"]) == (False, True, True, 2)
    assert second["notes"] == ["the ledger has this content, as one.csv: nothing to do"]
    before = content(tmp_path / "l")
    add(other, tmp_path / "l")
    assert content(tmp_path / "l") == before


def test_a_file_that_changed_is_refused_or_replaced_and_never_mixed(tmp_path):
    path, ledger = flows(tmp_path / "x.csv", 1), tmp_path / "l"
    add(path, ledger)
    before = content(ledger)
    flows(path, 2, 3)
    refused(
        "ledger", "import", path, "--into", ledger, *FLOWS, why="other content under this", hint="--replace"
    )
    assert content(ledger) == before
    found, sealed = add(path, ledger, "--replace")
    assert (found["sums"], sealed["movements"]) == ({USD: "500"}, 2)
    add(path, tmp_path / "alone")
    assert fingerprint(ledger) == fingerprint(tmp_path / "alone")


def test_units_of_two_sizes_are_refused_at_once(tmp_path):
    ledger = tmp_path / "l"
    add(flows(tmp_path / "x.csv", "1.25"), ledger)
    before = content(ledger)
    again = ["ledger", "import", flows(tmp_path / "y.csv", "3"), "--into", ledger, *FLOWS[:-1]]
    refused(*again, "USD:4", why=f"USD:4 has 4 decimals, and {USD} is counted with 2", hint="2 decimals")
    assert content(ledger) == before
    assert said(*again, "USD:2")[0]["sums"] == {USD: "300"}


def test_a_ledger_of_two_sizes_from_older_days_is_summed_by_nothing(tmp_path):
    ledger = tmp_path / "l"
    add(flows(tmp_path / "x.csv", "1.25"), ledger)
    add(flows(tmp_path / "y.csv", "2.25"), ledger)
    manifest = json.loads((ledger / "manifest.json").read_text())
    manifest["sources"][0]["options"]["unit"] = "USD:4"
    (ledger / "manifest.json").write_text(json.dumps(manifest))
    for question in (["trace", "--from", A, "--html", "-"], ["check", B]):
        refused(*question, "--ledger", ledger, why="in units of different size", hint="new ledger")


def test_a_ledger_is_made_neither_in_a_file_nor_among_other_files(tmp_path):
    path = flows(tmp_path / "x.csv", 1)
    again = ["ledger", "import", path, *FLOWS, "--into"]
    refused(*again, path, why="not a folder", hint="Name a new folder")
    refused(*again, path / "below", why="not a folder", hint="Name a new folder")
    refused(*again, tmp_path, why="holds other files, such as x.csv", hint="Name a new folder")
    assert [one.name for one in tmp_path.iterdir()] == ["x.csv"]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole")
    add(flows(folder / "x.csv", *range(1, 40)), folder / "ledger")
    return folder / "ledger"


def with_manifest(change):
    def damage(folder):
        text = (folder / "manifest.json").read_text()
        assert change(text) != text
        (folder / "manifest.json").write_text(change(text))

    return damage


def with_table(name, share):
    def damage(folder):
        (path,) = folder.glob(f"sealed-*/{name}")
        data = path.read_bytes()
        path.write_bytes(data[: int(len(data) * share)])

    return damage


DAMAGE = {
    "not there": (shutil.rmtree, "no manifest.json", "import"),
    "a file": (lambda folder: (shutil.rmtree(folder), folder.touch()), "Not a directory", "folder"),
    "no ledger": (lambda folder: (folder / "manifest.json").unlink(), "no manifest.json", "import"),
    "manifest cut off": (with_manifest(lambda text: text[: len(text) // 2]), "is damaged", "copy"),
    "manifest of another kind": (with_manifest(lambda _text: '{"name": "web app"}'), "is damaged", "copy"),
    "newer layout": (
        with_manifest(lambda text: text.replace('"layout": 2', '"layout": 3')), "layout is 3, not 2", "newer",
    ),
    "amounts cut off": (with_table("amount.u64", 0.5), "amount.u64", "verify"),
    "assets gone to nothing": (with_table("span.arrow", 0), "span.arrow", "verify"),
    "accounts gone to nothing": (with_table("account.u8", 0), "out_first.u32", "verify"),
    "ends cut off": (with_table("source.u32", 0.5), "source.u32", "verify"),
}  # fmt: skip


@pytest.mark.parametrize("name", DAMAGE)
def test_a_ledger_that_is_damaged_answers_nothing(tmp_path, ledger, name):
    damage, why, hint = DAMAGE[name]
    copy = shutil.copytree(ledger, tmp_path / "ledger")
    damage(copy)
    for question in (
        ["trace", "--from", A, "--html", "-", "--ledger"],
        ["check", B, "--ledger"],
        ["ledger", "show"],
    ):
        refused(*question, copy, why=why, hint=hint)


def test_damage_that_no_length_shows_is_found_by_verify(tmp_path, ledger):
    copy = shutil.copytree(ledger, tmp_path / "ledger")
    (path,) = copy.glob("sealed-*/source.u32")
    path.write_bytes(bytes(path.stat().st_size)[:-1] + b"\1")
    refused("ledger", "verify", copy, why="source.u32: its content is not what was written", hint="copy")


@pytest.mark.parametrize("address", [MISCOPIED, "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb"])
def test_a_miscopied_address_is_refused_wherever_it_is_given(ledger, address):
    questions = [
        ["trace", "--ledger", ledger, "--html", "-", "--from", address],
        ["trace", "--ledger", ledger, "--html", "-", "--from", A, "--stop-at", address],
        ["check", address, "--ledger", ledger],
    ]
    for question in questions:
        refused(*question, why="checksum is wrong", hint="Copy the whole address")


@pytest.mark.parametrize(
    ("question", "why", "hint"),
    [
        (["trace", "ronin-2023"], "no fact file has this name", "ronin-2022"),
        (["trace", "../../secrets"], "no fact file has this name", "Known: "),
        (["trace"], "name an incident", "bongsu trace"),
        (["trace", "--from", A], "no ledger is given", "--ledger"),
        (["facts", "show", "ronin-2023"], "no fact has this name", "ronin-2022"),
        (["facts", "show", MISCOPIED], "checksum is wrong", "Copy the whole address"),
        (["facts", "show", "0x12"], "no fact has this name", ""),
    ],
)
def test_a_question_that_names_nothing_is_refused(question, why, hint):
    refused(*question, why=why, hint=hint)


LABELS = {
    "TagPack that is no YAML": ("title: x\ncreator: y\ntags: [\n", "Cannot read TagPack", "TagPack"),
    "TagPack without tags": ("title: x\ncreator: y\ntags: 5\n", "no list of tags", "TagPack"),
    "YAML that would run": ("!!python/object/apply:os.system [exit]\n", "Cannot tell the format", "tagpack"),
    "OFAC list cut off": ("<sdnList><sdnEntry><uid>1", "Cannot tell the format", "ofac"),
    "OFAC table without addresses": ('36,"AEROCARIBBEAN","entity"\n', "Cannot tell the format", "ofac"),
    "nothing": ("", "Cannot tell the format", "csv"),
    "half of JSON": ('{"0x12": ', "Cannot tell the format", "etherscan-labels"),
}  # fmt: skip


@pytest.mark.parametrize("name", LABELS)
def test_labels_that_cannot_be_read_are_one_clear_error(tmp_path, name):
    text, why, hint = LABELS[name]
    (tmp_path / "labels").write_text(text)
    refused("facts", "import", tmp_path / "labels", "--into", tmp_path / "ledger", why=why, hint=hint)
    assert not (tmp_path / "ledger").exists()


def test_rows_that_are_no_labels_are_counted(tmp_path):
    ofac, pack, table = (tmp_path / name for name in ("sanctioned_addresses_ETH.txt", "p.yaml", "t.csv"))
    ofac.write_text(f"{A}\n{MISCOPIED}\n{A[:-1]}\n")
    tag = "  label: x\n  source: s\n  currency: ETH\n  lastmod: 2020-01-01\n"
    pack.write_text(
        f'title: t\ncreator: c\ntags:\n- address: "{B}"\n{tag}- address: "{MISCOPIED}"\n{tag}- 5\n'
    )
    table.write_text("address,label\n")
    found = said("facts", "import", ofac, pack, table, "--into", tmp_path / "ledger")
    assert [(one["format"], one["labels"], one["rejects"]) for one in found] == [
        ("ofac", 1, {"bad_checksum": 1, "bad_address": 1}),
        ("tagpack", 1, {"bad_checksum": 1, "no_address": 1}),
        ("csv", 0, {}),
    ]


def test_no_command_shows_how_it_is_made(tmp_path):
    assert "Traceback" not in run("trace", "--hops", "none").stderr
    assert "Traceback" not in run("ledger", "import", tmp_path / "x").stderr
