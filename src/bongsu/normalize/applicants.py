"""Applications to events: who applied, from where, how to reach them, and what their résumé claims."""

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from bongsu.model.event import INTERNET_LINE
from bongsu.normalize.claim import claimed_jobs, claimed_skills
from bongsu.normalize.passage import passages_of
from bongsu.normalize.record import Plan, Statement
from bongsu.normalize.spread import OWNER, spread

_INTERNET = r"voip|internet"
_NOT_INTERNET = r"no[nt]?(voip|internet)"
"""`nonFixedVoip` is an Internet line; `non-VoIP` is none."""


def _prepare(rows: pa.Table) -> pa.Table:
    """Rows with one more for each passage, job and technology, and a note of Internet lines."""
    line = pc.utf8_lower(pc.fill_null(rows["line_type"].cast(pa.string()), ""))
    plain = pc.replace_substring_regex(line, "[^a-z]", "")
    is_it, is_not = (pc.match_substring_regex(plain, form) for form in (_INTERNET, _NOT_INTERNET))
    known = pc.and_(is_it, pc.invert(is_not))
    rows = rows.append_column("line_note", pc.if_else(known, INTERNET_LINE, ""))
    made = {
        "passage": lambda row: passages_of(_text(row, "resume")),
        "job": lambda row: claimed_jobs(_text(row, "jobs")),
        "skill": lambda row: claimed_skills(_text(row, "skills"), _year(_text(row, "applied"))),
    }
    return spread(rows, made, owner="application", keep=("applied",))


def _text(row: dict[str, Any], name: str) -> str:
    return str(row[name] or "")


def _year(text: str) -> int | None:
    return int(text[:4]) if text[:4].isdigit() and text[4:5] in {"-", "/", "."} else None


PLAN = Plan(
    subject=("application", OWNER),
    time="applied",
    ip="ip",
    device="visitor",
    prepare=_prepare,
    statements=(
        Statement("application", "", "application"),
        Statement("alias", "account", "email"),
        Statement("alias", "handle", "github", namespace="=github"),
        Statement("contact", "email", "email"),
        Statement("contact", "phone", "phone", namespace="country", note="line_note"),
        Statement("account", "handle", "github", namespace="=github"),
        Statement("payout", "wallet", "wallet", namespace="=evm"),
        Statement("work", "utc_offset", "zone"),
        Statement("work", "vendor", "agency"),
        Statement("resume", "town", "town"),
        Statement("resume", "passage", "passage"),
        Statement("resume", "job", "job"),
        Statement("resume", "skill", "skill"),
    ),
)
"""How applications become events; a mailbox and an account of a code host lead from other files to them."""
