"""What somebody claims of jobs and technologies: employer with months, technology with year."""

import re

_PART = re.compile(r"[;|\n]")
_JOB = re.compile(
    r"(?P<employer>[^\d].*?)[\s,:(]+(?P<first>(?:19|20)\d\d)(?:[-/.](?P<month>\d{1,2}))?"
    r"\s*(?:\.\.|to|until|[-–—])\s*(?:(?P<last>(?:19|20)\d\d)(?:[-/.](?P<end>\d{1,2}))?|now|today|present)?\)?"
)
_SINCE = re.compile(r"(?P<name>[^\d].*?)[\s,:(]+(?:since|from)?\s*(?P<year>(?:19|20)\d\d)\b.*")
_YEARS = re.compile(r"(?P<name>[^\d].*?)[\s,:(]+(?P<years>\d{1,2})\+?\s*(?:years?|yrs?)\b.*")


def claimed_jobs(text: str) -> list[str]:
    """Each job as `employer 2019-03..2021-05`, without the end where it lasts; what has no dates is left out.

    Args:
        text: Jobs with semicolons, bars or line ends between them, such as `Acme 2019-03 to 2021-05`.
    """
    found = []
    for part in _PART.split(text):
        job = _JOB.fullmatch(part.strip())
        if job is not None:
            employer = " ".join(job["employer"].casefold().split())
            end = f"{job['last']}-{int(job['end'] or 12):02d}" if job["last"] else ""
            found.append(f"{employer} {job['first']}-{int(job['month'] or 1):02d}..{end}")
    return found


def claimed_skills(text: str, year: int | None) -> list[str]:
    """Each technology as `rust 2015`, by the year since when it is claimed; one without a year is left out.

    Args:
        text: Technologies with semicolons, bars or line ends between them: `Rust since 2015; Go: 5 years`.
        year: When it was written; a number of years is counted back from it, and left out without it.
    """
    found = []
    for part in _PART.split(text):
        since, years = _SINCE.fullmatch(part.strip()), _YEARS.fullmatch(part.strip())
        if since is not None:
            found.append(f"{plain_skill(since['name'])} {since['year']}")
        elif years is not None and year is not None:
            found.append(f"{plain_skill(years['name'])} {year - int(years['years'])}")
    return found


def plain_skill(name: str) -> str:
    """Name of a technology in lower case, without blanks and dots: `nodejs`, `c#`."""
    return re.sub(r"[^\w#+]", "", name.casefold())
