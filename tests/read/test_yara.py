import pytest

from bongsu.errors import InputError, MissingExtraError
from bongsu.read import yara
from bongsu.read.yara import YaraScanner

RULE = """rule made_note : made T1059_001
{
    meta:
        author = "A. Tester"
        description = "a made note"
    strings:
        $word = "made-up word"
        $bytes = { 00 6d 61 }
    condition:
        any of them
}
"""


def scanner(folder, text=RULE, name="made.yar"):
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text)
    return YaraScanner((folder,))


def test_a_rule_that_fits_says_where_and_what_stands_there(tmp_path):
    note = tmp_path / "note.txt"
    note.write_bytes(b"some text\n\x00made-up word\n")
    scanned = scanner(tmp_path / "rules").scan(note, "note.txt")
    assert scanned.why == ""
    (match,) = scanned.matches
    assert match.meta == (("author", "A. Tester"), ("description", "a made note"))
    assert (match.rule, match.namespace, match.tags) == ("made_note", "made.yar", ("made", "T1059_001"))
    assert (match.pattern, match.offset, match.shown) == ("$bytes", 10, "\\x00ma")


def test_a_file_that_is_near_and_does_not_fit(tmp_path):
    near = tmp_path / "near.txt"
    near.write_text("made-up  word, made up word, MADE-UP WORD")
    assert scanner(tmp_path / "rules").scan(near, "near.txt") == ((), "")


def test_a_rule_without_a_pattern_stands_at_the_beginning(tmp_path):
    (tmp_path / "a").write_text("x" * 9)
    rules = scanner(
        tmp_path / "rules", "private rule p { condition: true } rule r { condition: filesize == 9 and p }"
    )
    (match,) = rules.scan(tmp_path / "a", "a").matches
    assert (match.rule, match.pattern, match.offset, match.shown) == ("r", "", 0, "")


def test_rules_may_ask_for_the_name_of_the_file(tmp_path):
    (tmp_path / "a").write_text("x")
    text = 'rule r { condition: filename == "x.ps1" and extension == ".ps1" and filepath contains "in.zip/" }'
    rules = scanner(tmp_path / "rules", text)
    assert len(rules.scan(tmp_path / "a", "in.zip!tools/x.ps1").matches) == 1
    assert rules.scan(tmp_path / "a", "x.ps2").matches == (), "the name of the file before is forgotten"


def test_rules_of_two_folders_with_one_name_are_both_asked(tmp_path):
    scanner(tmp_path / "one")
    scanner(tmp_path / "two")
    (tmp_path / "note").write_text("made-up word")
    both = YaraScanner((tmp_path / "one", tmp_path / "two"))
    assert both.count == 2
    assert [one.namespace for one in both.scan(tmp_path / "note", "n").matches] == ["made.yar", "made.yar+"]


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("rule a { condition: true }\nrule b {\n condition: $x }\n", 3, "unknown pattern"),
        ("rule a {\n", 2, "syntax error"),
        ('\ninclude "other.yar"\n', 2, "include"),
        ("rule a { condition: nobody_knows }", 1, "unknown identifier"),
    ],
)
def test_a_rule_that_does_not_compile_is_said_with_file_and_line(tmp_path, text, line, why):
    with pytest.raises(InputError, match=rf"bad\.yar: line {line}: {why}") as raised:
        scanner(tmp_path / "rules", text, "bad.yar")
    assert "not read" in raised.value.hint


def test_a_folder_without_rules_is_no_empty_set_of_rules(tmp_path):
    with pytest.raises(InputError, match="there is no YARA rule"):
        YaraScanner((tmp_path,))
    with pytest.raises(InputError, match="no such file"):
        YaraScanner((tmp_path / "none",))
    (tmp_path / "odd.yar").write_bytes(b"rule a { condition: true } // \xff")
    with pytest.raises(InputError, match=r"odd\.yar"):
        YaraScanner((tmp_path,))


def test_a_large_file_and_a_slow_rule_are_let_go_and_told(tmp_path, monkeypatch):
    slow = "for all i in (1..filesize - 1) : (for all j in (1..filesize - 1) : (uint8(i) == uint8(j)))"
    monkeypatch.setattr(yara, "MOST_SECONDS", 1)
    rules = scanner(tmp_path / "rules", f"rule slow {{ condition: {slow} }}")
    (tmp_path / "a").write_bytes(b"a" * 1_000_000)
    assert rules.scan(tmp_path / "a", "a") == ((), "it took longer than 1 seconds")
    monkeypatch.setattr(yara, "MOST_BYTES", 999_999)
    assert rules.scan(tmp_path / "a", "a") == ((), "it has more than 999999 bytes")
    assert "No such file" in rules.scan(tmp_path / "gone", "gone").why


def test_without_the_package_the_extra_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "yara_x", None)
    with pytest.raises(MissingExtraError) as raised:
        scanner(tmp_path / "rules")
    assert "bongsu[yara]" in raised.value.hint
