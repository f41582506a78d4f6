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
    "log_sources",
    "hunt_steps",
    "institutions",
    "mail_signs",
    "groups",
    "techniques",
    "routine_traffic",
    "warning_lists",
)
"""Kinds of facts that ship, each a folder."""

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_COUNTRY = re.compile(r"[A-Z]{2}")
_MISSING: Any = object()


class Fields:
    """Keys of one mapping in a fact file; a key that is missing or of the wrong type names itself."""

    def __init__(self, path: Path, where: str, values: object) -> None:
        self.path = path
        self.where = where
        if not isinstance(values, dict):
            self.refuse("", _("is not a mapping"))
        self.values: dict[str, Any] = values

    def refuse(self, key: str, why: str) -> NoReturn:
        """Nothing; raises FactsError that names the file and the key."""
        place = ".".join(part for part in (self.where, key) if part) or _("the whole file")
        file = f"{self.path.parent.name}/{self.path.name}"
        raise FactsError(
            _("Cannot read facts {file}: {key} {why}.").format(file=file, key=place, why=why),
            hint=_("Run `bongsu facts verify`; the schema is {schema}.").format(
                schema=f"facts/schema/{self.path.parent.name}.json"
            ),
        )

    def _get(self, key: str, kind: type | tuple[type, ...], default: object) -> Any:  # noqa: ANN401
        value = self.values.get(key, default)
        if value is _MISSING:
            self.refuse(key, _("is missing"))
        if value is None and default is None:
            return None
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is int):
            self.refuse(key, _("has the wrong type"))
        return value

    def text(self, key: str, default: str = _MISSING) -> str:
        """Text of the key, without surrounding white space."""
        value: str = self._get(key, str, default)
        return " ".join(value.split())

    def table(self, key: str = "table") -> list[tuple[str, str]]:
        """First word and rest of each non-empty line of the key's block of text."""
        value: str = self._get(key, str, _MISSING)
        split = [line.strip().partition(" ") for line in value.splitlines() if line.strip()]
        return [(first, rest.strip()) for first, _space, rest in split]

    def choice(self, key: str, choices: tuple[str, ...], default: str = _MISSING) -> str:
        """Text of the key, one of the choices."""
        value = self.text(key, default)
        if value not in choices:
            self.refuse(key, _("is {value}, not one of {choices}").format(value=value, choices=choices))
        return value

    def optional(self, key: str) -> str | None:
        """Text of the key, or None where it is null or absent."""
        value = self._get(key, str, None)
        return None if value is None else " ".join(value.split())

    def whole(self, key: str, default: int = _MISSING) -> int:
        """Integer of the key."""
        value: int = self._get(key, int, default)
        return value

    def flag(self, key: str) -> bool:
        """Truth value of the key."""
        value: bool = self._get(key, bool, _MISSING)
        return value

    def day(self, key: str) -> date:
        """Date of the key."""
        value = self.optional_day(key)
        return self.refuse(key, _("is missing")) if value is None else value

    def optional_day(self, key: str) -> date | None:
        """Date of the key, or None."""
        value = self._get(key, date, None)
        if isinstance(value, datetime):
            self.refuse(key, _("is a time, not a date"))
        return None if value is None else date(value.year, value.month, value.day)

    def optional_moment(self, key: str) -> datetime | None:
        """Time of the key in UTC, or None."""
        value: datetime | None = self._get(key, datetime, None)
        if value is not None and value.tzinfo is None:
            self.refuse(key, _("has no time zone"))
        return None if value is None else value.astimezone(UTC)

    def texts(self, key: str) -> tuple[str, ...]:
        """List of texts of the key; empty where it is absent."""
        values = self._get(key, list, [])
        if not all(isinstance(value, str) for value in values):
            self.refuse(key, _("is not a list of texts"))
        return tuple(" ".join(value.split()) for value in values)

    def company(self) -> tuple[str | None, str | None, str]:
        """Company that answers, its country, and the note that says why one of them is null."""
        legal, country = self.optional("legal_entity"), self.optional("country")
        note = self.text("entity_note", "")
        if country is not None and _COUNTRY.fullmatch(country) is None:
            self.refuse("country", _("is no ISO 3166-1 alpha-2 code"))
        if (legal is None or country is None) and not note:
            self.refuse("entity_note", _("must say why the company or its country is null"))
        return legal, country, note

    def part(self, key: str) -> "Fields":
        """Mapping of the key; an absent one is empty."""
        return Fields(self.path, f"{self.where}.{key}".strip("."), self.values.get(key, {}))

    def parts(self, key: str) -> list["Fields"]:
        """Mappings of the key's list; empty where it is absent."""
        values = self._get(key, list, [])
        return [Fields(self.path, f"{self.where}.{key}[{i}]".strip("."), v) for i, v in enumerate(values)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A fact file: its header, which its facts inherit, and its body."""

    kind: str
    slug: str
    path: Path
    title: str
    sources: tuple[str, ...]
    retrieved: date
    license: str
    confidence: int
    marking: Marking
    body: Fields

    @property
    def source(self) -> str:
        """The first source: what a fact without its own source cites."""
        return self.sources[0]


def read_document(path: Path) -> Document:
    """Document of one fact file.

    Raises:
        FactsError: When the file is not YAML, or its header is not complete.
    """
    try:
        values = yaml.load(path.read_bytes(), Loader=_loader())  # noqa: S506
    except (yaml.YAMLError, OSError) as error:
        raise FactsError(
            _("Cannot read facts {file}: {why}.").format(file=path, why=" ".join(str(error).split())),
            hint=_("Mend the YAML, or install Bongsu again."),
        ) from error
    body = Fields(path, "", values)
    if _SLUG.fullmatch(path.stem) is None:
        body.refuse("", _("has a file name that is not a slug"))
    sources = body.texts("sources")
    if not sources:
        body.refuse("sources", _("is missing"))
    confidence = body.whole("confidence")
    if not 0 <= confidence <= 100:
        body.refuse("confidence", _("is not in 0..100"))
    return Document(
        kind=path.parent.name,
        slug=path.stem,
        path=path,
        title=body.text("title"),
        sources=sources,
        retrieved=body.day("retrieved"),
        license=body.text("license"),
        confidence=confidence,
        marking=_marking(body),
        body=body,
    )


@cache
def read_documents(kind: str, folder: Path = DATA) -> tuple[Document, ...]:
    """Documents of all fact files of a kind, by slug; read once."""
    return tuple(read_document(path) for path in sorted((folder / kind).glob("*.yaml")))


def _marking(body: Fields) -> Marking:
    """Marking of the file; what ships is public, so nothing stricter may be in it."""
    if body.text("marking") != Tlp.CLEAR.label:
        body.refuse("marking", _("is not {label}: only public facts ship").format(label=Tlp.CLEAR.label))
    return PUBLIC


def _loader() -> Any:  # noqa: ANN401
    """The loader in C, some 20 times as fast, where PyYAML was built with it."""
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)
