"""The errors that extract raises deliberately.

Each says what failed, what was found, and what to do about it.
"""

from extract.printable import printable


class ExtractError(Exception):
    """Base class of all errors that a caller may want to catch.

    Args:
        message: What failed and what was found; control characters from names of files are escaped.
        advice: What the user can do about it.
    """

    def __init__(self, message: str, *, advice: str = "") -> None:
        self.message = printable(message)
        self.advice = printable(advice)
        super().__init__(self.message)

    def __reduce__(self) -> tuple[object, ...]:
        """Keep `advice` when the error crosses a process boundary."""
        return (_rebuild, (type(self), self.message, self.advice))

    def __str__(self) -> str:
        return f"{self.message} {self.advice}".strip()


def _rebuild(kind: type[ExtractError], message: str, advice: str) -> ExtractError:
    return kind(message, advice=advice)


class SettingsError(ExtractError):
    """A setting with an invalid value."""


class InputError(ExtractError):
    """An input path that does not exist or has no reader."""


class ReadError(ExtractError):
    """A source that cannot be read as an article; the others are still processed.

    Attributes:
        code: The code of the issue that it becomes.
    """

    code = "binary"


class TooLargeError(ReadError):
    """A source that would take too much memory or time to read."""

    code = "too_large"


class NoArticlesError(ReadError):
    """A source that is whole and readable, but holds no articles."""

    code = "no_articles"


class ModelError(ExtractError):
    """A language model that is missing or differs from the evaluated version."""


class LexiconError(ExtractError):
    """A knowledge file under models/ that is invalid."""


class OverrideError(ExtractError):
    """A correction by hand that is invalid."""


class ExportError(ExtractError):
    """An export that cannot be written."""


class AnnotationError(ExtractError):
    """A file of an annotation tool that does not fit the published articles."""


class ClusterError(ExtractError):
    """A cluster that cannot be reached, or whose workers cannot do the work of this run."""


class SchemaError(ExtractError):
    """Rows that violate the schema of their table."""


class StoreError(ExtractError):
    """An output folder that cannot be read or written."""


class NewerStoreError(StoreError):
    """An output folder that was written by a newer version of extract."""


class StoreLockedError(StoreError):
    """An output folder that another run is using."""


class QueryError(ExtractError):
    """A question to the published tables that is not understood: a name, a day, or SQL."""


class EvaluationError(ExtractError):
    """Gold data that is missing or does not match the articles."""
