"""What `extract --help` prints: every command, in groups, on a screen of 24 lines and 80 columns."""

from collections.abc import Iterator, Mapping

import typer
from typer.core import TyperGroup

# Commands that belong together share a line.
_GROUPS: Mapping[str, tuple[str, ...]] = {
    "read": ("run", "plan"),
    "ask": ("report", "search", "who", "query", "show"),
    "share": ("export", "push, pull"),
    "correct": ("doubtful, fix", "overrides", "import", "unlinked", "lexicon", "check", "evaluate"),
    "keep": ("history, rollback", "doctor"),
}
_SHARED_LINES: Mapping[str, str] = {
    "push, pull": "Publish tables at an address; fetch them from there.",
    "doubtful, fix": "List what is least sure; write down what is right.",
    "history, rollback": "List the publications; publish an earlier one again.",
}
_OPTIONS = "--version, --install-completion, --show-completion, --help"
_WIDTH = 80


class Overview(TyperGroup):
    """A group whose help is a line for each command, without typer's frames, which take long to load."""

    def get_help(self, ctx: object) -> str:  # noqa: ARG002 - typer calls it so
        """Return the help; the commands are bold on a terminal."""
        return "\n".join(
            (
                str(self.help),
                "Usage: extract COMMAND ...  (extract COMMAND --help: its options, with examples)",
                "",
                *self._lines(),
                "",
                f"Options: {_OPTIONS}",
            )
        )

    def _lines(self) -> Iterator[str]:
        width = max(len(names) for group in _GROUPS.values() for names in group)
        for group, lines in _GROUPS.items():
            for names in lines:
                heading = group if names == lines[0] else ""
                words = _SHARED_LINES.get(names) or self.commands[names].get_short_help_str(_WIDTH)
                yield f"{heading:8}{typer.style(f'{names:{width}}', bold=True)}  {words}"
