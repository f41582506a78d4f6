"""What the browser runs: scripts and style inside the file, and a policy that forbids everything else.

The page carries a Content-Security-Policy: no connection, no frame, no foreign script; its own two
scripts are allowed by their hash, so that even markup that slipped through would not run.
"""

import base64
import hashlib
import json
from collections.abc import Mapping
from importlib import resources
from typing import Any

from bongsu.errors import MissingExtraError
from bongsu.model.text import _


def plotly_script() -> str:
    """The plotly.js that comes with the installed plotly package, safe inside a script element.

    Raises:
        MissingExtraError: When plotly is not installed.
    """
    try:
        from plotly.offline import get_plotlyjs
    except ImportError:
        raise missing_extra("plotly") from None
    return script_text(get_plotlyjs())


def missing_extra(package: str) -> MissingExtraError:
    """Error that says how to install what a report needs."""
    return MissingExtraError(
        _("Cannot write a report: the package {package} is not installed.").format(package=package),
        hint=_("Install it with: {command}").format(command="pip install 'bongsu[report]'"),
    )


def template_text(name: str) -> str:
    """Text of a file in the folder of templates."""
    return resources.files("bongsu.share").joinpath("templates", name).read_text(encoding="utf-8")


def script_text(source: str) -> str:
    """JavaScript that neither ends its script element nor opens a comment in it."""
    source = source.replace("\r\n", "\n").replace("\r", "\n")
    return (
        source.replace("</script", "<\\/script").replace("</SCRIPT", "<\\/SCRIPT").replace("<!--", "<\\!--")
    )


def data_text(data: Mapping[str, Any]) -> str:
    """JSON that holds no character with a meaning in HTML; the same bytes for the same data."""
    text = json.dumps(data, ensure_ascii=True, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def content_policy(scripts: list[str]) -> str:
    """Content-Security-Policy that allows these scripts, inline style and nothing else."""
    hashes = " ".join(f"'sha256-{_digest(script)}'" for script in scripts)
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
