"""Who does what in a parse: the subject or agent of a verb, its tense and its particle."""

from spacy.tokens import Token

from extract.quotes.layout import Tokens

_RELATIVE = frozenset({"who", "which", "that", "whom"})


_EMPTY_SUBJECTS = frozenset(
    {"what", "there", "whatever", "this", "everything", "nothing", "something", "anything"}
)


_CLIMBING = frozenset({"xcomp", "advcl", "pcomp", "prep", "conj", "ccomp", "dep"})


FINITE_TAGS = frozenset({"VBD", "VBZ", "VBP", "MD"})


_MAX_CLIMB = 6


def has_object(verb: Token) -> bool:
    """Return whether the verb has an object besides the one it speaks to."""
    return verb.lemma_ != "tell" and any(child.dep_ == "dobj" for child in verb.rights)


def verb_tokens(token: Token, particles: frozenset[str]) -> Tokens:
    """Return the range of a verb with the particle that belongs to it (`called on`)."""
    following = token.i + 1
    if following < len(token.doc) and token.doc[following].lower_ in particles:
        return token.i, following + 1
    return token.i, token.i + 1


def finite_tag(verb: Token) -> str:
    """Return the tag of a verb or of the auxiliary that bears its tense (`does not accept`)."""
    return next((child.tag_ for child in verb.lefts if child.tag_ in FINITE_TAGS), verb.tag_)


def find_speaker(verb: Token) -> Token | None:
    """Return the head of the phrase that speaks with `verb`, None if the parse shows none.

    The subject; of a passive its agent; of a participle, an infinitive or a conjoined verb the subject of the
    verb that it hangs on; of a relative clause the noun before it.
    """
    if is_passive(verb):
        return agent_of(verb)
    current, link = verb, ""
    for _ in range(_MAX_CLIMB):
        subject = agent_of(current) if link == "advcl" and is_passive(current) else None
        subject = subject or _nearest_subject(current, verb)
        if subject is not None:
            return _antecedent(subject, current)
        if current.dep_ in ("acl", "relcl"):
            return current.head
        if current.dep_ not in _CLIMBING or current.head.i == current.i:
            return None
        current, link = current.head, current.dep_
        if current.pos_ in ("NOUN", "PROPN") and current.dep_ not in _CLIMBING:
            return None
    return None


def is_passive(verb: Token) -> bool:
    """Return whether a verb is passive: by its auxiliary or subject, or as a bare past participle."""
    return any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.lefts) or (
        verb.tag_ == "VBN" and verb.dep_ in ("acl", "advcl") and not any(c.dep_ == "aux" for c in verb.lefts)
    )


def agent_of(verb: Token) -> Token | None:
    """Return the head of the phrase after `by`."""
    for child in verb.rights:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            return next((obj for obj in child.rights if obj.dep_ == "pobj"), None)
    return None


def subject_of(verb: Token) -> Token | None:
    """Return the first subject of a verb."""
    return next(iter(subjects_of(verb)), None)


def _nearest_subject(verb: Token, cue: Token) -> Token | None:
    """Return the subject nearest to a verb, of those before the cue if any stands there.

    A parse may give a cue that of the clause that it cuts in two, and a verb the place in its dateline.
    """
    subjects = subjects_of(verb)
    before = [subject for subject in subjects if subject.i < cue.i] if cue.i != verb.i else []
    return min(before or subjects, key=lambda subject: abs(subject.i - verb.i), default=None)


def subjects_of(verb: Token) -> list[Token]:
    """Return the subjects of a verb, active or passive, in text order."""
    return [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")]


def _antecedent(subject: Token, verb: Token) -> Token | None:
    """Return the noun that a relative pronoun stands for; None for subjects that name nobody."""
    if subject.lower_ in _RELATIVE and subject.tag_ in ("WP", "WDT", "IN"):
        noun = _noun_before(subject)
        if subject.lower_ == "who" and noun is not None and noun.pos_ == "PROPN":
            return noun  # a parse may hang the clause on an earlier noun: `a letter by Brandt, who ...`
        return verb.head if verb.dep_ in ("relcl", "acl") else noun
    return None if subject.lower_ in _EMPTY_SUBJECTS else subject


def _noun_before(pronoun: Token) -> Token | None:
    for position in range(pronoun.i - 1, max(pronoun.i - 4, -1), -1):
        token = pronoun.doc[position]
        if token.pos_ in ("NOUN", "PROPN"):
            return token
    return None
