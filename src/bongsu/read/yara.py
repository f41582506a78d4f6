"""YARA rules asked of files, through YARA-X: which rules fit, and where in the file.

Rules come from strangers, and so do files: a rule includes no other file, a file of more than MOST_BYTES is
not opened, and a file is let go after MOST_SECONDS; who asks is told so.
"""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from bongsu.errors import InputError
from bongsu.model.extra import load_extra
from bongsu.model.file_match import FileMatch, Scanned
from bongsu.model.text import _

SUFFIXES = {".yar", ".yara"}
MOST_BYTES = 64 * 1024 * 1024
"""Of a file that rules are asked of."""
MOST_SECONDS = 30
"""That all rules have for a file."""
GLOBALS = ("filename", "filepath", "extension", "filetype", "owner")
"""Names that rules in circulation expect from outside; the last two are always empty here."""
_SHOWN = 80


class YaraScanner:
    """Rules ready to be asked of files, one file after the other.

    Args:
        paths: Files of rules, and folders of them.

    Raises:
        InputError: When a path has no rules, or a rule does not compile; names the file and the line.
        MissingExtraError: When the extra `yara` is not installed.

    Cost: some milliseconds a rule; then 100 MB/s and more of files, by the rules.
    """

    def __init__(self, paths: tuple[Path, ...]) -> None:
        self._yara = load_extra("yara_x", "yara")
        rules = _compile(self._yara, paths)
        self.count = sum(1 for _rule in rules)
        """Number of the rules."""
        self._scanner = self._yara.Scanner(rules)
        self._scanner.set_timeout(MOST_SECONDS)

    def scan(self, path: Path, name: str) -> Scanned:
        """Rules that fit a file.

        Args:
            path: Where its content lies.
            name: What it is called; rules may ask for it.
        """
        known = PurePosixPath(name.replace("!", "/"))
        told = (known.name, str(known), known.suffix)
        for variable, value in zip(GLOBALS, told, strict=False):
            self._scanner.set_global(variable, value)
        try:
            if path.stat().st_size > MOST_BYTES:
                return Scanned((), _("it has more than {most} bytes").format(most=MOST_BYTES))
            found = self._scanner.scan_file(str(path)).matching_rules
            return Scanned(tuple(_match(rule, path) for rule in found), "")
        except self._yara.TimeoutError:
            return Scanned((), _("it took longer than {most} seconds").format(most=MOST_SECONDS))
        except (self._yara.ScanError, OSError) as error:
            return Scanned((), " ".join(str(error).split()))


def _compile(yara: Any, paths: tuple[Path, ...]) -> Any:  # noqa: ANN401
    compiler = yara.Compiler(includes_enabled=False)
    for variable in GLOBALS:
        compiler.define_global(variable, "")
    taken: set[str] = set()
    for path, stated in (file for given in paths for file in _rule_files(given)):
        name = stated + "+" * sum(one.rstrip("+") == stated for one in taken)
        taken.add(name)
        compiler.new_namespace(name)
        try:
            compiler.add_source(path.read_bytes().decode("utf-8-sig"), origin=name)
        except yara.CompileError as error:
            raise _faulty(path, compiler.errors(), error) from error
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(_("Cannot read rules {path}: {why}.").format(path=path, why=error)) from error
    return compiler.build()


def _faulty(path: Path, errors: list[dict[str, Any]], error: Exception) -> InputError:
    """What is wrong with a file of rules, with the line."""
    first = errors[0] if errors else {}
    labels = [label["text"] for label in first.get("labels", ()) if label.get("text")]
    why = ": ".join([str(first.get("title") or str(error).partition("\n")[0]), *labels[:1]])
    return InputError(
        _("Cannot read rules {path}: line {line}: {why}.").format(
            path=path, line=first.get("line", "?"), why=why
        ),
        hint=_("Mend the rule or take it out. Files that a rule includes are not read: name them."),
    )


def _rule_files(path: Path) -> Iterator[tuple[Path, str]]:
    """Files of rules at a path, with the name that each goes by."""
    if path.is_file():
        yield path, path.name
        return
    if not path.exists():
        raise InputError(
            _("Cannot read rules {path}: there is no such file or folder.").format(path=path),
            hint=_("Name a file of YARA rules, or a folder with files that end in .yar or .yara."),
        )
    inside = sorted(one for one in path.rglob("*") if one.suffix in SUFFIXES and one.is_file())
    if not inside:
        raise InputError(
            _("Cannot read rules {path}: there is no YARA rule.").format(path=path),
            hint=_("Name a file of YARA rules, or a folder with files that end in .yar or .yara."),
        )
    for one in inside:
        yield one, one.relative_to(path).as_posix()


def _match(rule: Any, path: Path) -> FileMatch:  # noqa: ANN401
    places = [
        (found[0].offset, found[0].length, pattern.identifier)
        for pattern in rule.patterns
        if (found := pattern.matches)
    ]
    offset, length, pattern = min(places, default=(0, 0, ""))
    meta = tuple((name, _printable(value)) for name, value in rule.metadata)
    return FileMatch(
        rule.identifier, rule.namespace, tuple(rule.tags), meta, pattern, offset, _shown(path, offset, length)
    )


def _shown(path: Path, offset: int, length: int) -> str:
    with path.open("rb") as file:
        file.seek(offset)
        return _printable(file.read(min(length, _SHOWN)))


def _printable(value: object) -> str:
    """Text of a value; what cannot be printed is written as its code."""
    text = value.decode("latin-1") if isinstance(value, bytes) else str(value)
    return "".join(one if one.isprintable() else f"\\x{ord(one):02x}" for one in text)
