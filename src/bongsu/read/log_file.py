"""Files to hunt in, of a folder or an archive, each ready to be opened; what is not searched, and why."""

import hashlib
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from bongsu.errors import InputError
from bongsu.model.text import _
from bongsu.read.log_archive import HEAD_BYTES, Limits, Spool, Unpacked, kind_of, to_utf8, unpack

_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\ud800-\udfff]")


class LogMember(NamedTuple):
    """A file, decompressed, of the file that evidence cites."""

    name: str
    """Path below what was given; within an archive `outer.zip!inner/path`."""
    sha256: str
    """Of the outer file, as it was found."""
    path: Path
    """Where the content lies: the file itself, or a temporary one."""
    temporary: bool
    """Whether `close` removes it."""

    def open(self) -> BinaryIO:
        """The content: decompressed, seekable, text in UTF-8."""
        return self.path.open("rb")

    def close(self) -> None:
        """Removes what was unpacked; what was found stays."""
        if self.temporary:
            self.path.unlink(missing_ok=True)


class NotSearched(NamedTuple):
    """A file, or a part of one, that is not looked into."""

    name: str
    why: str


class _Item(NamedTuple):
    name: str
    sha256: str
    path: Path
    temporary: bool
    layers: int


def log_members(path: Path, spool: Path, limits: Limits = Limits()) -> Iterator[LogMember | NotSearched]:  # noqa: B008
    """Files at a path, in the order of their names; those of an archive in the order of the archive.

    Each is unpacked when it is asked for, and stays in `spool` until it is closed. Links to folders are not
    followed, and devices and pipes are not opened. A file that could be unpacked in part comes twice: as a
    member, and as not searched.

    Args:
        path: A file or a folder.
        spool: Folder for what is unpacked; it must exist.
        limits: How much is unpacked of one file.

    Raises:
        InputError: When nothing is there.
    """
    if not path.exists():
        raise InputError(
            _("Cannot read {path}: there is no such file or folder.").format(path=path),
            hint=_("Give a log file, an archive of logs, or a folder of them."),
        )
    number = 0
    for name, found in _walk(path, path.name if path.is_file() else ""):
        if isinstance(found, NotSearched):
            yield found
            continue
        number += 1
        yield from _members(name, found, Spool(spool, f"{number}", limits))


def _walk(path: Path, name: str) -> Iterator[tuple[str, Path | NotSearched]]:
    """Regular files below a path, and what is none."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISREG(mode):
            yield name, path
        elif not stat.S_ISDIR(mode):
            yield name, NotSearched(_shown(name), _("it is a device, a pipe or a socket"))
        elif path.is_symlink() and name:
            yield name, NotSearched(_shown(name), _("it is a link to a folder; links are not followed"))
        else:
            for inner in sorted(path.iterdir(), key=lambda one: one.name):
                yield from _walk(inner, f"{name}/{inner.name}" if name else inner.name)
    except OSError as error:
        yield name, NotSearched(_shown(name) or _shown(str(path)), _unreadable(error))


def _members(name: str, path: Path, spool: Spool) -> Iterator[LogMember | NotSearched]:
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        yield from _open(_Item(_shown(name), digest, path, False, spool.limits.most_layers), spool)
    except OSError as error:
        yield NotSearched(_shown(name), _unreadable(error))


def _open(item: _Item, spool: Spool) -> Iterator[LogMember | NotSearched]:
    """Members of one file: itself, or what it holds."""
    with item.path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    kind = kind_of(head)
    if kind and item.layers and not kind.startswith("closed"):
        for inner in unpack(item.path, kind, spool):
            yield from _inner(item, inner, spool)
        _remove(item)
        return
    why = "" if head else _("it is empty")
    if kind.startswith("closed"):
        why = _("it is an archive of a kind that is not opened: {kind}").format(kind=kind.partition(" ")[2])
    elif kind:
        why = _("archives lie within each other deeper than {count}").format(count=spool.limits.most_layers)
    if why:
        _remove(item)
        yield NotSearched(item.name, why)
        return
    yield from _plain(item, spool)


def _inner(outer: _Item, inner: Unpacked, spool: Spool) -> Iterator[LogMember | NotSearched]:
    name = f"{outer.name}!{_shown(inner.name)}" if inner.name else outer.name
    if inner.why and inner.path is None:
        yield NotSearched(name, inner.why)
    elif inner.why:
        yield NotSearched(name, _("only its beginning was searched: {why}").format(why=inner.why))
    if inner.path is not None:
        yield from _open(_Item(name, outer.sha256, inner.path, True, outer.layers - 1), spool)


def _plain(item: _Item, spool: Spool) -> Iterator[LogMember | NotSearched]:
    recoded = to_utf8(item.path, spool)
    if recoded is None:
        yield LogMember(item.name, item.sha256, item.path, item.temporary)
        return
    _remove(item)
    path, why = recoded
    if why:
        yield NotSearched(item.name, why)
    if path is not None:
        yield LogMember(item.name, item.sha256, path, True)


def _remove(item: _Item) -> None:
    if item.temporary:
        item.path.unlink(missing_ok=True)


def _shown(name: str) -> str:
    return _CONTROL.sub("?", name)


def _unreadable(error: OSError) -> str:
    return _("it cannot be read: {why}").format(why=error.strerror or error)
