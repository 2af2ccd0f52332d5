"""Checks whether the Prefect server that a flow would report to responds; `extract run` needs none."""

import json
import urllib.error
import urllib.request
from base64 import b64encode
from collections.abc import Mapping
from http.client import HTTPException

from extract.cli.doctor.checks import Finding

VARIABLE = "PREFECT_API_URL"
PASSWORD = "PREFECT_API_AUTH_STRING"  # noqa: S105 - the name of the variable
TIMEOUT = 2.0  # seconds to wait for an answer
_SCHEMES = ("http://", "https://")
_ADVICE = (
    f"Start it (`prefect server start`), or unset {VARIABLE}: flows then start a temporary server. "
    "`extract run` needs none."
)


def check_prefect(environment: Mapping[str, str]) -> list[Finding]:
    """Ask the server for its health and version.

    Args:
        environment: All variables. PREFECT_API_URL is the server's address, PREFECT_API_AUTH_STRING its
            password.
    """
    url = environment.get(VARIABLE, "").rstrip("/")
    if not url:
        return [Finding("server", f"{VARIABLE} is not set: a flow starts a temporary server")]
    if not url.startswith(_SCHEMES):
        advice = f"Write it as http://HOST:4200/api, or unset {VARIABLE}."
        return [Finding("server", f"{VARIABLE} is {url!r}, which is not a web address", "problem", advice)]
    try:
        _ask(f"{url}/health")
        version = _ask(f"{url}/admin/version", environment.get(PASSWORD))
    except urllib.error.HTTPError as error:
        seen = f"{url} answers {error.code} {error.reason}"
        advice = (
            f"Check that {VARIABLE} ends in /api; if the server requires a key or password, set {PASSWORD}."
        )
        return [Finding("server", seen, "problem", advice)]
    except (OSError, ValueError, HTTPException) as error:
        reason = error.reason if isinstance(error, urllib.error.URLError) else error
        return [Finding("server", f"{url} does not answer: {reason}", "problem", _ADVICE)]
    return [Finding("server", f"{url} answers, version {version}")]


def _ask(address: str, password: str | None = None) -> object:
    """Return a server's answer.

    Args:
        address: Of the question.
        password: In the form `user:password`; None if the server asks for none.

    Raises:
        OSError: The answer is an error or does not come in time.
        HTTPException: The answer is not HTTP.
        ValueError: The answer is not JSON.
    """
    request = urllib.request.Request(address)  # noqa: S310 - http or https, see above
    if password:
        request.add_header("Authorization", f"Basic {b64encode(password.encode()).decode()}")
    with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310 - the same
        return json.load(answer)
