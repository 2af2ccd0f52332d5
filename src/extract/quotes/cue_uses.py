"""Cues in a Doc: each word that introduces speech, with the speaker that the parse gives it."""

from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Token

from extract.quotes.cues import Cues, Descriptions
from extract.quotes.layout import NO_REGION, Layout, Tokens
from extract.quotes.noun_phrases import noun_phrase
from extract.quotes.phrases import singular
from extract.quotes.syntax import (
    FINITE_TAGS,
    find_speaker,
    finite_tag,
    has_object,
    is_passive,
    subject_of,
    subjects_of,
    verb_tokens,
)

CueKind = Literal["speech", "thought", "stance", "preposition", "complement"]

# Whoever writes the article, or nobody: not among those whom it quotes.
AUTHOR = frozenset({"i", "we", "you", "me", "us", "my", "our", "your", "one", "nobody", "anybody", "anyone"})
_PHRASE_TAGS = frozenset({"NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM", "CCONJ", "ADP", "PART", "ADV"})
_CLOSING_WORDS = 4  # words after a closing cue: `told the agency on Monday`
_MAX_CLOSING = 12  # tokens of the phrase before it
_MAX_PHRASE = 25  # tokens of a speaker phrase to either side of its head
_NAME_IN_MARKS = 6  # a region of so few tokens may be a name and hold a speaker


@dataclass(frozen=True, slots=True)
class CueUse:
    """One use of a cue word.

    Attributes:
        token: The cue verb or the first word of the preposition.
        tokens: Range of the whole cue (`called on`).
        speaker: Range of the speaker's phrase, None if the parse shows none.
        head: Head word of that phrase.
        closing: Whether cue and speaker close the sentence, so that what they report stands before them.
    """

    token: Token
    lemma: str
    kind: CueKind
    tokens: Tokens
    reliability: float
    speaker: Tokens | None
    head: Token | None
    closing: bool = False


def find_cue_uses(layout: Layout, cues: Cues) -> list[CueUse]:
    """Find every cue outside quotation marks, in order."""
    uses: list[CueUse] = []
    sources = _prepositions(cues)
    for token in layout.doc:
        if not layout.is_bare(token.i):
            continue
        is_verb = token.pos_ == "VERB" or _is_misread(token) or _follows_quotation(layout, token)
        use = _verb_use(layout, token, cues) if is_verb else None
        if use is None and token.lower_ in sources:
            use = _preposition_use(layout, token, sources[token.lower_])
        if use is not None:
            uses.append(use)
    return uses


def _is_misread(token: Token) -> bool:
    """Return whether a noun is a verb: a name before it, `that` after it, a clause hung on it.

    Parsers take `predicts` after an unknown name for the head of a noun phrase.
    """
    return (
        token.tag_ in ("NNS", "VBZ")
        and not subjects_of(token)
        and any(child.dep_ == "compound" and child.pos_ == "PROPN" for child in token.lefts)
        and token.i + 1 < len(token.doc)
        and token.doc[token.i + 1].lower_ == "that"
        and any(child.dep_ in ("ccomp", "acl") for child in token.rights)
    )


def _follows_quotation(layout: Layout, token: Token) -> bool:
    """Return whether a plural noun is a verb: `"...," jokes Brandt`, `"...," Brandt fumes`."""
    doc, before = layout.doc, token.i - 1
    following = doc[token.i + 1] if token.i + 1 < len(doc) else None
    inverted = following is not None and following.pos_ in ("PROPN", "DET", "PRON")
    if token.tag_ != "NNS" or before < 0 or not (inverted or doc[before].pos_ == "PROPN"):
        return False
    while before > 0 and layout.is_bare(before) and doc[before].pos_ == "PROPN":
        before -= 1
    number = layout.region_of[before]
    if number == NO_REGION or not layout.regions[number].closed:
        return False
    return layout.text[layout.regions[number].end - 1] in ",?!"


def _is_cut_off(head: Token | None, verb: Token) -> bool:
    """Return whether a semicolon stands between a verb and the subject that it would share."""
    return head is not None and any(
        token.text == ";" for token in verb.doc[max(head.i, verb.i - _MAX_PHRASE) : verb.i]
    )


def _name_before(verb: Token) -> Token | None:
    """Return the last word of a name between commas before a verb: `an engineer, Karl Brandt, explains`."""
    before = verb.i - 2
    if before < 0 or verb.doc[verb.i - 1].text != ",":
        return None
    name = verb.doc[before]
    return name if name.pos_ == "PROPN" and name.dep_ != "pobj" else None


def _prepositions(cues: Cues) -> dict[str, list[tuple[list[str], float]]]:
    """Return first word -> (all words, reliability) of the prepositional cues."""
    sources: dict[str, list[tuple[list[str], float]]] = {}
    for phrase, reliability in cues.prepositions.items():
        words = phrase.split()
        sources.setdefault(words[0], []).append((words, reliability))
    return sources


def _verb_use(layout: Layout, token: Token, cues: Cues) -> CueUse | None:
    lemma = token.lemma_.lower()
    tokens = verb_tokens(token, cues.particles.get(lemma, frozenset()))
    kind = _kind(lemma, cues, tokens)
    if kind is None or token.dep_ in ("amod", "compound"):
        return None
    head = find_speaker(find_reporter(token, cues))
    if _is_cut_off(head, token) or (head is None and token.tag_ in FINITE_TAGS and not is_passive(token)):
        head = _name_before(token) or head
    if head is None and _is_misread(token):
        head = next(child for child in token.lefts if child.dep_ == "compound")
    elif head is not None and head.i < token.i and not can_speak(head, cues.descriptions):
        head = _main_subject(head, cues.descriptions) or head
    speaker = speaker_phrase(layout, head, token)
    closing = None
    if kind == "speech":
        closing = _closing_speaker(layout, token) or _inverted_speaker(layout, token, cues.descriptions)
    if closing is not None and not (head is not None and closing[0] <= head.i < closing[1]):
        speaker, head = closing, layout.doc[closing[0] : closing[1]].root
    return CueUse(
        token=token,
        lemma=lemma,
        kind=kind,
        tokens=tokens,
        reliability=cues.reliability(lemma),
        speaker=speaker,
        head=head,
        closing=closing is not None,
    )


def is_author(head: Token | None) -> bool:
    """Return whether the phrase names the writer or nobody; `one in three` names people."""
    if head is None or head.lower_ not in AUTHOR:
        return False
    return not (head.lower_ == "one" and any(child.lower_ in ("in", "of") for child in head.rights))


def find_reporter(verb: Token, cues: Cues) -> Token:
    """Return the cue whose speaker also speaks with `verb`, though the parse hangs it on what was reported.

    `X said that the roads were closed and called it "..."`, `X said that they were closed, calling it "..."`.
    """
    clause = verb.head
    if verb.dep_ == "acl" and verb.tag_ == "VBG" and clause.dep_ in ("dobj", "dative"):
        addressed = clause.head.lemma_ in cues.addressing and clause.left_edge.i > clause.head.i
        return clause.head if addressed else verb  # `emailed supporters saying: "..."`
    outer = clause.head
    reports = outer.lemma_ in cues.speech or outer.lemma_ in cues.negatable
    if subject_of(verb) is not None or clause.dep_ != "ccomp" or not reports:
        return verb
    conjoined = verb.dep_ == "conj" and verb.tag_ == finite_tag(outer) and verb.tag_ in ("VBD", "VBZ")
    before = verb.doc[verb.left_edge.i - 1].text if verb.left_edge.i else ""
    besides = verb.dep_ == "advcl" and verb.tag_ == "VBG" and before == ","
    return outer if (conjoined or besides) and outer.i < clause.i else verb


def _closing_speaker(layout: Layout, cue: Token) -> Tokens | None:
    """Return the phrase between a comma and the cue that closes its sentence (`..., two officials said.`)."""
    doc = layout.doc
    first, last = layout.sentence(cue.i)
    if has_object(cue) or last - cue.i > _MAX_CLOSING:
        return None
    rest = [token for token in doc[cue.i + 1 : last] if not token.is_punct and not token.is_space]
    if len(rest) > _CLOSING_WORDS or any(token.pos_ in ("VERB", "AUX", "SCONJ") for token in rest):
        return None
    start = cue.i
    while start > first and layout.is_bare(start - 1) and doc[start - 1].text != ",":
        start -= 1
        if doc[start].pos_ not in _PHRASE_TAGS or cue.i - start > _MAX_CLOSING:
            return None
    end = cue.i
    while end > start and doc[end - 1].pos_ == "ADV":
        end -= 1
    if not any(token.tag_ in FINITE_TAGS for token in doc[first:start]):
        return None
    if end == start or doc[end - 1].pos_ not in ("NOUN", "PROPN", "PRON"):
        return None
    return start, end


def _inverted_speaker(layout: Layout, cue: Token, descriptions: Descriptions) -> Tokens | None:
    """Return the phrase after a cue that closes its clause (`..., reckoned Brandt.`).

    A parse may take it for the object of a second verb of the clause before.
    """
    doc = layout.doc
    first, last = layout.sentence(cue.i)
    if (
        cue.tag_ not in FINITE_TAGS
        or cue.i <= first
        or doc[cue.i - 1].text != ","
        or subject_of(cue) is not None
    ):
        return None
    end = next((i for i in range(cue.i + 1, last) if doc[i].text in ".;"), last)
    phrase = doc[cue.i + 1 : end]
    if not 0 < len(phrase) <= _MAX_CLOSING or phrase[0].pos_ in ("ADP", "ADV", "PART", "CCONJ"):
        return None
    if any(token.pos_ not in _PHRASE_TAGS for token in phrase):
        return None
    if not all(layout.is_bare(i) for i in range(first, end)) or not can_speak(phrase.root, descriptions):
        return None
    return (phrase.start, phrase.end) if any(t.tag_ in FINITE_TAGS for t in doc[first : cue.i]) else None


def _kind(lemma: str, cues: Cues, tokens: Tokens) -> CueKind | None:
    has_particle = tokens[1] - tokens[0] > 1
    if lemma in cues.speech or (lemma in cues.phrasal and has_particle):
        return "speech"
    if lemma in cues.thought:
        return "thought"
    return "stance" if lemma in cues.stance else None


def can_speak(head: Token, descriptions: Descriptions) -> bool:
    """Return whether a noun names a person, a group or a document, or stands beside a name that does."""
    if head.pos_ != "NOUN" or head.ent_type_ != "" or descriptions.kind(head.text) != "described":
        return True
    if any(child.dep_ == "appos" and child.pos_ == "PROPN" for child in head.rights):
        return True
    known = descriptions.persons | descriptions.voices
    return singular(head.lower_, known) in known


def _main_subject(head: Token, descriptions: Descriptions) -> Token | None:
    """Return the sentence's subject if it can speak: `A statement came after the talks, which said ...`."""
    root = next((ancestor for ancestor in head.ancestors if ancestor.dep_ == "ROOT"), head)
    subject = subject_of(root)
    if subject is None or subject.i >= head.i or not can_speak(subject, descriptions):
        return None
    return subject


def speaker_phrase(layout: Layout, head: Token | None, cue: Token) -> Tokens | None:
    """Grow the speaker's phrase; none inside a quotation, and it never holds its cue."""
    if head is None or _in_quotation(layout, head):
        return None
    lowest, highest = max(head.i - _MAX_PHRASE, 0), min(head.i + _MAX_PHRASE, len(layout.doc))
    if head.i < cue.i:
        highest = min(highest, cue.i)
    else:
        lowest = max(lowest, cue.i + 1)
    return noun_phrase(head, lowest, highest)


def _in_quotation(layout: Layout, token: Token) -> bool:
    region = layout.region_of[token.i]
    return region >= 0 and layout.inner[region][1] - layout.inner[region][0] > _NAME_IN_MARKS


def _preposition_use(layout: Layout, token: Token, phrases: list[tuple[list[str], float]]) -> CueUse | None:
    for words, reliability in phrases:
        end = token.i + len(words)
        if end >= len(layout.doc) or [word.lower_ for word in layout.doc[token.i : end]] != words:
            continue
        head = next((child for child in layout.doc[end - 1].rights if child.dep_ == "pobj"), None)
        if head is None:
            head = _noun_after(layout, end)
        speaker = speaker_phrase(layout, head, layout.doc[end - 1])
        if head is not None and speaker is not None:
            kind: CueKind = "preposition"
            return CueUse(token, " ".join(words), kind, (token.i, end), reliability, speaker, head)
    return _owned_view(layout, token, phrases)


def _owned_view(layout: Layout, token: Token, phrases: list[tuple[list[str], float]]) -> CueUse | None:
    """Return the source of `in X's view`, which stands for `in the view of X`."""
    noun = next((child for child in token.rights if child.dep_ == "pobj"), None)
    owner = None if noun is None else next((child for child in noun.lefts if child.dep_ == "poss"), None)
    if noun is None or owner is None:
        return None
    for words, reliability in phrases:
        speaker = speaker_phrase(layout, owner, noun) if noun.lower_ in words[1:] else None
        if speaker is not None:
            cue = noun.i, noun.i + 1
            return CueUse(token, " ".join(words), "preposition", cue, reliability, speaker, owner)
    return None


def _noun_after(layout: Layout, start: int) -> Token | None:
    """Return the last noun of the noun run that starts at a token, where the parse gives no object."""
    found = None
    for token in layout.doc[start : start + _NAME_IN_MARKS]:
        if token.pos_ in ("NOUN", "PROPN", "PRON"):
            found = token
        elif found is not None or token.pos_ not in ("DET", "ADJ", "NUM"):
            break
    return found
