"""Quality floors: scores that a change must not fall below. They may be raised, never lowered."""

from collections.abc import Mapping
from decimal import ROUND_DOWN, Decimal

from extract.evaluate.scores import Scores

_TWO_DIGITS = Decimal("0.01")


def check_floors(scores: Scores, floors: Mapping[str, float]) -> list[str]:
    """Return a sentence for every measure that is below its floor or was not measured."""
    measured = scores.as_dict()
    violations = []
    for name, floor in sorted(floors.items()):
        if name not in measured:
            violations.append(f"{name} has the floor {floor:.4f} but was not measured.")
        elif measured[name] < floor:
            violations.append(f"{name} is {measured[name]:.4f}, below its floor {floor:.4f}.")
    return violations


def raise_floors(scores: Scores, floors: Mapping[str, float]) -> dict[str, float]:
    """Return the floors, each raised to the measured score if that is higher, cut to two digits.

    No floor is lowered, and a measure without a floor does not get one.
    """
    measured = scores.as_dict()
    return {name: max(floor, _cut(measured.get(name, floor))) for name, floor in floors.items()}


def _cut(value: float) -> float:
    return float(Decimal(repr(value)).quantize(_TWO_DIGITS, ROUND_DOWN))
