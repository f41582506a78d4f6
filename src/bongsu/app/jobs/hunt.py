"""A hunt: logs, mail and lock files to sightings, and what was not searched."""

import io
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from bongsu.analyze.mail import MailWatch
from bongsu.analyze.sighting import merge_sightings
from bongsu.app.jobs.hunt_mail import prove_senders
from bongsu.app.jobs.hunt_search import Found, Part, Search, Searched
from bongsu.app.jobs.hunt_setup import HuntRequest, check_request, make_search
from bongsu.errors import InputError
from bongsu.model.text import _
from bongsu.read.dns_answer import read_answers
from bongsu.read.log_file import LogMember, NotSearched, log_members
from bongsu.read.log_registry import load_log_reader, sniff_log
from bongsu.read.sniff import HEAD_BYTES

Progress = Callable[[str, int], None]
"""Told the name of each file that is done, and its bytes."""
SHARE_BYTES = 16 * 1024 * 1024
"""Bytes of logs in a share."""
SHARE_FILES = 200
MAIL = ("mail", "outlook_msg")
"""Formats whose files stay unpacked to the end, for what is met in them is looked at once more."""
NOT_LOGS = ("", "plain_text")
"""Formats that YARA rules are asked of: files that no reader fits, and texts, among which are scripts."""
_ALONE_BYTES = 24 * 1024 * 1024
"""Less than this is done by one process: starting others takes longer."""
_search: Search | None = None


class HuntFile(NamedTuple):
    """A file that was read, and what was searched of it."""

    name: str
    sha256: str
    reader: str
    searched: Searched


@dataclass(slots=True)
class Hunted:
    """All that a hunt found."""

    found: Found = field(default_factory=Found)
    files: list[HuntFile] = field(default_factory=list)
    not_searched: list[NotSearched] = field(default_factory=list)


@dataclass(slots=True)
class _Plan:
    """Files met so far, and what of them is still to be done."""

    members: list[LogMember] = field(default_factory=list)
    readers: list[str] = field(default_factory=list)
    open_parts: list[int] = field(default_factory=list)
    not_searched: list[NotSearched] = field(default_factory=list)


def hunt_files(
    request: HuntRequest, progress: Progress = lambda name, size: None, *, search: Search | None = None
) -> Hunted:
    """What was found in the files of a request.

    Args:
        request: What is looked for, and where.
        progress: Told of each file that is done.
        search: A search made of the same request before; this process then does all the work.

    Raises:
        InputError: When a path does not exist.
        MissingExtraError: When the extra `hunt` is not installed.

    Cost: memory does not grow with the logs; two processes share files, and stretches of large ones.
    """
    plan, hunted = _Plan(), Hunted()
    with tempfile.TemporaryDirectory(prefix="bongsu-hunt-") as spool, ExitStack() as stack:
        do = stack.enter_context(_workers(request, search))
        try:
            for found in _in_order(do, _shares(plan, request, Path(spool))):
                _merge(hunted.found, found)
                _close(plan, found, progress)
            _prove(hunted.found, plan, request)
        except BrokenProcessPool as error:
            raise InputError(
                _("Cannot finish the hunt: a process of the hunt ended before its work."),
                hint=_("It may have run out of memory: name fewer --processes, or hunt in fewer files."),
            ) from error
    seen = [one for watch in hunted.found.watches.values() for one in watch.sightings()]
    hunted.found.sightings = merge_sightings(hunted.found.sightings + seen)
    hunted.files = [
        HuntFile(member.name, member.sha256, reader, hunted.found.files.get(number, Searched()))
        for number, (member, reader) in enumerate(zip(plan.members, plan.readers, strict=True))
    ]
    hunted.not_searched = plan.not_searched
    return hunted


def _shares(plan: _Plan, request: HuntRequest, spool: Path) -> Iterator[list[Part]]:
    """Shares of the work, each of some files or of a stretch of one; the same files give the same shares."""
    share: list[Part] = []
    size = 0
    for part, part_bytes in _all_parts(plan, request, spool):
        share.append(part)
        size += part_bytes
        if size >= SHARE_BYTES or len(share) >= SHARE_FILES:
            yield share
            share, size = [], 0
    if share:
        yield share


def _all_parts(plan: _Plan, request: HuntRequest, spool: Path) -> Iterator[tuple[Part, int]]:
    for place, path in enumerate(request.paths):
        own = spool / str(place)
        own.mkdir()
        for member in log_members(path, own):
            if isinstance(member, NotSearched):
                plan.not_searched.append(member)
            else:
                yield from _parts(plan, member, request)


def _parts(plan: _Plan, member: LogMember, request: HuntRequest) -> list[tuple[Part, int]]:
    """Parts of a file and their bytes; none where nothing is to be done with it, which is noted."""
    with member.open() as file:
        reader = sniff_log(file.read(HEAD_BYTES))
    number = len(plan.members)
    plan.members.append(member)
    plan.readers.append(reader)
    size = member.path.stat().st_size
    module: Any = load_log_reader(reader) if reader else None
    split = getattr(module, "parts", None)
    stretches = list(split(size)) if split is not None and size > SHARE_BYTES else [None]
    parts = [(Part(number, member.path, reader, one), size // len(stretches)) for one in stretches if reader]
    if request.yara and (request.yara_all or reader in NOT_LOGS):
        parts.append((Part(number, member.path, "", None, member.name), size))
    plan.open_parts.append(len(parts))
    if not parts:
        member.close()
    return parts


def _close(plan: _Plan, found: Found, progress: Progress) -> None:
    """Nothing; files of which no part is left are closed and told."""
    for number in found.files:
        plan.open_parts[number] -= found.files[number].parts
        if not plan.open_parts[number]:
            member = plan.members[number]
            progress(member.name, member.path.stat().st_size)
            if plan.readers[number] not in MAIL:
                member.close()


def _prove(found: Found, plan: _Plan, request: HuntRequest) -> None:
    """Nothing; who sent the mails that something speaks for is computed, where saved answers are named."""
    watch = found.watches.get("mail")
    if request.answers and isinstance(watch, MailWatch):

        def reopen(source: str) -> BinaryIO:
            number = int(source.removeprefix("#"))
            return plan.members[number].open() if plan.readers[number] == "mail" else io.BytesIO()

        prove_senders(watch, reopen, read_answers(request.answers, zone=""), request.trusted_hosts)


def _merge(whole: Found, share: Found) -> None:
    whole.sightings += share.sightings
    for name, watch in share.watches.items():
        if name in whole.watches:
            whole.watches[name].merge(watch)
        else:
            whole.watches[name] = watch
    whole.asked |= share.asked
    whole.yara_rules = share.yara_rules
    for number, searched in share.files.items():
        whole.files.setdefault(number, Searched()).add(searched)


@contextmanager
def _workers(
    request: HuntRequest, search: Search | None
) -> Iterator[Callable[[list[Part]], "Future[Found]"]]:
    """Function that has a share done: by other processes where there is enough work for them."""
    count = request.processes or min(os.cpu_count() or 1, 8)
    total = sum(_size(path) for path in request.paths)
    if search is not None or count == 1 or total < _ALONE_BYTES:
        alone = search or make_search(request)
        yield lambda share: _done(alone.run(share))
        return
    check_request(request)  # what a person can mend is said here, not by a process that dies of it
    with ProcessPoolExecutor(count, get_context("spawn"), _start, (request,)) as pool:
        yield lambda share: pool.submit(_run, share)


def _in_order(do: Callable[[list[Part]], "Future[Found]"], shares: Iterable[list[Part]]) -> Iterator[Found]:
    """Results of shares in the order of the shares; few are under way, so that little lies unpacked."""
    waiting: list[Future[Found]] = []
    for share in shares:
        waiting.append(do(share))
        if len(waiting) > 2 * (os.cpu_count() or 1):
            yield waiting.pop(0).result()
    for one in waiting:
        yield one.result()


def _done(found: Found) -> "Future[Found]":
    future: Future[Found] = Future()
    future.set_result(found)
    return future


def _size(path: Path) -> int:
    inside = path.rglob("*") if path.is_dir() else [path]
    return sum(one.stat().st_size for one in inside if one.is_file())


def _start(request: HuntRequest) -> None:
    """Nothing; a process is made ready: one thread of Arrow each, for the processes share the cores."""
    import pyarrow as pa

    global _search  # noqa: PLW0603
    pa.set_cpu_count(1)
    _search = make_search(request)


def _run(share: list[Part]) -> Found:
    assert _search is not None
    return _search.run(share)
