"""A trace as one HTML file that opens anywhere, without network, and prints."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from bongsu.model.text import _, current_language, translation_notice
from bongsu.share.page import page_environment
from bongsu.share.release import read_marking, require_release
from bongsu.share.report_action import actor_row, actors
from bongsu.share.report_browser import (
    content_policy,
    data_text,
    plotly_script,
    script_text,
    template_text,
)
from bongsu.share.report_conservation import balances
from bongsu.share.report_coverage import coverage_rows
from bongsu.share.report_endpoint import endpoint_rows, filter_choices, left_out, sort_choices
from bongsu.share.report_label import numbered_sources
from bongsu.share.report_method import policy as policy_of
from bongsu.share.report_money import Document, conserving, money_of
from bongsu.share.report_pattern import clusters_view, findings_view, heuristics_view
from bongsu.share.report_picture import pictures
from bongsu.share.report_summary import shown_time, summary
from bongsu.share.report_text import chain_name, reason_name

if TYPE_CHECKING:
    from markupsafe import Markup

MOST_FILES = 200
"""Source files that are listed whole; of more, those that a shown step names."""


def write_report(document: Document, path: Path, *, recipient: str | None) -> None:
    """Nothing; the report of a trace document stands in the file afterwards.

    Args:
        document: A trace document, schema bongsu.trace/1.
        path: File to write; one that exists is replaced.
        recipient: Id of the party that the file is for; None keeps it on the owner's own disk.

    Raises:
        ReleaseError: When the document's marking does not let it go to the recipient.
        ConservationError: When the document says that it balances and does not.
        MissingExtraError: When the extra `report` is not installed.
    """
    require_release(read_marking(document), recipient)
    path.write_bytes(render_report(document).encode())


def render_report(document: Document) -> str:
    """The whole report as HTML: the same document gives the same bytes in the same language.

    Whoever sends it on asks `require_release` first, as `write_report` does.

    Raises:
        ReleaseError: When the document has no marking that could be shown.
        ConservationError: When the document says that it balances and does not.
        MissingExtraError: When the extra `report` is not installed.
    """
    template = page_environment().get_template("report.html")
    return template.render(_view(document)) + "\n"


def _trusted(text: str) -> "Markup":
    """Text of this package, or JSON without markup, that stands in the page as it is."""
    from markupsafe import Markup

    return Markup(text)  # noqa: S704


def _view(document: Document) -> dict[str, Any]:
    marking, money, parties = read_marking(document), money_of(document), actors(document)
    drawn = pictures(document, money)
    scripts = [plotly_script(), script_text(template_text("report.js"))]
    rows = endpoint_rows(document, money)
    files = {file["sha256"]: f"F{i}" for i, file in enumerate(document["ledger"]["files"], start=1)}
    return {
        "language": current_language(),
        "translation_notice": translation_notice(),
        "content_policy": _trusted(content_policy(scripts)),
        "style": _trusted(template_text("report.css")),
        "scripts": [_trusted(script) for script in scripts],
        "data": _trusted(data_text({"pictures": drawn["data"], "texts": _texts()})),
        "document": document,
        "tlp": marking.tlp.label,
        "tlp_class": marking.tlp.name.lower().replace("_", "-"),
        "releasable_to": None if marking.releasable_to is None else sorted(marking.releasable_to),
        "summary": summary(document, money, parties),
        "pictures": drawn,
        "rows": rows,
        "left_out": left_out(document, rows, money),
        "label_sources": numbered_sources(document["endpoints"][: len(rows)]),
        "sorts": sort_choices(document),
        "filters": filter_choices(rows),
        "actors": [actor_row(actor, money) for actor in parties],
        "balances": balances(document, money),
        "policies": [(code, policy_of(code)) for code in document["method"]["policies"]],
        "findings": findings_view(document),
        "clusters": clusters_view(document),
        "heuristics": heuristics_view(document),
        "coverage_rows": coverage_rows(document["coverage"]),
        "conserving": conserving(document),
        "files": files,
        "shown_files": _shown_files(document["ledger"]["files"], rows),
        "more_starts": sum(max(len(document["lead"][key]) - 100, 0) for key in ("sources", "transactions")),
        "parameters": sorted((name, _stated(value)) for name, value in document["method"]["params"].items()),
        "data_of": data_text,
        "chain_name": chain_name,
        "reason_name": reason_name,
        "shown_time": shown_time,
        "policy_of": policy_of,
    }


def _shown_files(files: list[Document], rows: list[dict[str, Any]]) -> list[Document]:
    """Source files to list: all, or where they are many those that a shown step names."""
    if len(files) <= MOST_FILES:
        return files
    cited = {step["sha256"] for row in rows for step in row["path"] or ()}
    return [file for file in files if file["sha256"] in cited]


def _stated(value: object) -> str:
    """Parameter as a person reads it."""
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_stated(one)}" for name, one in value.items()) or _("none")
    if isinstance(value, list):
        return ", ".join(_stated(one) for one in value) or _("none")
    return _("none") if value is None else str(value)


def _texts() -> dict[str, str]:
    """Text that the page's script shows."""
    return {
        "showing": _("Showing {shown} of {all}"),
        "open": _("Open all paths"),
        "close": _("Close all paths"),
        "flow": _("Flow of {symbol} from the source to the ends, under {policy}"),
        "timeline": _("When the {symbol} that lies at the ends arrived, under {policy}"),
    }
