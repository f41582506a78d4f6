import pytest

from bongsu.model.detection import Comparison, Detection
from bongsu.store.rule_cache import cache_folder, read_cached, rules_key, write_cached

RULE = Detection(
    id="r", title="t", level="high", status="test", techniques=("T1059",), tactics=("execution",),
    product="windows", category="process_creation", service="",
    tests=(Comparison("Image", "endswith", "\\a.exe"), Comparison("x", "regex", "a", True, "i")),
    tree=("and", (0, ("not", (1,)))), innocent=("Admins",), file="r.yml", sha256="0" * 64,
)  # fmt: skip
FAULTS = [(1, "unsupported_rule", "why")]


def test_what_is_kept_is_read_back_as_it_was(tmp_path):
    assert read_cached("key", tmp_path) is None
    write_cached("key", [RULE], FAULTS, tmp_path)
    assert read_cached("key", tmp_path) == ([RULE], FAULTS)


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"rules": [{}], "faults": []}', b"\xff"])
def test_a_damaged_cache_is_no_cache(tmp_path, damage):
    write_cached("key", [RULE], FAULTS, tmp_path)
    (tmp_path / "rules" / "key.json").write_bytes(damage)
    assert read_cached("key", tmp_path) is None


def test_a_name_changes_with_any_file():
    files = [("a.yml", b"1"), ("b.yml", b"2")]
    assert rules_key(files) == rules_key(list(files))
    others = [
        files[:1],
        [*files, ("c.yml", b"")],
        [("a.yml", b"1"), ("b.yml", b"3")],
        [("z.yml", b"1"), files[1]],
    ]
    assert len({rules_key(files), *map(rules_key, others)}) == 5


def test_the_cache_is_where_the_user_says(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "bongsu"


def test_a_cache_that_cannot_be_written_does_no_harm(tmp_path):
    (tmp_path / "rules").write_text("in the way")
    write_cached("key", [RULE], FAULTS, tmp_path)
    assert read_cached("key", tmp_path) is None
