"""What a domain's DNS lets others send in its name, who does, and what to change."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from bongsu.analyze.mail_posture import review_posture
from bongsu.analyze.mail_sender import Senders, senders_of
from bongsu.errors import InputError
from bongsu.model.dns import DnsAnswers, canonical_name
from bongsu.model.log import LogBlock
from bongsu.model.text import _, translation_notice
from bongsu.normalize.log import block_of
from bongsu.read import dmarc_report
from bongsu.read.dns_answer import read_answers
from bongsu.read.dns_live import LiveAnswers

_BATCH = 10_000
_MOST_SENDERS = 50
Document = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class PostureRequest:
    """What is looked at."""

    domain: str
    answers: tuple[Path, ...] = ()
    """Zone files or saved answers."""
    whole: bool = False
    """The zone files are of the domain and hold all of it."""
    live: bool = False
    """Look records up over the network."""
    reports: tuple[Path, ...] = ()
    """Aggregate reports of DMARC, or folders of them."""
    selectors: tuple[str, ...] = ()


def mail_posture(request: PostureRequest) -> Document:
    """What was found, what to change in the order to do it, and who sends as the domain.

    Raises:
        InputError: When a file cannot be read, or there is nothing to look at.
        MissingExtraError: When dnspython or tldextract is not installed.
    """
    domain = canonical_name(request.domain)
    if "." not in domain or not (request.answers or request.live):
        raise InputError(
            _("Cannot review the mail of {domain}: there is nothing to look at.").format(domain=repr(domain)),
            hint=_(
                "Name a domain, and a zone file or saved answers (`--answers`), or look it up (`--live`)."
            ),
        )
    saved = read_answers(request.answers, zone=domain if request.whole else "")
    rejects: list[Document] = []
    senders = senders_of(_blocks(request.reports, rejects), domain) if request.reports else None
    found = review_posture(
        domain, LiveAnswers() if request.live else saved,
        selectors=request.selectors, names=saved.names, senders=senders,
    )  # fmt: skip
    return {
        "domain": domain,
        "source": _source(request, saved),
        "found": found.found,
        "advice": [{"order": order, **one._asdict()} for order, one in enumerate(found.advice, start=1)],
        "senders": _senders(senders),
        "rejects": rejects,
        "notice": translation_notice(),
    }


def _source(request: PostureRequest, saved: DnsAnswers) -> str:
    if request.live:
        return _("looked up over the network")
    if saved.zones:
        return _("whole zones: {names}").format(names=", ".join(sorted(saved.zones)))
    return _("saved answers: what is not among them is unknown")


def _blocks(paths: Sequence[Path], rejects: list[Document]) -> Iterator[LogBlock]:
    """Blocks of all reports; what cannot be read is in `rejects` with its file."""
    for path in (one for given in paths for one in _files(given)):
        try:
            file = path.open("rb")
        except OSError as error:
            raise InputError(_("Cannot read {path}: {why}.").format(path=path, why=error)) from error
        with file:
            yield from _of_report(path.name, file, rejects)


def _of_report(name: str, file: BinaryIO, rejects: list[Document]) -> Iterator[LogBlock]:
    for batch in dmarc_report.read(file, batch_rows=_BATCH):
        block, bad_times = block_of(batch)
        faults = [*batch.rejects.to_pylist(), *bad_times.to_pylist()]
        rejects += [
            {"file": name} | {key: row[key] for key in ("locator", "rule", "message")} for row in faults
        ]
        yield block


def _files(path: Path) -> list[Path]:
    return sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]


def _senders(senders: Senders | None) -> Document | None:
    """Who sends, those with the most failures first; null: no reports were given."""
    if senders is None:
        return None
    shown = senders.senders[:_MOST_SENDERS]
    return {
        "reports": senders.reports,
        "mails": senders.total,
        "passed": senders.passed,
        "pass_partly": list(senders.failing_own),
        "not_shown": len(senders.senders) - len(shown),
        "addresses": [one._asdict() for one in shown],
    }
