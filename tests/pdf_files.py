"""Minimal PDF files for tests: lines of text at places of pages."""

from collections.abc import Sequence

Line = tuple[str, float, float]
"""A text and its place: from the left, from the foot."""

HEIGHT = 12.0


def pdf(pages: Sequence[Sequence[Line]], *, title: str | None = None, extra: str = "") -> bytes:
    """Return a PDF whose pages show these lines in 10-point Helvetica, in this order."""
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(pages)))
    bodies = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< /Title ({title or ''}) >>",
    ]
    for number, lines in enumerate(pages):
        content = "BT /F1 10 Tf " + " ".join(_shown(line) for line in lines) + " ET"
        font = "/Resources << /Font << /F1 3 0 R >> >>"
        bodies += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {6 + 2 * number} 0 R {font} >>",
            f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        ]
    return _file(bodies, extra)


def column(texts: Sequence[str], x: float, top: float) -> list[Line]:
    """Return lines below each other."""
    return [(text, x, top - HEIGHT * number) for number, text in enumerate(texts)]


def _shown(line: Line) -> str:
    text, x, y = line
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"1 0 0 1 {x} {y} Tm ({escaped}) Tj"


def _file(bodies: Sequence[str], extra: str) -> bytes:
    data, places = "%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"trailer << /Size {len(bodies) + 1} /Root 1 0 R /Info 4 0 R {extra} >>"
    start = len(data)
    head = f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n"
    return f"{data}{head}{table}{trailer}\nstartxref\n{start}\n%%EOF\n".encode("latin-1")
