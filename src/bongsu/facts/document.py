"""Fact files: YAML with a header that every fact in the file inherits."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

import yaml

from bongsu.errors import FactsError
from bongsu.model.marking import PUBLIC, Marking, Tlp
from bongsu.model.text import _

DATA = Path(__file__).parent / "data"
"""Folder of fact files: `<kind>/<slug>.yaml`."""
SCHEMAS = Path(__file__).parent / "schema"
"""Folder of JSON Schemas: `<kind>.json`."""
KINDS = (
    "incidents",
    "services",
    "issuers",
    "assets",
    "converters",
    "sanctions",
    "bridges",
    "names",
    "identifiers",
    "red_flags",
    "excluded_signals",
    "equipment",
    "duties",
    "log_fields",
    "institutions",
    "mail_signs",
