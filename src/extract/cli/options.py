"""Options that several commands have, with the same names, help and defaults."""

from pathlib import Path
from typing import Annotated

import typer

from extract.engines import ENGINES

Output = Annotated[
    Path | None,
    typer.Option(help="Folder of the published tables.", show_default="outputs", metavar="FOLDER"),
]
Engine = Annotated[
    str | None, typer.Option(help=f"Language engine: {ENGINES.help()}.", show_default="spacy", metavar="NAME")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")]
Speaker = Annotated[
    str | None, typer.Option(help="Who said it: an id or a name.", show_default="anybody", metavar="WHO")
]
About = Annotated[
    str | None,
    typer.Option(help="Whom it speaks about: an id or a name.", show_default="anybody", metavar="WHO"),
]
Faction = Annotated[
    str | None,
    typer.Option(
        help="The faction or body that said it, or whose spokesman or member did.",
        show_default="any",
        metavar="WHO",
    ),
]
Outlet = Annotated[
    str | None, typer.Option(help="Part of the outlet's name.", show_default="any", metavar="NAME")
]
Since = Annotated[
    str | None,
    typer.Option(help="First day: 2021-07-28, 2021-07 or 2021.", show_default="no limit", metavar="DAY"),
]
Until = Annotated[
    str | None, typer.Option(help="Last day, likewise.", show_default="no limit", metavar="DAY")
]
To = Annotated[
    Path | None, typer.Option(help="Write to this file.", show_default="standard output", metavar="FILE")
]
