"""A token is made once, for its owner only, and read as it was made."""

import stat

import pytest

from bongsu.app.jobs.match_token import make_token, read_token
from bongsu.errors import InputError
from bongsu.share.match_partner import token_digest


def test_a_token_is_its_owners_and_what_is_said_is_its_digest(tmp_path):
    path = tmp_path / "acme.token"
    said = make_token(path)
    assert said == {"token_sha256": token_digest(read_token(path))}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert read_token(path) not in str(said)


def test_a_token_is_not_overwritten(tmp_path):
    path = tmp_path / "acme.token"
    make_token(path)
    kept = path.read_text()
    with pytest.raises(InputError, match="Cannot write"):
        make_token(path)
    assert path.read_text() == kept
    with pytest.raises(InputError, match="Cannot write"):
        make_token(tmp_path / "none" / "acme.token")


@pytest.mark.parametrize("text", ["", "\n", "two words", "a\nb", "é"])
def test_what_is_no_token_is_said(tmp_path, text):
    path = tmp_path / "acme.token"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError):
        read_token(path)
    with pytest.raises(InputError, match="Cannot read"):
        read_token(tmp_path / "none")
