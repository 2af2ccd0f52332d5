"""The option `--label`, checked."""

from typing import Annotated, get_args

import typer

from extract.model import Label

LABELS: tuple[str, ...] = get_args(Label)


def _known(labels: list[str] | None) -> list[str] | None:
    unknown = sorted(set(labels or ()) - set(LABELS))
    if unknown:
        raise typer.BadParameter(f"{', '.join(unknown)}: not one of {', '.join(LABELS)}")
    return labels


Labels = Annotated[
    list[str] | None,
    typer.Option(
        "--label",
        callback=_known,
        help="Only names with this label; may be given more than once.",
        show_default="all",
    ),
]
