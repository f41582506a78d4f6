"""Text that a person reads, in the language they chose: gettext with English as the source."""

import gettext
import os
from functools import cache
from pathlib import Path

LOCALES = Path(__file__).parent.parent / "locale"
"""Folder of compiled message catalogs."""
LANGUAGES = ("en", "ko")
"""Languages that Bongsu speaks; Korean is an unreviewed translation."""


@cache
def _catalog(language: str) -> gettext.NullTranslations:
    return gettext.translation("bongsu", LOCALES, languages=[language], fallback=True)


def current_language() -> str:
    """Language of BONGSU_LANG, or `en`; never guessed from the system, so outputs are reproducible."""
    wanted = os.environ.get("BONGSU_LANG", "en")[:2].lower()
    return wanted if wanted in LANGUAGES else "en"


def _(message: str) -> str:
    """Translation of the message into the current language."""
    return _catalog(current_language()).gettext(message)


def translation_notice() -> str:
    """What a reader must be told of the language: no named reader has signed it off; empty in English."""
    return "" if current_language() == "en" else _("unreviewed translation")
