"""What a regular series of contacts is worth, and what else explains it."""

from ipaddress import ip_address
from typing import NamedTuple

from bongsu.analyze.beacon_rhythm import Rhythm
from bongsu.facts.routine_traffic import load_routines
from bongsu.model.text import _

POPULAR_SHARE, POPULAR_LEAST = 0.2, 4
"""A destination that so many sources ask, of all and at least, is popular."""
SCRIPTS = (
    "windowspowershell", "python", "curl/", "wget/", "go-http-client", "java/", "libwww-perl", "okhttp",
    "axios/", "node-fetch", "ruby", "winhttp", "wininet",
)  # fmt: skip
"""In user agents of script interpreters and libraries, in lower case."""
QUICK_SECONDS = 5
"""Series with shorter intervals are streams and polls of an open page more often than beacons."""
LEVEL_SCORE = 0.8
"""Score from which a series that nothing explains is medium."""


class Series(NamedTuple):
    """One source that asks one destination at regular times."""

    kind: str
    """conn, http, tls or dns."""
    source: str
    destination: str
    port: str
    agent: str
    """User agent or program; empty: not stated."""
    asked_by: int
    """Sources that ask the destination."""
    sources: int
    """All sources of the log."""


class Weighed(NamedTuple):
    """Level of a series, and why."""

    level: str
    """One of bongsu.model.detection.LEVELS."""
    why: tuple[str, ...]


def weigh(series: Series, rhythm: Rhythm) -> Weighed:
    """Level and reasons; a beacon alone is never above medium, for regular is not evil."""
    why = [*_rhythm_words(rhythm)]
    popular = series.asked_by >= max(POPULAR_LEAST, POPULAR_SHARE * series.sources)
    script = any(part in series.agent.lower() for part in SCRIPTS)
    routine, program = routine_of(series), program_of(series)
    if routine or (program and popular):
        return Weighed("informational", (*why, routine or program))
    if _is_internal(series.destination):
        return Weighed("informational", (*why, _("the destination is inside: monitoring, printing, storage")))
    if series.kind == "dns":
        text = _("names are asked again when they expire, so regular questions alone say little")
        return Weighed("low", (*why, text))
    counted = {"n": series.asked_by, "all": series.sources}
    why.append(
        (
            _("{n} of {all} sources ask it: popular") if popular else _("{n} of {all} sources ask it: rare")
        ).format(**counted)
    )
    if script:
        why.append(_("a script interpreter asks, not a browser: {agent}").format(agent=series.agent[:80]))
    if program:
        why.append(
            _("{program}; but few ask there, and a user agent can be borrowed").format(program=program)
        )
    quick = rhythm.interval < QUICK_SECONDS
    if quick:
        why.append(_("so quick a series is a stream or an open page more often than a beacon"))
    worth = rhythm.score >= LEVEL_SCORE and not quick and not program and (script or not popular)
    return Weighed("medium" if worth else "low", tuple(why))


def routine_of(series: Series) -> str:
    """Sentence on the plain reason that facts know for destination or port; empty: none."""
    routines = load_routines()
    labels = series.destination.split(".")
    below = (".".join(labels[place:]) for place in range(len(labels) - 1))
    host = next((routines.hosts[name] for name in below if name in routines.hosts), "")
    if host:
        return _("the destination is one that is asked at regular times: {what}").format(what=host)
    service = routines.ports.get(series.port, "") if series.kind == "conn" else ""
    return (
        _("the port is of a service with a clock of its own: {what}").format(what=service) if service else ""
    )


def program_of(series: Series) -> str:
    """Sentence on the program that the user agent names, where facts know it; empty: none."""
    agent = series.agent.lower().replace("_", " ")
    known = load_routines().agents
    program = next((what for start, what in known.items() if agent.startswith(start)), "")
    if not program:
        return ""
    return _("the user agent is of a program that asks at regular times: {what}").format(what=program)


def _is_internal(destination: str) -> bool:
    try:
        address = ip_address(destination.strip("[]"))
    except ValueError:
        return "." not in destination or destination.endswith((".local", ".lan", ".internal", ".arpa"))
    return address.is_multicast or (address.is_private and not _is_example(destination))


def _is_example(address: str) -> bool:
    """Whether the address is of a net for documentation, which Python counts among private ones."""
    return address.startswith(("192.0.2.", "198.51.100.", "203.0.113.", "2001:db8:"))


def _rhythm_words(rhythm: Rhythm) -> tuple[str, ...]:
    hours = rhythm.seconds / 3600
    first = _(
        "{n} contacts in {hours} hours, one each {interval} seconds; half of the intervals differ from that "
        "by less than {jitter} %"
    ).format(
        n=rhythm.contacts,
        hours=f"{hours:.1f}",
        interval=f"{rhythm.interval:.0f}",
        jitter=f"{100 * (1 - rhythm.regularity):.1f}",
    )
    second = _("contacts in {share} percent of the log's time, skew of intervals {skew}").format(
        share=round(100 * rhythm.coverage), skew=f"{rhythm.skew:.2f}"
    )
    if rhythm.size < 0:
        return first, second
    third = _("half of what is sent differs from {size} bytes by less than {jitter} %").format(
        size=rhythm.size, jitter=f"{100 * (1 - rhythm.size_regularity):.1f}"
    )
    return first, second, third
