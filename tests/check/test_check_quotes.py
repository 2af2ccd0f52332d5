"""Words and numbers in models/quotes/ that contradict each other: one finding, on its line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from extract.check.cue_words import check_cues

FAULTS = {
    "a pronoun of two kinds": ("grammar", 'neuter = ["it"', 'neuter = ["he", "it"', "'he' is in"),
    "a determiner of two kinds": ("grammar", 'indefinite = ["a"', 'indefinite = ["the", "a"', "'the' is in"),
    "a capital in a small word": ("grammar", 'modals = ["can"', 'modals = ["Can"', "modals"),
    "a list without a word": ("grammar", 'definite = ["the"]', "definite = []", "definite"),
    "a source without a preposition": ("grammar", '["according to"]', '["according as"]', "according as"),
    "a preposition that ends no head": (
        "grammar", '"close", "inside"', '"close", "beside", "inside"', "'beside'",
    ),
    "an audience of no cue": ("cues", 'verbs = ["assure"', 'verbs = ["yodel", "assure"', "'yodel'"),
    "a closing verb without an audience": ("cues", 'closing = ["tell"]', 'closing = ["say"]', "'say'"),
    "a frame of no verb": ("cues", 'frames = ["object"', 'frames = ["upon", "object"', "'upon'"),
    "an anonymous word for nobody": ("speakers", '"aide", "anchor"', '"yodler", "aide", "anchor"', "yodler"),
    "a label that asks and answers": ("conversations", 'answers = ["a"', 'answers = ["q", "a"', "'q' is in"),
    "an asterisk before the end": ("conversations", '"interview*"', '"inter*view"', "announcing"),
    "a confidence above one": ("confidences", "colon = 0.4", "colon = 1.4", "colon"),
    "a weight that is no number": ("ranking", "speaks = 2.0", "speaks = nan", "speaks"),
    "a weight that there is not": ("ranking", "speaks = 2.0", "speaks = 2.0\nspeeks = 2.0", "speeks"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS.values(), ids=list(FAULTS))
def test_a_fault_is_one_finding_on_its_line(
    fault: tuple[str, str, str, str], tmp_path: Path, copy_models: Callable[[Path], Path]
) -> None:
    name, right, wrong, seen = fault
    models = copy_models(tmp_path)
    path = models / "quotes" / f"{name}.toml"
    text = path.read_text("utf-8")
    assert text.count(right) == 1
    path.write_text(text.replace(right, wrong), "utf-8")
    [finding] = check_cues(models)
    assert (finding.path, finding.severity) == (path, "error")
    assert seen in finding.message
    assert finding.line == text.count("\n", 0, text.index(right)) + 1 + wrong.count("\n")
