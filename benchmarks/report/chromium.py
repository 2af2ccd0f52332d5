"""Drives a headless Chromium over its DevTools protocol: opens pages, presses keys, takes pictures.

    with Chromium.started() as browser:
        page = browser.open("file:///srv/report/index.html")
        page.press("Tab")
        page.evaluate("document.activeElement.textContent")

https://chromedevtools.github.io/devtools-protocol/ describes the messages.
"""

import base64
import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from websockets.sync.client import connect
from websockets.sync.connection import Connection

NAMES = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 20.0
"""Seconds to wait for the browser, a page or an answer."""

# Without a window, and without a word to anybody outside: Chromium would look for updates and the like.
_ARGUMENTS = (
    *("--headless=new", "--remote-debugging-port=0", "--disable-gpu", "--hide-scrollbars", "--mute-audio"),
    *("--no-first-run", "--disable-sync", "--disable-quic", "--disable-extensions"),
    *("--disable-background-networking", "--disable-component-update", "--disable-default-apps"),
    *("--disable-dev-shm-usage", "--force-color-profile=srgb", "--font-render-hinting=none"),
)
_KEYS = {"Tab": 9, "Enter": 13, "Space": 32}


def find_chromium() -> str | None:
    """Return where Chromium is installed; None if it is not."""
    return next(filter(None, map(shutil.which, NAMES)), None)


class BrowserError(RuntimeError):
    """The browser did not do what it was told."""


@dataclass
class Page:
    """A tab of the browser.

    Attributes:
        messages: What the page said to the console: warnings, errors, refused files.
        requests: The addresses that it asked for.
    """

    browser: "Chromium"
    session: str
    messages: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    _loaded: bool = False

    def send(self, method: str, **parameters: object) -> dict[str, Any]:
        """Send a command for this page and return the answer."""
        return self.browser.send(method, self.session, **parameters)

    def open(self, address: str) -> None:
        """Load an address and wait until the page and its scripts are there.

        Raises:
            BrowserError: It cannot be loaded.
        """
        self._load("about:blank")  # else nothing is loaded where only the fragment differs
        self.messages.clear()
        self.requests.clear()
        self._load(address)

    def _load(self, address: str) -> None:
        self._loaded = False
        error = self.send("Page.navigate", url=address).get("errorText")
        if error:
            raise BrowserError(f"{address}: {error}")
        self.browser.wait_until(lambda: self._loaded, f"{address} does not load")

    def evaluate(self, script: str) -> Any:  # noqa: ANN401 - whatever the script returns
        """Return the value of a JavaScript expression, of a promise what it brings.

        Raises:
            BrowserError: The script failed.
        """
        answer = self.send(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True, userGesture=True
        )
        if "exceptionDetails" in answer:
            details = answer["exceptionDetails"]
            raise BrowserError(details.get("exception", {}).get("description") or details["text"])
        return answer["result"].get("value")

    def wait_for(self, condition: str) -> float:
        """Wait until a JavaScript expression is true; return for how many seconds.

        Raises:
            BrowserError: It does not become true.
        """
        started = time.monotonic()
        self.browser.wait_until(lambda: bool(self.evaluate(f"Boolean({condition})")), f"never: {condition}")
        return time.monotonic() - started

    def click(self, selector: str) -> None:
        """Click with the mouse in the middle of the first element that fits; scroll to it before.

        A page may still be loading: the element is waited for.

        Raises:
            BrowserError: There is none, or it is not to be seen.
        """
        middle = f"""(() => {{ const one = document.querySelector({json.dumps(selector)});
            if (!one || document.readyState !== "complete") return null;
            one.scrollIntoView({{block: "center", behavior: "instant"}});
            const box = one.getBoundingClientRect();
            return [box.x + box.width / 2, box.y + box.height / 2, box.width * box.height]; }})()"""
        found: list[float] = []

        def is_seen() -> bool:
            found[:] = self.evaluate(middle) or []
            return bool(found and found[2])

        self.browser.wait_until(is_seen, f"nothing to click at {selector}")
        for kind in ("mousePressed", "mouseReleased"):
            self.send(
                "Input.dispatchMouseEvent", type=kind, x=found[0], y=found[1], button="left", clickCount=1
            )

    def press(self, key: str) -> None:
        """Press a key: `Tab`, `Enter` or `Space`."""
        code = _KEYS[key]
        text = {"Enter": "\r", "Space": " "}.get(key)
        pressed: dict[str, object] = {"key": " " if key == "Space" else key, "code": key}
        pressed |= {"windowsVirtualKeyCode": code}
        self.send("Input.dispatchKeyEvent", type="keyDown", **pressed, **({"text": text} if text else {}))
        self.send("Input.dispatchKeyEvent", type="keyUp", **pressed)

    def type(self, text: str) -> None:
        """Write a text where the focus is."""
        self.send("Input.insertText", text=text)

    def busy(self) -> float:
        """Return for how many processor seconds the page has worked since it was opened."""
        metrics = self.send("Performance.getMetrics")["metrics"]
        return float(next(one["value"] for one in metrics if one["name"] == "TaskDuration"))

    def resize(self, width: int, height: int) -> None:
        """Show the page as on a screen of that many pixels."""
        self.send(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )

    def prefer(self, theme: str) -> None:
        """Show the page as for a reader who prefers `light` or `dark`."""
        features = [
            {"name": "prefers-color-scheme", "value": theme},
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ]
        self.send("Emulation.setEmulatedMedia", features=features)

    def forbid_scripts(self, forbidden: bool = True) -> None:
        """Load the next pages as a browser does in which JavaScript is turned off."""
        self.send("Emulation.setScriptExecutionDisabled", value=forbidden)

    def picture(self, quality: int = 80) -> bytes:
        """Return what is on the screen as a WebP file."""
        answer = self.send("Page.captureScreenshot", format="webp", quality=quality)
        return base64.b64decode(answer["data"])

    def receive(self, method: str, told: Mapping[str, Any]) -> None:
        """Note an event."""
        if method == "Page.loadEventFired":
            self._loaded = True
        elif method == "Network.requestWillBeSent":
            self.requests.append(told["request"]["url"])
        elif method == "Runtime.consoleAPICalled":
            self.messages.append(" ".join(str(one.get("value")) for one in told["args"]))
        elif method == "Runtime.exceptionThrown":
            self.messages.append(str(told["exceptionDetails"]))
        elif method == "Log.entryAdded":
            self.messages.append(f"{told['entry']['text']} {told['entry'].get('url', '')}")
        elif method == "Page.javascriptDialogOpening":
            self.messages.append(f"dialog: {told['message']}")
            self.send("Page.handleJavaScriptDialog", accept=True)


class Chromium:
    """A browser of its own, with an empty profile.

    Args:
        connection: The connection to it.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._pages: dict[str, Page] = {}
        self._number = 0

    @classmethod
    @contextmanager
    def started(cls) -> Iterator[Self]:
        """Start a browser, and end it with the block.

        Raises:
            BrowserError: It is not installed or does not start.
        """
        program = find_chromium()
        if program is None:
            raise BrowserError(f"none of {', '.join(NAMES)} is installed")
        with tempfile.TemporaryDirectory(prefix="chromium-", ignore_cleanup_errors=True) as profile:
            process = subprocess.Popen(  # noqa: S603 - a program of the system
                [program, *_ARGUMENTS, *_sandbox(), f"--user-data-dir={profile}", "about:blank"],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            try:
                address = _address(Path(profile), process)
                with connect(address, max_size=None, compression=None, proxy=None) as connection:
                    browser = cls(connection)
                    yield browser
                    browser.send("Browser.close")
            finally:
                process.terminate()
                process.wait(PATIENCE)

    def open(self, address: str = "about:blank") -> Page:
        """Open a tab with an address; it remembers nothing of other tabs."""
        context = self.send("Target.createBrowserContext")["browserContextId"]
        target = self.send("Target.createTarget", url="about:blank", browserContextId=context)["targetId"]
        session = self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        page = self._pages[session] = Page(self, session)
        for domain in ("Page", "Runtime", "Log", "Network"):
            page.send(f"{domain}.enable")
        page.send("Performance.enable", timeDomain="threadTicks")
        page.prefer("light")
        page.resize(1280, 900)
        page.open(address)
        return page

    def send(self, method: str, session: str | None = None, **parameters: object) -> dict[str, Any]:
        """Send a command and return the answer.

        Raises:
            BrowserError: The browser refuses, or does not answer.
        """
        self._number += 1
        number = self._number
        message = {"id": number, "method": method, "params": parameters}
        self._connection.send(json.dumps(message | ({"sessionId": session} if session else {})))
        while True:
            answer = self._receive(PATIENCE)
            if answer is None:
                raise BrowserError(f"no answer to {method}")
            if answer.get("id") != number:
                continue
            if "error" in answer:
                raise BrowserError(f"{method}: {answer['error']['message']}")
            result: dict[str, Any] = answer["result"]
            return result

    def wait_until(self, condition: Callable[[], bool], complaint: str) -> None:
        """Wait until a condition holds.

        Raises:
            BrowserError: It does not, for longer than `PATIENCE`.
        """
        until = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > until:
                raise BrowserError(complaint)
            self._receive(0.02)

    def _receive(self, patience: float) -> dict[str, Any] | None:
        """Return the next message, None if none comes; hand an event to its page."""
        try:
            message: dict[str, Any] = json.loads(self._connection.recv(timeout=patience))
        except TimeoutError:
            return None
        page = self._pages.get(message.get("sessionId", ""))
        if page is not None and "method" in message:
            page.receive(message["method"], message["params"])
        return message


def _sandbox() -> tuple[str, ...]:
    """Return the switch without which Chromium does not start as root, as in a container."""
    return ("--no-sandbox",) if os.geteuid() == 0 else ()


def _address(profile: Path, process: "subprocess.Popen[bytes]") -> str:
    """Return the address of the browser's socket, which it writes into its profile when it is ready."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            port, path = (profile / "DevToolsActivePort").read_text("ascii").splitlines()
        except (OSError, ValueError):
            time.sleep(0.02)
            continue
        return f"ws://127.0.0.1:{port}{path}"
    raise BrowserError("Chromium does not start")
