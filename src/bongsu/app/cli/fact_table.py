"""Facts as tables for a terminal."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from bongsu.model.text import _

if TYPE_CHECKING:
    from rich.table import Table

SHOWN_ROWS = 20
"""Rows of a list inside a fact that are shown; the rest is counted, and `--json` has all."""
_ASIDE = frozenset({"source"})
"""Keys of a list's rows that are shown once, below the list."""


def fact_table(fact: dict[str, Any]) -> "Table":
    """Table of one fact: a row a field, lists one under another."""
    from rich.table import Table

    table = Table(
        title=f"{fact['kind']} {fact.get('id', '')}".strip(), show_header=False, title_justify="left"
    )
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for key, value in fact.items():
        if key not in {"kind", "id"} and value not in (None, "", []):
            table.add_row(key.replace("_", " "), cell(value))
    return table


def found_table(facts: Iterable[dict[str, Any]]) -> "Table":
    """Table of search results: kind, name and where."""
    from rich.table import Table

    table = Table(_("kind"), _("name"), _("what"))
    for fact in facts:
        table.add_row(*(column(fact)))
    return table


def count_table(rows: Iterable[dict[str, Any]]) -> "Table":
    """Table of plain rows that share their keys."""
    from rich.table import Table

    listed = list(rows)
    table = Table(*(listed[0] if listed else ()))
    for row in listed:
        table.add_row(*(cell(value) for value in row.values()))
    return table


def column(fact: dict[str, Any]) -> tuple[str, str, str]:
    """Kind, name and description of a fact in one line."""
    name = fact.get("id") or fact.get("address") or ""
    what = fact.get("title") or fact.get("name") or fact.get("subject") or fact.get("symbol") or ""
    return fact["kind"], str(name), str(what)


def cell(value: Any) -> str:  # noqa: ANN401
    """Text of a value; a long list ends with the number of rows that are not shown."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        return "  ".join(str(inner) for key, inner in value.items() if inner and key not in _ASIDE)
    if not isinstance(value, list):
        return str(value)
    lines = [cell(inner) for inner in value[:SHOWN_ROWS]]
    if len(value) > SHOWN_ROWS:
        lines.append(_("... and {count} more; see --json").format(count=len(value) - SHOWN_ROWS))
    return "\n".join(lines + _sources(value))


def _sources(rows: list[Any]) -> list[str]:
    """One line a source that the rows cite, in order of first use."""
    named = [row["source"] for row in rows if isinstance(row, dict) and row.get("source")]
    return [_("source: {source}").format(source=source) for source in dict.fromkeys(named)]
