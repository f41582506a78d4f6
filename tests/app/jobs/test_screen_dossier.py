from datetime import UTC, datetime, timedelta

import pytest
from tests.data.screen_case import write_company

from bongsu.app.jobs.screen import run_screen
from bongsu.app.jobs.screen_dossier import purge_screenings, write_screening
from bongsu.app.jobs.screen_intake import ScreenRequest
from bongsu.errors import InputError, ReleaseError

NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def document(tmp_path):
    return run_screen(ScreenRequest(files=write_company(tmp_path)), clock=lambda: NOW)


def test_dossiers_are_written_and_purged_by_their_age(tmp_path, document):
    folder = tmp_path / "cases"
    names = write_screening(document, folder)
    assert sorted(names) == sorted(path.name for path in folder.iterdir())
    assert len(names) == 2 * 5
    assert purge_screenings(folder, 30, now=NOW + timedelta(days=30)) == []
    assert sorted(purge_screenings(folder, 30, now=NOW + timedelta(days=31))) == sorted(names)
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
