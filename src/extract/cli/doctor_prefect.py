"""Whether the Prefect server that a flow would report to answers; `extract run` needs none."""

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from http.client import HTTPException

from extract.cli.doctor_checks import Finding

VARIABLE = "PREFECT_API_URL"
TIMEOUT = 2.0  # seconds an answer may take
_SCHEMES = ("http://", "https://")
_ADVICE = (
    f"Start it (`prefect server start`), or unset {VARIABLE}: flows then start a server of their own. "
    "`extract run` needs none."
)


def check_prefect(environment: Mapping[str, str]) -> list[Finding]:
    """Ask the server for its health and version.

    Args:
        environment: All variables; one of them names the server.
    """
    url = environment.get(VARIABLE, "").rstrip("/")
    if not url:
        return [Finding("server", f"{VARIABLE} is not set: a flow starts a temporary server")]
    if not url.startswith(_SCHEMES):
        advice = f"Give it as http://HOST:4200/api, or unset {VARIABLE}."
        return [Finding("server", f"{VARIABLE} is {url!r}, no address of a server", "problem", advice)]
    try:
        _ask(f"{url}/health")
        version = _ask(f"{url}/admin/version")
    except urllib.error.HTTPError as error:
        seen = f"{url} answers {error.code} {error.reason}"
        advice = f"See whether {VARIABLE} ends in /api, and whether the server wants a key or password."
        return [Finding("server", seen, "problem", advice)]
    except (OSError, ValueError, HTTPException) as error:
        reason = error.reason if isinstance(error, urllib.error.URLError) else error
        return [Finding("server", f"{url} does not answer: {reason}", "problem", _ADVICE)]
    return [Finding("server", f"{url} answers, version {version}")]


def _ask(address: str) -> object:
    """Return a server's answer.

    Raises:
        OSError: There is none in time, or it is an error.
        HTTPException: It is no server of web pages.
        ValueError: It is no JSON.
    """
    with urllib.request.urlopen(address, timeout=TIMEOUT) as answer:  # noqa: S310 - http or https, see above
        return json.load(answer)
