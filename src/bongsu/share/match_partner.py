"""Who may ask over the network: partners by the SHA-256 of their token, of their certificate, or of both.

The file holds no secret: a token is 256 random bits, so its plain SHA-256 cannot be guessed at.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bongsu.errors import InputError
from bongsu.model.text import _

_DIGEST = re.compile(r"[0-9a-f]{64}")
_FIELDS = ("token_sha256", "certificate_sha256")


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchPartner:
    """One that may ask; what is stated of it must all be shown."""

    name: str
    """As the log and releasability lists have it."""
    token_sha256: str = ""
    """Lower-case hex; empty: no token is asked for."""
    certificate_sha256: str = ""
    """Of the certificate in DER, lower-case hex; empty: none is asked for."""


def new_token() -> str:
    """A token of 256 random bits, in URL-safe text."""
    return secrets.token_urlsafe(32)


def token_digest(token: str) -> str:
    """SHA-256 of a token, as the file of partners has it."""
    return hashlib.sha256(token.encode()).hexdigest()


def read_partners(path: Path) -> list[MatchPartner]:
    """Partners of a YAML file, in its order.

    Raises:
        InputError: When it cannot be read, names nobody, or two could not be told apart.
    """
    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise _refused(path, str(error)) from error
    named = document.get("partners") if isinstance(document, dict) else None
    if not isinstance(named, dict) or not named:
        raise _refused(path, _("it names no partners"))
    found = [_partner(path, name, stated) for name, stated in named.items()]
    for field in _FIELDS:
        stated = [getattr(one, field) for one in found if getattr(one, field)]
        if len(set(stated)) != len(stated):
            raise _refused(path, _("two partners have the same {field}").format(field=field))
    return found


def _partner(path: Path, name: object, stated: Any) -> MatchPartner:  # noqa: ANN401
    if not isinstance(name, str) or not name.strip():
        raise _refused(path, _("{name} is no name of a partner").format(name=repr(name)))
    if not isinstance(stated, dict) or not stated or not set(stated) <= set(_FIELDS):
        needed = _("{name} needs {fields}, one or both, and nothing else")
        raise _refused(path, needed.format(name=name, fields=" / ".join(_FIELDS)))
    for field, digest in stated.items():
        if not isinstance(digest, str) or not _DIGEST.fullmatch(digest):
            digits = _("{field} of {name} is not 64 lower-case hexadecimal digits")
            raise _refused(path, digits.format(field=field, name=name))
    return MatchPartner(name=name, **stated)


def find_partner(partners: Iterable[MatchPartner], token: str, certificate: str) -> str | None:
    """Name of the partner that shows this, or null. All are compared, each in constant time.

    Args:
        partners: Those that are known.
        token: As it was sent; empty: none was.
        certificate: SHA-256 of the certificate that TLS has proven; empty: none was shown.
    """
    shown = token_digest(token) if token else ""
    fitting = [one.name for one in partners if _fits(one, shown, certificate)]
    return fitting[0] if len(fitting) == 1 else None


def _fits(one: MatchPartner, token: str, certificate: str) -> bool:
    has_token = hmac.compare_digest(one.token_sha256, token)
    has_certificate = hmac.compare_digest(one.certificate_sha256, certificate)
    stated = bool(one.token_sha256 or one.certificate_sha256)
    return stated and (has_token or not one.token_sha256) and (has_certificate or not one.certificate_sha256)


def _refused(path: Path, why: str) -> InputError:
    return InputError(
        _("Cannot use partners of {path}: {why}.").format(path=path, why=why),
        hint=_("It is YAML: partners, then a name, then token_sha256 as `bongsu match token` prints it."),
    )
