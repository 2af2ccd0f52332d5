"""Take the pictures of the report in docs/img: the pages that are made of the sample articles.

    python docs/pictures.py [--tables outputs]

Needs Chromium. The tables are those of the samples alone, as `make run` makes them in `outputs`:
other articles have no place in the documentation.
"""

import argparse
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.report.chromium import Chromium, Page

from extract.report import make_report
from extract.report.addresses import article_page

IMAGES = Path(__file__).parent / "img"
MOST_BYTES = 150_000
DESKTOP, PHONE = (1280, 860), (390, 780)


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture.

    Attributes:
        name: Name of its file.
        address: The page, below the report.
        size: Width and height of the screen.
        theme: `light` or `dark`.
        scroll_to: What is to stand on top, a selector; the top of the page if empty.
    """

    name: str
    address: str
    size: tuple[int, int] = DESKTOP
    theme: str = "light"
    scroll_to: str = ""


SHOTS = (
    Shot("today", "index.html"),
    Shot("statements", "statements.html#anonymous=named&type=direct,mixed"),
    Shot("article", article_page("sample-wire")),
    Shot("places", "places.html"),
    Shot("article-dark", article_page("sample-wire"), theme="dark"),
    Shot("article-phone", article_page("sample-wire"), PHONE, scroll_to=".legend"),
    Shot("statements-phone", "statements.html#q=list", PHONE, "dark"),
)


def main() -> None:
    """Take all pictures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tables", type=Path, default=Path("outputs"), help="the tables of the samples")
    tables = parser.parse_args().tables
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, Chromium.started() as browser:
        report = make_report(tables, Path(folder) / "report").index.parent
        for shot in SHOTS:
            picture = take(browser.open(), report, shot)
            if len(picture) > MOST_BYTES:
                raise SystemExit(f"{shot.name} takes {len(picture):,} bytes, more than {MOST_BYTES:,}.")
            (IMAGES / f"{shot.name}.webp").write_bytes(picture)


def take(page: Page, report: Path, shot: Shot) -> bytes:
    """Return a picture as a WebP file."""
    address, mark, fragment = shot.address.partition("#")
    page.resize(*shot.size)
    page.prefer(shot.theme)
    page.open(f"{(report / address).resolve().as_uri()}{mark}{fragment}")
    if address == "statements.html":
        page.wait_for("document.documentElement.dataset.ready")
    if shot.scroll_to:
        page.evaluate(f"document.querySelector({shot.scroll_to!r}).scrollIntoView()")
    return page.picture()


if __name__ == "__main__":
    main()
