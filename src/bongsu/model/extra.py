"""Optional parts: a package is imported where it is used, and its absence names the extra."""

from importlib import import_module
from typing import Any

from bongsu.errors import MissingExtraError
from bongsu.model.text import _


def load_extra(module: str, extra: str) -> Any:  # noqa: ANN401
    """Module of an optional package.

    Args:
        module: Name to import, for instance `rapidfuzz.fuzz`.
        extra: Extra of Bongsu that installs it.

    Raises:
        MissingExtraError: When it is not installed; the hint says how to install the extra.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError:
        raise MissingExtraError(
            _("Cannot go on: the package {package} is not installed.").format(
                package=module.partition(".")[0]
            ),
            hint=_("Install it with: {command}").format(command=f"pip install 'bongsu[{extra}]'"),
        ) from None
