"""A hunt: logs, mail and lock files to sightings, and what was not searched."""

import gc
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from bongsu.analyze.mail import MailWatch
from bongsu.analyze.sighting import merge_sightings
from bongsu.app.jobs.hunt_mail import prove_senders
from bongsu.app.jobs.hunt_plan import HuntFile, Plan, Progress
from bongsu.app.jobs.hunt_search import Found, Part, Search
from bongsu.app.jobs.hunt_setup import HuntRequest, check_request, make_search
from bongsu.errors import InputError
from bongsu.model.text import _
from bongsu.read.dns_answer import read_answers
from bongsu.read.log_file import NotSearched

_ALONE_BYTES = 24 * 1024 * 1024
"""Less than this is done by one process: starting others takes longer."""
_search: Search | None = None


@dataclass(slots=True)
class Hunted:
    """All that a hunt found."""

    found: Found = field(default_factory=Found)
    files: list[HuntFile] = field(default_factory=list)
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
    plan, found = Plan(request.scans), Found()
    with tempfile.TemporaryDirectory(prefix="bongsu-hunt-") as spool, ExitStack() as stack:
        do = stack.enter_context(_workers(request, search))
        try:
            for share in _in_order(do, plan.shares(request.paths, Path(spool))):
                _merge(found, share)
                plan.close(share, progress)
            _prove(found, plan, request)
        except BrokenProcessPool as error:
            raise InputError(
                _("Cannot finish the hunt: a process of the hunt ended before its work."),
                hint=_("It may have run out of memory: name fewer --processes, or hunt in fewer files."),
            ) from error
    seen = [one for watch in found.watches.values() for one in watch.sightings()]
    found.sightings = plan.placed(merge_sightings(found.sightings + seen), found)
    return Hunted(found, plan.files(found), plan.not_searched)


def _prove(found: Found, plan: Plan, request: HuntRequest) -> None:
    """Nothing; who sent the mails that something speaks for is computed, where saved answers are named."""
    watch = found.watches.get("mail")
    if request.answers and isinstance(watch, MailWatch):
        answers = read_answers(request.answers, zone="")
        prove_senders(watch, plan.reopen_mail, answers, request.trusted_hosts)


def _merge(whole: Found, share: Found) -> None:
    whole.sightings += share.sightings
    for name, watch in share.watches.items():
        if name in whole.watches:
            whole.watches[name].merge(watch)
        else:
            whole.watches[name] = watch
    whole.asked |= share.asked
    whole.unruled.update(share.unruled)
    whole.files |= share.files
    whole.yara_rules = share.yara_rules


@contextmanager
def _workers(
    request: HuntRequest, search: Search | None
) -> Iterator[Callable[[list[Part]], "Future[Found]"]]:
    """Function that has a share done: by other processes where there is enough work for them."""
    count = request.processes or min(os.cpu_count() or 1, 8)
    total = sum(_size(path) for path in request.paths)
    if search is not None or count == 1 or total < _ALONE_BYTES:
        alone = search or make_search(request)
        gc.freeze()  # rules are many small objects; the collector need not walk them again and again
        try:
            yield lambda share: _done(alone.run(share))
        finally:
            gc.unfreeze()
        return
    check_request(request)  # what a person can mend is said here, not by a process that dies of it
    with ProcessPoolExecutor(count, get_context("spawn"), _start, (request,)) as pool:
        yield lambda share: pool.submit(_run, share)


def _in_order(do: Callable[[list[Part]], "Future[Found]"], shares: Iterable[list[Part]]) -> Iterator[Found]:
    """Results of shares in the order of the shares; few are under way, so that little lies unpacked."""
    waiting: list[Future[Found]] = []
    for share in shares:
        waiting.append(do(share))
        if len(waiting) > (os.cpu_count() or 1):
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
    gc.freeze()


def _run(share: list[Part]) -> Found:
    import pyarrow as pa

    assert _search is not None
    found = _search.run(share)
    pa.default_memory_pool().release_unused()
    return found
