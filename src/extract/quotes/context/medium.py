"""How words were made public: what the sentence of the cue tells beside the quote."""

from collections.abc import Iterator

from spacy.tokens import Span, Token

from extract.model import Medium
from extract.quotes.context.beside import Beside
from extract.quotes.context.words import MediaWords

_LONGEST_NOUN = 3  # words and hyphens
_PLACES = frozenset({"FAC", "GPE", "LOC"})
_OBJECTS = ("dobj", "dative", "nsubjpass")


def medium_of(beside: Beside, words: MediaWords) -> Medium | None:
    """Return the most specific medium that is told with an utterance; None if none is.

    Args:
        beside: The words of the sentences around the quote that are no quote.
        words: Words that name a medium.
    """
    told = {medium for token in beside.tokens for medium in _named_by(token, beside, words)}
    told |= {"report" for token in beside.tokens if _is_written_in(token, beside, words)}
    told |= {"broadcast" for token in beside.tokens if _is_channel(token, words)}
    told |= {words.cues[token.lemma_] for token in beside.tokens if _is_participle(token, words)}
    if beside.cue is not None and beside.cue.name in words.cues:
        told.add(words.cues[beside.cue.name])
    return next((medium for medium in words.ranked if medium in told), None)


def occasion(heading: Span, words: MediaWords) -> Medium | None:
    """Return the most specific medium that the words above a transcript name: `Press Briefing by ...`."""
    told = {_named(token, words) for token in heading}
    return next((medium for medium in words.ranked if medium in told), None)


def introduced_in(sentence: Span, words: MediaWords) -> Token | None:
    """Return the noun for an utterance that a sentence tells of.

    `issued a |statement`, `spoke at a |rally`, `a military |statement said`.
    """
    nouns = [token for token in sentence if medium_at(token, words)]
    issued = (noun for noun in nouns if _is_issued(noun, words) or _is_at_root(noun, words))
    return next(issued, None) or next((noun for noun in nouns if _speaks_at_root(noun, words)), None)


def _is_issued(noun: Token, words: MediaWords) -> bool:
    return noun.dep_ == "dobj" and noun.head.lemma_ in words.issuing


def _is_at_root(noun: Token, words: MediaWords) -> bool:
    return noun.dep_ == "pobj" and _is_beside_cue(noun, words) and noun.head.head.dep_ == "ROOT"


def _speaks_at_root(noun: Token, words: MediaWords) -> bool:
    """Return whether a noun is a document that says what its sentence reports."""
    return noun.dep_ == "nsubj" and noun.head.dep_ == "ROOT" and medium_at(noun, words) not in words.occasions


def _named_by(token: Token, beside: Beside, words: MediaWords) -> Iterator[Medium]:
    """Yield the medium that a noun names, if it stands in the frame of one or is the speaker."""
    named = medium_at(token, words)
    if named is None:
        return
    is_speaker = token.i in beside.speaker and token.head.i not in beside.speaker
    is_document = is_speaker and named not in words.occasions
    is_told = _is_beside_cue(token, words) and not _is_elsewhere(_whole(token, words), beside, words)
    if is_document or is_told or _introduces(token, beside, words):
        yield named


def _introduces(noun: Token, beside: Beside, words: MediaWords) -> bool:
    """Return whether the cue is the participle of a document: `a |report by UNESCO, stating that ...`."""
    cue = None if beside.cue is None else beside.cue.token
    if cue is None or cue.tag_ != "VBG":
        return False
    is_shown = noun.dep_ == "nsubj" and noun.head.lemma_ in words.showing  # `a |video shows him saying`
    is_told = cue.head.i == (noun.head.i if noun.dep_ == "attr" else noun.i)
    return is_shown or (is_told and cue.dep_ in ("acl", "advcl"))


def _is_elsewhere(noun: Token, beside: Beside, words: MediaWords) -> bool:
    """Return whether a noun belongs to another act: `Brandt, who wrote the |report, said`.

    `Despite the fears stated in the |letter, Brandt said`.
    """
    verb = noun.head if noun.dep_ in _OBJECTS else noun.head.head
    if verb.pos_ == "NOUN" and verb.dep_ == "appos":
        return True  # `Brandt, the |envoy in the talks, said`
    if beside.cue is None or verb.pos_ not in ("VERB", "AUX") or beside.cue.token.i in (verb.i, verb.head.i):
        return False
    if verb.is_ancestor(beside.cue.token) or verb.lemma_ in words.speaking:
        return False
    if verb.dep_ in ("relcl", "pcomp"):
        return True
    return verb.dep_ == "acl" and verb.head.i not in beside.speaker and not medium_at(verb.head, words)


def _is_channel(token: Token, words: MediaWords) -> bool:
    """Return whether a word ends the name of a channel on which somebody spoke: `said on Fox |News`."""
    runs = (token.doc[max(token.i - length, 0) : token.i + 1].text for length in range(_LONGEST_NOUN))
    return token.dep_ == "pobj" and token.head.lower_ == "on" and any(run in words.channels for run in runs)


def _is_participle(token: Token, words: MediaWords) -> bool:
    """Return whether a participle beside the cue says the medium: `Brandt, |interviewed by Reuters, said`."""
    return token.tag_ in ("VBN", "VBG") and token.dep_ in ("acl", "advcl") and token.lemma_ in words.cues


def _is_written_in(token: Token, beside: Beside, words: MediaWords) -> bool:
    """Return whether a word is the outlet in which the cue says somebody wrote: `wrote in the |Herald`."""
    preposition, cue = token.head, beside.cue
    is_written = cue is not None and cue.lemma in words.writing and preposition.head.i == cue.token.i
    is_inside = token.dep_ == "pobj" and preposition.lower_ == "in" and token.pos_ == "PROPN"
    is_outlet = token.ent_type_ == "ORG" or token.left_edge.lower_ == "the"
    return is_written and is_inside and is_outlet and token.ent_type_ not in _PLACES


def medium_at(token: Token, words: MediaWords) -> Medium | None:
    """Return the medium that ends at a word of a sentence: `press |conference`, `statement`, `Facebook`."""
    is_vague = token.tag_ == "NNS" and token.lemma_.lower() in words.vague
    return None if is_vague else _named(token, words, is_part=bool(token.ent_type_))


def _named(token: Token, words: MediaWords, *, is_part: bool = False) -> Medium | None:
    """Return the medium that ends at a word; part of another name (`the Washington Post`) is none.

    The name of a broadcaster is one: `on Valley TV`. A network tells more than what is on it: `Twitter post`.
    """
    if token.pos_ not in ("NOUN", "PROPN"):
        return None
    before = token.nbor(-1).text if token.i else ""
    if token.lemma_.lower() in words.carried and before in words.names:
        return words.names[before]
    if token.lower_ not in words.endings and token.lemma_.lower() not in words.endings:
        return None
    is_inside = token.i + 1 < len(token.doc) and token.nbor().ent_iob_ == "I"  # `|Committee of the Red Cross`
    for length in range(_LONGEST_NOUN, 0, -1):
        run = token.doc[max(token.i - length + 1, 0) : token.i + 1]
        name = None if is_inside else words.names.get(run.text)
        singular = run[:-1].text_with_ws.lower() + token.lemma_.lower()
        noun = words.nouns.get(singular) or words.nouns.get(run.text.lower())  # `talks` is no `talk`
        if name or (noun and (not is_part or noun == "broadcast")):
            return name or noun
    return None


def _whole(noun: Token, words: MediaWords) -> Token:
    """Return the noun of which another one is told, itself, its part, or its name.

    `as |part of a rally`, `in his blog |Marsan Notes`.
    """
    name = noun
    while name.dep_ == "compound" and name.i < name.head.i:
        name = name.head
    if name.text[0].isupper() and noun.pos_ == "NOUN":
        return name
    of = noun.head
    return of.head if of.lower_ == "of" and of.head.lemma_.lower() in words.parts else noun


def _is_beside_cue(token: Token, words: MediaWords) -> bool:
    """Return whether a noun says where or in what something is said."""
    noun = _whole(token, words)
    head = noun.head
    is_heard = token.lemma_.lower() in words.heard and token.tag_ == "NNS"
    if is_heard and token.i + 1 < len(token.doc) and token.nbor().lower_ == "to":
        return False
    if noun.dep_ in _OBJECTS:
        return head.lemma_ in words.verbs
    is_hearer = head.i > 0 and head.nbor(-1).pos_ == "NOUN" and head.lower_ == "to"  # `a letter to the court`
    is_time = head.lower_ == "as" and noun.i == token.i  # not `as part of a rally`
    if noun.dep_ != "pobj" or is_hearer or is_time:
        return False
    return head.lower_ in words.prepositions or medium_at(token, words) in words.narrow.get(head.lower_, ())
