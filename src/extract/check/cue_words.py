"""Checks of models/quotes/: the shape of its files, and cues and nouns that contradict each other."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from pathlib import Path

from extract.knowledge import Finding, check_shape, line_at
from extract.quotes.cue_shapes import CueFile, SpeakerFile
from extract.quotes.cues import CUES_FILE, SPEAKERS_FILE


def check_cues(models_dir: Path) -> Iterator[Finding]:
    """Yield what is wrong in cues.toml and speakers.toml."""
    cues, findings = check_shape(models_dir / CUES_FILE, CueFile)
    yield from findings
    if cues is not None:
        yield from _cues(models_dir / CUES_FILE, cues)
    speakers, findings = check_shape(models_dir / SPEAKERS_FILE, SpeakerFile)
    yield from findings
    if speakers is not None:
        yield from _speakers(models_dir / SPEAKERS_FILE, speakers)


def _cues(path: Path, cues: CueFile) -> Iterator[Finding]:
    kinds = {f"verbs.{kind}": getattr(cues.verbs, kind) for kind in type(cues.verbs).model_fields}
    yield from _in_two(path, kinds, "Keep it where it belongs.")
    clauses = {*cues.verbs.speech, *cues.verbs.thought}
    verbs = {verb for kind in kinds.values() for verb in kind}
    for verb, frames in cues.frames.items():
        if "that" in frames and verb in clauses:
            yield _finding(path, ("frames", verb), f"{verb!r} takes a clause already, as a verb of speech or thought.",
                           "Remove the frame `that`.")  # fmt: skip
        head, _, particle = verb.partition(" ")
        if particle and particle not in cues.particles.get(head, ()):
            advice = f"Add it to `{head}` in [particles], or mend the verb."
            yield _finding(path, ("frames", verb), f"{particle!r} is no particle of {head!r}.", advice)
    heads = {verb.partition(" ")[0] for verb in cues.frames if " " in verb}
    for verb in cues.particles:
        if verb not in verbs | heads:
            yield _finding(
                path, ("particles", verb), f"{verb!r} is no cue.", "Add it to [verbs], or remove it."
            )
    known = verbs | cues.frames.keys()
    for section in ("evidence", "negatable"):
        value = getattr(cues, section)
        for verb in value if isinstance(value, dict) else value.verbs:
            if verb not in known:
                yield _finding(
                    path, (section, verb), f"{verb!r} is no cue.", "Add it to [verbs], or remove it.", verb
                )


def _speakers(path: Path, speakers: SpeakerFile) -> Iterator[Finding]:
    for section in ("gender", "first_names"):
        genders = getattr(speakers, section)
        lists = {f"{section}.male": genders.male, f"{section}.female": genders.female}
        yield from _in_two(path, lists, "Keep one, or none if it tells nothing.")
    for section, part, whole in (
        ("documents", "authored", "nouns"),
        ("organisations", "factions", "nouns"),
    ):
        lists = getattr(speakers, section)
        for noun in getattr(lists, part):
            if noun not in getattr(lists, whole):
                yield _finding(
                    path, (section, part), f"{noun!r} of `{part}` is not in `{whole}`.", "Add it there.", noun
                )


def _in_two(path: Path, lists: Mapping[str, Iterable[str]], advice: str) -> Iterator[Finding]:
    """Yield an error for each word that is in two lists that exclude each other."""
    for (one, words), (other, others) in combinations(lists.items(), 2):
        for word in sorted(set(words) & set(others)):
            yield _finding(
                path, (*other.split("."), word), f"{word!r} is in [{one}] and in [{other}].", advice, word
            )


def _finding(path: Path, keys: tuple[str, ...], message: str, advice: str, at: str = "") -> Finding:
    return Finding(path, line_at(path, keys, at), "error", message, advice)
