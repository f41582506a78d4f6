"""Plans of sources of records of people by the name of the source."""

from importlib import import_module
from typing import cast

from bongsu.errors import FormatError
from bongsu.model.text import _
from bongsu.normalize.record import Plan

PERSON_SOURCES = (
    "okta",
    "workspace",
    "entra",
    "github",
    "code_audit",
    "observation",
    "profile",
    "company",
    "payroll",
    "hris",
    "applicants",
    "edr",
    "meeting",
    "follow",
    "platform",
)
"""Sources; each has a module of its name with a PLAN."""


def load_plan(name: str) -> Plan:
    """Plan of the source.

    Raises:
        FormatError: When no source has the name.
    """
    if name not in PERSON_SOURCES:
        raise FormatError(
            _("Cannot read records of {name}: the source is not known.").format(name=name),
            hint=_("Known sources: {names}.").format(names=", ".join(PERSON_SOURCES)),
        )
    return cast(Plan, import_module(f"bongsu.normalize.{name}").PLAN)
