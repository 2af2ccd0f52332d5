"""Some bits that flip; `bit_flips.py` flips 300."""

from bit_flips import Flips
from grounds import Ground, quick_folder, warm_runs


def test_nobody_is_deceived_by_a_flipped_bit() -> None:
    with quick_folder() as folder, warm_runs():
        flips = Flips(Ground(folder / "ground"), folder, seed=7)
        assert flips.flip(4) == []  # of a part or not, with the same time or not
    assert sum(flips.ends.values()) >= 4 * 6
