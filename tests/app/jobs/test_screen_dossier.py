from datetime import UTC, datetime, timedelta

import pytest
from tests.data.screen_case import write_company

from bongsu.app.jobs.screen import run_screen
from bongsu.app.jobs.screen_decision import Decided, appeal, decide
from bongsu.app.jobs.screen_dossier import purge_screenings, write_screening
from bongsu.app.jobs.screen_intake import ScreenRequest
from bongsu.errors import InputError, ReleaseError
from bongsu.share.dossier import person_name

NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def document(tmp_path):
    return run_screen(ScreenRequest(files=write_company(tmp_path)), clock=lambda: NOW)


def test_dossiers_are_written_and_purged_by_their_age(tmp_path, document):
    folder = tmp_path / "cases"
    names = write_screening(document, folder)
    assert sorted(names) == sorted(path.name for path in folder.iterdir())
    assert len(names) == 2 * 5
    nothing = {"removed": [], "minimized": 0, "kept": []}
    assert purge_screenings(folder, 30, now=NOW + timedelta(days=30)) == nothing
    assert sorted(purge_screenings(folder, 30, now=NOW + timedelta(days=31))["removed"]) == sorted(names)
    assert list(folder.iterdir()) == []


def test_what_is_strict_does_not_leave(tmp_path, document):
    with pytest.raises(ReleaseError):
        write_screening(document, tmp_path / "cases", recipient="somebody")
    assert list((tmp_path / "cases").iterdir()) == []


def test_what_cannot_be_done_is_said(tmp_path, document):
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="not a folder"):
        write_screening(document, tmp_path / "file")
    with pytest.raises(InputError, match="not a folder"):
        purge_screenings(tmp_path / "nowhere", 1)
    with pytest.raises(InputError, match="out of range"):
        purge_screenings(tmp_path, -1)


def adverse(folder, subject, day):
    made = Decided(by="K. Lee", outcome="adverse", why="The laptop was elsewhere.")
    return decide(folder, subject, made, now=NOW + timedelta(days=day))


def test_purge_minimizes_old_decisions_and_says_what_is_kept(tmp_path, document):
    folder = tmp_path / "cases"
    write_screening(document, folder)
    adverse(folder, "e1", 1)
    adverse(folder, "e2", 1)
    appeal(folder, "e2", "B. Park", "It was stolen.", now=NOW + timedelta(days=2))
    done = purge_screenings(folder, 30, now=NOW + timedelta(days=60))
    assert done["minimized"] == 1
    assert [one["what"] for one in done["kept"]] == [person_name("e2"), "heads of 3 entries of the log"]
    assert {path.stem for path in folder.glob("*.html")} == {person_name("e2")}
    text = (folder / "decisions" / "log.ndjson").read_text()
    assert ('"e1"' in text, "It was stolen." in text) == (False, True)
    adverse(folder, "e2", 61)  # answers the appeal; the log is still whole
    done = purge_screenings(folder, 0, now=NOW + timedelta(days=62))
    assert (done["minimized"], len(done["removed"])) == (3, 2)
    assert "K. Lee" not in (folder / "decisions" / "log.ndjson").read_text()


def test_a_dossier_that_is_written_again_keeps_what_was_decided_until_it_is_minimized(tmp_path, document):
    folder = tmp_path / "cases"
    write_screening(document, folder)
    adverse(folder, "e1", 1)
    page = folder / f"{person_name('e1')}.html"
    write_screening(document | {"made": "2026-06-01T00:00:00+00:00"}, folder)
    assert "The laptop was elsewhere." in page.read_text()
    assert purge_screenings(folder, 30, now=NOW + timedelta(days=92))["minimized"] == 1
    assert "The laptop was elsewhere." not in page.read_text()
    assert "The laptop was elsewhere." not in page.with_suffix(".json").read_text()
