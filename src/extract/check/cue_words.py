"""Checks of models/quotes/: the shape of its files, and words that contradict each other."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from extract.check.word_lists import words_in_two
from extract.knowledge import Finding, KnowledgeFile, check_shape, line_at
from extract.quotes.conversations import CONVERSATIONS_FILE
from extract.quotes.cue_shapes import CueFile, SpeakerFile
from extract.quotes.cues import CONFIDENCES_FILE, CUES_FILE, RANKING_FILE, SPEAKERS_FILE
from extract.quotes.grammar import GRAMMAR_FILE
from extract.quotes.grammar_shapes import Confidences, ConversationsFile, GrammarFile, RankingWeights

_SHAPES: Mapping[Path, type[KnowledgeFile]] = {
    CUES_FILE: CueFile,
    SPEAKERS_FILE: SpeakerFile,
    GRAMMAR_FILE: GrammarFile,
    CONVERSATIONS_FILE: ConversationsFile,
    CONFIDENCES_FILE: Confidences,
    RANKING_FILE: RankingWeights,
}


def check_cues(models_dir: Path) -> Iterator[Finding]:
    """Yield what is wrong in the files of models/quotes/."""
    for name, shape in _SHAPES.items():
        path = models_dir / name
        file, findings = check_shape(path, shape)
        yield from findings
        if isinstance(file, CueFile):
            yield from _cues(path, file)
        elif isinstance(file, SpeakerFile):
            yield from _speakers(path, file)
        elif isinstance(file, GrammarFile):
            yield from _grammar(path, file)
        elif isinstance(file, ConversationsFile):
            yield from _conversations(path, file)


def _cues(path: Path, cues: CueFile) -> Iterator[Finding]:
    kinds = {f"verbs.{kind}": getattr(cues.verbs, kind) for kind in type(cues.verbs).model_fields}
    yield from words_in_two(path, kinds, "Keep it where it belongs.")
    verbs = {verb for kind in kinds.values() for verb in kind}
    yield from _frames(path, cues)
    heads = {verb.partition(" ")[0] for verb in cues.frames if " " in verb}
    missing = "is no cue"
    advice = "Add it to [verbs], or remove it."
    yield from _strangers(path, ("particles",), cues.particles, verbs | heads, missing, advice=advice)
    known = verbs | cues.frames.keys()
    listed = {
        ("evidence", "verbs"): cues.evidence.verbs,
        ("topical", "verbs"): cues.topical.verbs,
        ("conversing", "verbs"): cues.conversing.verbs,
        ("negatable", "verbs"): cues.negatable.verbs,
        ("telling", "verbs"): cues.telling.verbs,
        ("naming", "verbs"): cues.naming.verbs,
    }
    for keys, words in listed.items():
        yield from _strangers(path, keys, words, known, missing, advice=advice)
    keys = "telling", "closing"
    yield from _strangers(path, keys, cues.telling.closing, cues.telling.verbs, "is not in `verbs`")
    frames = {frame for entry in cues.frames.values() for frame in entry}
    yield from _strangers(path, ("personal", "frames"), cues.personal.frames, frames, "is no frame of a verb")


def _frames(path: Path, cues: CueFile) -> Iterator[Finding]:
    clauses = {*cues.verbs.speech, *cues.verbs.thought}
    for verb, frames in cues.frames.items():
        if "that" in frames and verb in clauses:
            message = f"{verb!r} takes a clause already, as a verb of speech or thought."
            yield _finding(path, ("frames", verb), message, "Remove the frame `that`.")
        head, _, particle = verb.partition(" ")
        if particle and particle not in cues.particles.get(head, ()):
            advice = f"Add it to `{head}` in [particles], or mend the verb."
            yield _finding(path, ("frames", verb), f"{particle!r} is no particle of {head!r}.", advice)


def _speakers(path: Path, speakers: SpeakerFile) -> Iterator[Finding]:
    for section in ("gender", "first_names"):
        genders = getattr(speakers, section)
        lists = {f"{section}.male": genders.male, f"{section}.female": genders.female}
        yield from words_in_two(path, lists, "Keep one, or none if it tells nothing.")
    for section, part, wholes in (
        ("documents", "authored", ("nouns",)),
        ("documents", "depicting", ("nouns",)),
        ("documents", "examining", ("nouns",)),
        ("organisations", "after_names", ("nouns",)),
        ("persons", "anonymous", ("nouns", "others")),
        ("persons", "posts", ("nouns", "others")),
    ):
        lists = getattr(speakers, section)
        known = {word for whole in wholes for word in getattr(lists, whole)}
        problem = f"of `{part}` is not in `{'` or `'.join(wholes)}`"
        yield from _strangers(path, (section, part), getattr(lists, part), known, problem)
    problem, nouns = "is in no list of organisations", speakers.organisations.nouns
    yield from _strangers(path, ("name_nouns",), speakers.name_nouns.values(), nouns, problem)
    for name, group in speakers.groups.items():
        yield from _strangers(path, ("groups", name, "nouns"), group.nouns, nouns, problem)


def _grammar(path: Path, grammar: GrammarFile) -> Iterator[Finding]:
    for section in ("pronouns", "determiners"):
        kinds = getattr(grammar, section)
        lists = {f"{section}.{kind}": getattr(kinds, kind) for kind in type(kinds).model_fields}
        yield from words_in_two(path, lists, "Keep it where it belongs.")
    phrases = grammar.phrases
    keys, problem = ("phrases", "prepositions"), "continues a phrase, but is not in `after_head`"
    yield from _strangers(path, keys, phrases.prepositions, phrases.after_head, problem)


def _conversations(path: Path, conversations: ConversationsFile) -> Iterator[Finding]:
    labels = conversations.labels
    lists = {f"labels.{kind}": getattr(labels, kind) for kind in type(labels).model_fields}
    yield from words_in_two(path, lists, "Keep it where it belongs.")


def _strangers(
    path: Path,
    keys: tuple[str, ...],
    words: Iterable[str],
    known: Collection[str],
    problem: str,
    *,
    advice: str = "Add it there.",
) -> Iterator[Finding]:
    """Yield an error for each word that another list must have and has not."""
    for word in words:
        if word not in known:
            yield _finding(path, keys, f"{word!r} {problem}.", advice, word)


def _finding(path: Path, keys: tuple[str, ...], message: str, advice: str, at: str = "") -> Finding:
    return Finding(path, line_at(path, keys, at), "error", message, advice)
