"""A token by which a partner knows this side over the network."""

from pathlib import Path
from typing import Any

from bongsu.errors import InputError
from bongsu.model.text import _
from bongsu.share.match_partner import new_token, token_digest


def make_token(into: Path) -> dict[str, Any]:
    """What the partner puts into its file of partners; the token is in `into`, for its owner only.

    Raises:
        InputError: When the file is there already or cannot be written.
    """
    token = new_token()
    try:
        into.touch(mode=0o600, exist_ok=False)
        into.write_text(token + "\n", encoding="ascii")
    except OSError as error:
        raise InputError(
            _("Cannot write {path}: {why}.").format(path=into, why=error.strerror or error),
            hint=_("Name a file that is not there yet."),
        ) from error
    return {"token_sha256": token_digest(token)}


def read_token(path: Path) -> str:
    """Token of a file.

    Raises:
        InputError: When the file cannot be read or holds none.
    """
    try:
        token = path.read_text(encoding="ascii").strip()
    except (OSError, ValueError) as error:
        raise InputError(_("Cannot read {path}: {why}.").format(path=path, why=error)) from error
    if not token or not token.isprintable() or " " in token:
        raise InputError(
            _("Cannot use {path}: it holds no token.").format(path=path),
            hint=_("A token is one line without spaces; `bongsu match token` makes one."),
        )
    return token
