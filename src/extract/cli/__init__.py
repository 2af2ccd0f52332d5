"""The `extract` command; its subcommands are put together in `extract.cli.app`."""

from extract.signals import end_on_signals


def main() -> None:
    """Run the command; an ExtractError is printed as two lines instead of a traceback."""
    end_on_signals()
    from extract.cli.app import app
    from extract.console import foreseen_errors

    with foreseen_errors():
        app()
