"""Every error that extract raises on purpose.

An error says three things: what failed, what was seen, and what to do about it.
"""


class ExtractError(Exception):
    """Base of all errors that a caller may want to catch.

    Args:
        message: What failed and what was seen.
        advice: What the user can do about it.
    """

    def __init__(self, message: str, *, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice

    def __reduce__(self) -> tuple[object, ...]:
        """Keep `advice` when the error crosses a process boundary."""
        return (_rebuild, (type(self), self.message, self.advice))

    def __str__(self) -> str:
        return f"{self.message} {self.advice}".strip()


def _rebuild(kind: type[ExtractError], message: str, advice: str) -> ExtractError:
    return kind(message, advice=advice)


class SettingsError(ExtractError):
    """A setting with a value that it cannot have."""


class InputError(ExtractError):
    """An input path that does not exist or that no reader understands."""


class ReadError(ExtractError):
    """One source that cannot be read as an article; the others go on."""


class ModelError(ExtractError):
    """A language model that is missing or is not the one we measured."""


class LexiconError(ExtractError):
    """A knowledge file under models/ that breaks its rules."""


class SchemaError(ExtractError):
    """Rows that break the contract of their table."""


class StoreError(ExtractError):
    """An output folder that cannot be read or published to."""


class StoreLockedError(StoreError):
    """Another run holds the output folder."""


class EvaluationError(ExtractError):
    """Gold data that is missing or does not fit the articles."""
