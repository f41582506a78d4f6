"""A hunt as one HTML page: what was found, how sure, what to do, and what was not searched."""

from typing import Any

from bongsu.model.text import _, current_language, translation_notice
from bongsu.share.page import page_environment
from bongsu.share.release import read_marking, require_release
from bongsu.share.report_browser import template_text

Document = dict[str, Any]
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
MOST_SHOWN = 300
"""Sightings on the page; the JSON has all."""


def render_hunt(document: Document, *, recipient: str | None = None) -> str:
    """A hunt as one HTML page without scripts; the same document gives the same bytes.

    Args:
        document: Schema bongsu.hunt/1.
        recipient: Id of the party that it is for; None is the owner's own screen.

    Raises:
        ReleaseError: When the marking does not let it go to the recipient.
        MissingExtraError: When the extra `report` is not installed.
    """
    marking = read_marking(document)
    require_release(marking, recipient)
    sightings = document["sightings"]
    page = page_environment().get_template("hunt.html")
    return (
        page.render(
            language=current_language(),
            translation_notice=translation_notice(),
            content_policy=_POLICY,
            style=template_text("report.css") + template_text("hunt.css"),
            tlp=marking.tlp.label,
            tlp_class=marking.tlp.name.lower().replace("_", "-"),
            releasable_to=None if marking.releasable_to is None else sorted(marking.releasable_to),
            document=document,
            summary=document["summary"],
            findings=document["findings"][:MOST_SHOWN],
            context=[one for one in sightings if not one["alert"]][:MOST_SHOWN],
            shown_most=MOST_SHOWN,
            coverage=document["coverage"],
            attribution=document["attribution"],
            level_names=level_names(),
            band_names={"weak": _("weak"), "medium": _("medium"), "strong": _("strong")},
        )
        + "\n"
    )


def level_names() -> dict[str, str]:
    """Levels of sightings, in words of the reader's language."""
    return {
        "critical": _("critical"),
        "high": _("high"),
        "medium": _("medium"),
        "low": _("low"),
        "informational": _("informational"),
    }
