"""Pages out of templates: everything is escaped, and what is missing is an error."""

from functools import cache
from typing import TYPE_CHECKING

from bongsu.model.text import _
from bongsu.share.report_browser import missing_extra, template_text
from bongsu.share.report_text import plain

if TYPE_CHECKING:
    from jinja2 import Environment


@cache
def page_environment() -> "Environment":
    """Environment that renders the templates of this package.

    Raises:
        MissingExtraError: When the extra `report` is not installed.
    """
    try:
        from jinja2 import Environment, FunctionLoader, StrictUndefined
    except ImportError:
        raise missing_extra("jinja2") from None
    environment = Environment(
        loader=FunctionLoader(template_text),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    environment.globals.update(_=_)
    return environment


def _shown(value: object) -> object:
    """Value as the page shows it: text of strangers without characters that disguise it."""
    return plain(value) if type(value) is str else value
