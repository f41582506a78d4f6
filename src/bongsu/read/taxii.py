"""Objects of a collection on a TAXII 2.1 server, page by page: what STIX indicators are read of."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from bongsu.errors import InputError
from bongsu.model.ports import Batch
from bongsu.model.text import _
from bongsu.read.indicator_row import PART_ROWS
from bongsu.read.stix_bundle import rows_of

MEDIA_TYPE = "application/taxii+json;version=2.1"
"""What is asked for and must be answered."""
MOST_PAGES, MOST_BYTES = 10_000, 64 * 1024 * 1024
"""Pages of a collection, bytes of a page."""
_SECONDS = 60
_PAGE = 1_000


class Collection(NamedTuple):
    """Where objects are."""

    url: str
    """`https://HOST/API-ROOT/collections/ID/`."""
    headers: Mapping[str, str] = {}
    """More headers, such as `Authorization`; sent to this host only."""
    added_after: str = ""
    """Time of the last pull: only what was added later is asked for."""


class _NoRedirect(HTTPRedirectHandler):
    """A redirect is refused: it could carry the authorization elsewhere."""

    def redirect_request(self, *_given: Any, **_more: Any) -> None:  # noqa: ANN401
        """None: no other address is asked."""


def pull(collection: Collection, *, batch_rows: int = PART_ROWS) -> Iterator[Batch]:
    """Batches of raw rows of the collection's indicators; the locator is the place among all objects.

    All pages are read first, for a name or a marking may come on a later page.

    Raises:
        InputError: When the server cannot be reached, refuses, or answers something else than TAXII 2.1.
    """
    objects = list(enumerate(_objects(collection), start=1))
    yield from rows_of(objects, urlsplit(collection.url).netloc, batch_rows=batch_rows)


def _objects(collection: Collection) -> Iterator[Any]:
    asked = {"limit": str(_PAGE)} | (
        {"added_after": collection.added_after} if collection.added_after else {}
    )
    seen: set[tuple[str, str]] = set()
    for _number in range(MOST_PAGES):
        page, last_added = _page(collection, asked)
        yield from page.get("objects") or []
        if page.get("more") is not True:
            return
        # A server says what comes next, or leaves it to the time when the last object was added.
        step = ("next", str(page["next"])) if page.get("next") else ("added_after", last_added)
        if not step[1] or step in seen:
            raise _refused(collection.url, _("it says that there is more, but not where"))
        seen.add(step)
        asked |= {step[0]: step[1]}
    raise _refused(collection.url, _("it has more than {most} pages").format(most=MOST_PAGES))


def _page(collection: Collection, asked: Mapping[str, str]) -> tuple[dict[str, Any], str]:
    """One envelope, and when its last object was added."""
    url = collection.url.rstrip("/") + "/objects/"
    if urlsplit(url).scheme not in {"http", "https"}:
        raise _refused(url, _("its scheme is neither http nor https"))
    headers = {"Accept": MEDIA_TYPE, "User-Agent": "bongsu"} | dict(collection.headers)
    request = Request(f"{url}?{urlencode(asked)}", headers=headers)  # noqa: S310
    try:
        with build_opener(_NoRedirect).open(request, timeout=_SECONDS) as answer:
            kind, data = answer.headers.get("Content-Type", ""), answer.read(MOST_BYTES + 1)
            last = answer.headers.get("X-TAXII-Date-Added-Last", "")
        page = json.loads(data) if len(data) <= MOST_BYTES else None
    except HTTPError as error:
        raise _refused(url, f"{error.code} {error.reason}") from error
    except (URLError, OSError, ValueError, RecursionError) as error:
        raise _refused(url, getattr(error, "reason", error)) from error
    if not isinstance(page, dict) or "taxii+json" not in kind:
        raise _refused(url, _("it does not answer in TAXII 2.1"))
    return page, last


def _refused(url: str, why: object) -> InputError:
    return InputError(
        _("Cannot pull {url}: {why}.").format(url=url, why=why),
        hint=_("Check the address of the collection (it ends in /collections/ID/) and the authorization."),
    )
