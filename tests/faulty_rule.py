"""A date rule with a fault, for tests of what a broken row costs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from unittest import mock

from extract import components
from extract.model import Timex


@contextmanager
def a_rule_with_a_fault(words: str) -> Iterator[None]:
    """Let dates of these words end before they begin, also in the workers of warm runs."""
    plain: Callable[..., tuple[Timex, ...]] = components.find

    def find(*arguments: object, **options: object) -> tuple[Timex, ...]:
        found = plain(*arguments, **options)
        return tuple(_ending_first(one) if one.text == words else one for one in found)

    with mock.patch.object(components, "find", find):
        yield


def _ending_first(timex: Timex) -> Timex:
    return replace(timex, earliest=date(2026, 1, 1), latest=date(2025, 12, 31))
