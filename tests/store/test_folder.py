"""Which folders a ledger may be made in."""

import pytest

from bongsu.errors import LedgerError
from bongsu.store.folder import demand_room


def test_new_empty_and_own_folders_are_fine(tmp_path):
    demand_room(tmp_path / "new" / "one")
    demand_room(tmp_path)
    (tmp_path / ".hidden").touch()
    for name in ("lock", "parts", "rejects", "gaps", "blocks", "labels", "derived", "sealed-0123"):
        (tmp_path / name).mkdir()
    (tmp_path / "manifest.json.tmp").touch()
    demand_room(tmp_path)


def test_file_and_what_is_below_a_file_are_not(tmp_path):
    (tmp_path / "a").touch()
    for path in (tmp_path / "a", tmp_path / "a" / "b"):
        with pytest.raises(LedgerError, match="not a folder") as caught:
            demand_room(path)
        assert caught.value.hint


def test_folder_of_other_files_is_not_unless_it_is_a_ledger(tmp_path):
    (tmp_path / "letter.odt").touch()
    (tmp_path / "parts").mkdir()
    with pytest.raises(LedgerError, match=r"letter\.odt") as caught:
        demand_room(tmp_path)
    assert caught.value.hint
    (tmp_path / "manifest.json").touch()
    demand_room(tmp_path)


def test_folder_that_refuses_says_why(tmp_path):
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(LedgerError, match=r"Cannot use .*loop") as caught:
        demand_room(tmp_path / "loop")
    assert caught.value.hint
