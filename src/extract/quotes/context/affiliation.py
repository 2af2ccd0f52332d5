"""On whose behalf somebody speaks: the body in the office, the title or the description of the speaker."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from itertools import islice, pairwise

from spacy.tokens import Span, Token

from extract.model import Mention, Quote, TextSpan
from extract.quotes.context.companions import is_plain, with_companions
from extract.quotes.context.people import BODIES, STATES, id_of, name_at, names_in, span_at, text_span
from extract.quotes.context.surroundings import Surroundings
from extract.quotes.context.titles import is_joined, title_of, titles_of
from extract.quotes.noun_phrases import noun_phrase
from extract.quotes.syntax import first_with_dep

_OWNER = re.compile(
    r"(?P<owner>(?:the|this|that) [\w -]{2,40}?)['’]s? |(?P<pronoun>its|their|his|her) ", re.IGNORECASE
)
_OF_BODY = re.compile(r"\b(?:by|of|for|from) (?P<body>the [\w-]+(?: [\w-]+)?)$")
_HYPHENS = ("-", "‐", "‑", "–")
_MENTIONS = 10  # nearest mentions of a speaker's name whose descriptions are read
_LONGEST = 25  # tokens of a description on either side of its head
_SENTENCES = 3  # up to a phrase, in which the body stands that it takes up


class Affiliations:
    """Finds on whose behalf the speakers of one article speak.

    Args:
        around: The article and what is known of it.
    """

    def __init__(self, around: Surroundings) -> None:
        self._surroundings = around
        self._doc = around.doc
        self._text = around.text
        self._mentions = around.mentions
        self._cues = around.cues
        self._words = around.words.affiliations
        self._issuing = around.words.media.issuing
        self._spokesmen = around.words.about.spokesmen
        self._administrations = around.words.about.states.administrations
        self._resolver = around.resolver
        self._holders = around.holders
        self._known: dict[str, tuple[str, ...]] = {}
        self._beside: dict[int, Sequence[Span]] = {}
        self._told: dict[tuple[int, int, str | None], tuple[str, ...]] = {}

    def of_all(self, quotes: Sequence[Quote]) -> list[tuple[str, ...]]:
        """Return for each quote the ids of the bodies, persons or states for which its speaker speaks.

        What a later quote tells of a speaker (`the prime minister said`) holds for the earlier ones too.
        """
        found = [self._of(quote) for quote in quotes]
        known = (self._known.get(_own_id(quote) or "", ()) for quote in quotes)
        own = [side or other for side, other in zip(found, known, strict=True)]
        return with_companions(quotes, own, self._surroundings)

    def _of(self, quote: Quote) -> tuple[str, ...]:
        own = _own_id(quote)
        key = own or quote.speaker_name
        if quote.speaker is None or key is None or quote.speaker_kind == "organisation":
            return ()
        if quote.speaker_kind == "document":
            return (own,) if own else self._issuers(quote.speaker)
        together = self._persons_together(quote.speaker)
        if len(together) > 1:
            return tuple(dict.fromkeys(side for one in together for side in self._side_of(one, quote.start)))
        if not self._known.get(key):
            self._known[key] = self._find(quote, own)
        return self._known[key]

    def _persons_together(self, speaker: TextSpan) -> Sequence[str]:
        """Return the ids of persons who speak together: `the envoys |Brandt and |Hartwig`."""
        names = [one for one in self._names_in(speaker) if one.label == "PERSON"]
        gaps = [self._text[one.end : after.start] for one, after in pairwise(names)]
        are_joined = any(" and " in gap for gap in gaps) and not any("'s" in gap for gap in gaps)
        return tuple(dict.fromkeys(filter(None, map(id_of, names)))) if are_joined else ()

    def _side_of(self, person: str, place: int) -> tuple[str, ...]:
        """Return for whom a person speaks, by the nearest description of a mention of the name."""
        told = (self._told_by(one, person) for one in self._descriptions_of(person, place))
        return next(filter(None, told), ())

    def _issuers(self, document: TextSpan) -> tuple[str, ...]:
        """Return those named in the phrase for a document, else as who issued it: `sent by |Brandt`."""
        named = tuple(dict.fromkeys(filter(None, map(id_of, self._names_in(document)))))
        owner = None if named else self._owner(document)
        if owner is not None:
            return (owner,)
        span = None if named else span_at(self._doc, document.start, document.end)
        issue = None if span is None else first_with_dep(span.root.rights, "acl")
        by = (
            None
            if issue is None or issue.lemma_ not in self._issuing
            else first_with_dep(issue.rights, "agent")
        )
        if by is None:
            return named
        agent = text_span(self._doc[by.i : by.right_edge.i + 1])
        return tuple(dict.fromkeys(filter(None, map(id_of, self._names_in(agent)))))[:1]

    def _names_in(self, phrase: TextSpan) -> Iterator[Mention]:
        """Yield the names in a phrase that stand for themselves, unlike `|UN-sponsored`."""
        for name in names_in(self._mentions, phrase.start, phrase.end):
            if self._text[name.end : name.end + 1] not in _HYPHENS or name.end == phrase.end:
                yield name

    def _find(self, quote: Quote, own: str | None) -> tuple[str, ...]:
        """Return what the nearest description tells, the speaker's own phrase first."""
        for description in self._descriptions(quote, own):
            found = self._told_by(description, own)
            if found:
                return found
        speaker = quote.speaker
        if speaker is None:
            return ()
        spoken_for = self._side_of_spokesman(speaker) if quote.speaker_kind == "described" else None
        if spoken_for is not None:
            return (spoken_for,)
        return self._side_of_title(speaker) if own is None else ()

    def _side_of_title(self, speaker: TextSpan) -> tuple[str, ...]:
        """Return the only side of those whom the article names with a title: `the |High Commissioner`."""
        phrase = span_at(self._doc, speaker.start, speaker.end)
        noun = "" if phrase is None else title_of(phrase.root)
        if phrase is None or phrase[0].lower_ != "the" or phrase.root.tag_ not in ("NN", "NNP"):
            return ()
        if noun not in self._words.titles:
            return ()
        sides = {
            self._told_by(title, id_of(one))
            for one in self._mentions
            if one.label == "PERSON" and (name := span_at(self._doc, one.start, one.end)) is not None
            for title in titles_of(name, self._mentions, self._words)
            if noun in map(title_of, title)
        } - {()}
        return sides.pop() if len(sides) == 1 else ()

    def _descriptions(self, quote: Quote, own: str | None) -> Iterator[Span]:
        """Yield the speaker's phrase with its appositions, then those of the other mentions of the name."""
        speaker = quote.speaker
        if speaker is not None and quote.speaker_kind != "pronoun":
            yield from self._around(speaker.start, speaker.end)
        yield from self._descriptions_of(own, quote.start)

    def _descriptions_of(self, own: str | None, place: int) -> Iterator[Span]:
        """Yield the phrases beside the mentions of a person's name, the nearest first."""
        for one in self._mentions_of(own, place):
            if one.start not in self._beside:
                self._beside[one.start] = list(self._beside_name(one))
            yield from self._beside[one.start]

    def _beside_name(self, mention: Mention) -> Iterator[Span]:
        """Yield the phrases beside one mention of a person's name."""
        name = span_at(self._doc, mention.start, mention.end)
        if name is not None:
            yield from titles_of(name, self._mentions, self._words)
            yield from self._around(mention.start, mention.end)

    def _mentions_of(self, own: str | None, place: int) -> Sequence[Mention]:
        """Return the mentions of a person that are nearest to a place, and those that introduce it.

        These are the first one and the first with the full name, as a headline has the surname alone.
        """
        same = self._persons.get(own or "", ())
        nearest = sorted(same, key=lambda one: abs(one.start - place))
        full = (one for one in same if len(one.text.split()) > 1)
        return [*nearest[:_MENTIONS], *same[:1], *islice(full, 1)]

    @cached_property
    def _persons(self) -> Mapping[str, Sequence[Mention]]:
        """The mentions of persons by entity id and by name id, in text order."""
        found: dict[str, list[Mention]] = defaultdict(list)
        for one in self._mentions:
            if one.label == "PERSON":
                for name in {one.entity_id or "", one.name_id or ""}:
                    found[name].append(one)
        found.pop("", None)
        return found

    def _around(self, start: int, end: int) -> Iterator[Span]:
        """Yield the phrase around some words, and what stands in apposition to it."""
        span = span_at(self._doc, start, end)
        if span is None:
            return
        head = span.root
        yield self._with_joined(span)
        for noun in (head, *(child for child in head.children if child.dep_ == "appos")):
            yield self._phrase(noun)
        if head.dep_ == "appos":
            yield self._doc[self._phrase(head.head).start : max(head.left_edge.i, head.head.i + 1)]

    def _with_joined(self, span: Span) -> Span:
        """Return a phrase with the state that `and` joins to its first one: `|U.S. and Iranian officials`."""
        before = span.start - 2
        is_joined = before >= 0 and self._doc[before + 1].lower_ == "and"
        names = [name_at(self._mentions, self._doc[one]) for one in (before, span.start)] if is_joined else []
        are_states = len(names) > 0 and all(one and one.entity_kind in STATES for one in names)
        return self._doc[before : span.end] if are_states else span

    def _phrase(self, noun: Token) -> Span:
        lowest, highest = max(noun.i - _LONGEST, 0), min(noun.i + _LONGEST, len(self._doc))
        start, end = noun_phrase(noun, lowest, highest, self._cues) or (noun.i, noun.i + 1)
        return self._doc[start:end]

    def _told_by(self, phrase: Span, own: str | None) -> tuple[str, ...]:
        """Return those for whom the person described by a phrase speaks; each phrase is read once."""
        key = (phrase.start, phrase.end, own)
        if key not in self._told:
            self._told[key] = self._read(phrase, own)
        return self._told[key]

    def _read(self, phrase: Span, own: str | None) -> tuple[str, ...]:
        span = text_span(phrase)
        names = [
            one
            for one in self._names_in(span)
            if id_of(one) not in (own, None) and (one.label == "PERSON" or not self._is_elsewhere(one, span))
        ]
        nouns = {title_of(token) for token in phrase}
        states = [one for one in names if one.entity_kind in STATES]
        if states and nouns & self._words.posted:
            return self._joined(states)  # `|Iraq's UN envoy`
        bodies = [one for one in names if self._is_body(one)]
        if bodies and (nouns & self._words.titles or is_joined(phrase, self._words)):
            return self._joined(bodies)
        office = self._office(span, own)
        if office is not None:
            return (office,)
        is_aide = not nouns.isdisjoint(self._words.aides)
        owner = None
        if nouns & self._words.titles:
            owner = self._owner(span, of_persons=is_aide) or self._compound(phrase)
        if owner is not None:
            return (owner,)
        persons = [one for one in names if one.label == "PERSON"]
        if persons and is_aide:
            return self._joined(persons)
        return self._state(nouns, states, own) or self._state_of_passage(nouns, span, own)

    def _state(self, nouns: AbstractSet[str], states: Sequence[Mention], own: str | None) -> tuple[str, ...]:
        """Return the states of an official, by name or as the country of a known person with an office."""
        if not nouns & self._words.officials or nouns & self._words.partial:
            return ()
        if states:
            return self._joined(states)
        home = self._holders.state_of(self._holders.countries.get(own or ""))
        return (home,) if home and nouns & self._words.offices else ()

    def _state_of_passage(
        self, nouns: AbstractSet[str], phrase: TextSpan, own: str | None
    ) -> tuple[str, ...]:
        """Return the state that the text is about, for an office without one: `Defence Minister Brandt`."""
        is_office = not nouns.isdisjoint(self._words.offices) and nouns.isdisjoint(self._words.partial)
        role = self._holders.role_of(phrase) if is_office else None
        if own is None or role is None or role.is_owned:
            return ()
        home = self._holders.state_of(self._holders.countries.get(own) or self._holders.country_at(role))
        return (home,) if home else ()

    def _is_body(self, name: Mention) -> bool:
        """Return whether a name is that of a body, not only of its kind: `Senate`."""
        is_known = name.entity_id is not None or name.text.lower() not in self._words.chambers
        return name.label in BODIES and is_known

    def _is_elsewhere(self, name: Mention, phrase: TextSpan) -> bool:
        """Return whether a preposition in a phrase makes a name tell no side: `the ambassador to |Iraq`."""
        before = self._text[phrase.start : max(name.start, phrase.start)].lower().split()
        before = [word for word in before if word != "the"][-1:]
        is_place = name.label not in BODIES and not self._words.places.isdisjoint(before)
        return is_place or not self._words.elsewhere.isdisjoint(before)

    def _joined(self, names: Sequence[Mention]) -> tuple[str, ...]:
        """Return the ids of names that `and` joins, else of the first; of names side by side the last."""
        kept = list(names[:1])
        for one in names[1:]:
            between = self._text[kept[-1].end : one.start].strip(" ,").removeprefix("the ")
            if between == "":
                kept.pop()  # the one beside the noun: `in Iraq US officials`
            elif between not in ("and", "and the"):
                break
            kept.append(one)
        return tuple(dict.fromkeys(found for one in kept if (found := id_of(one))))

    def _office(self, phrase: TextSpan, own: str | None) -> str | None:
        """Return the body of the office in a phrase, or beside the name in it."""
        role = self._holders.role_of(phrase)
        if role is not None:
            return self._holders.body_of(role, own)
        named = (
            one for one in self._mentions_of(own, phrase.start) if phrase.start <= one.start < phrase.end
        )
        roles = (role for one in named if (role := self._holders.office_beside(one)))
        return next((body for role in roles if (body := self._holders.body_of(role, own))), None)

    def _owner(self, phrase: TextSpan, *, of_persons: bool = True) -> str | None:
        """Return the body meant in `the group's spokesman`, `its leader`, `a spokesman for the group`.

        Args:
            phrase: The description of a person or document.
            of_persons: Whether it may be a person's: `his spokesman`, not `his member`.
        """
        owner, body = _OWNER.match(phrase.text), _OF_BODY.search(phrase.text)
        if owner is not None:
            start, end = owner.span("owner" if owner["owner"] else "pronoun")
        elif body is not None:
            start, end = body.span("body")
        else:
            return None
        words = TextSpan(phrase.start + start, phrase.start + end, phrase.text[start:end])
        meant = self._resolver.meaning(words)
        if meant.kind == "place" or (meant.kind == "person" and not of_persons):
            return None
        return meant.entity_id or meant.name_id or self._body_before(words)

    def _compound(self, phrase: Span) -> str | None:
        """Return the body whose noun stands before a title: `|church members`, `a |ministry spokesman`."""
        noun = phrase.root.nbor(-1) if phrase.root.i > phrase.start else None
        if noun is not None and noun.lemma_.lower() in self._administrations:
            return self._state_governed
        known = self._cues.descriptions
        lemma = "" if noun is None else noun.lemma_.lower()
        is_body = lemma in known.organisations or lemma in known.factions
        if noun is None or not is_body or lemma in self._words.officials:  # `army` may be any state's
            return None
        meant = self._resolver.meaning(TextSpan(noun.idx, noun.idx + len(noun), f"the {noun.lower_}"))
        return (meant.entity_id or meant.name_id) if meant.kind != "place" else None

    @cached_property
    def _state_governed(self) -> str | None:
        """The only state whose government the article calls by its head: `the |Brandt administration`."""
        states = {
            self._holders.state_of(self._holders.countries.get(one.entity_id or ""))
            for one in self._mentions
            if (after := self._text[one.end :][:_LONGEST].split()) and after[0] in self._administrations
        } - {None}
        return states.pop() if len(states) == 1 else None

    def _body_before(self, words: TextSpan) -> str | None:
        """Return the body that a noun for one takes up: `UNESCO was told. |The agency's spokesman`."""
        span = span_at(self._doc, words.start, words.end)
        known = self._cues.descriptions
        if span is None or names_in(self._mentions, words.start, words.end):
            return None
        noun = span.root.lemma_.lower()
        is_body = noun in known.organisations or noun in known.factions
        return self._only_body_before(span) if is_body else None

    def _only_body_before(self, phrase: Span) -> str | None:
        """Return the only body of which the text spoke last, up to a phrase."""
        sentence, end = phrase.sent, phrase.start_char
        for _ in range(_SENTENCES):
            names = names_in(self._mentions, sentence.start_char, end)
            bodies = {id_of(one) for one in names if self._is_body(one) and one.entity_kind != "outlet"}
            if bodies or sentence.start == 0:
                return bodies.pop() if len(bodies) == 1 else None
            end = sentence.start_char
            sentence = self._doc[sentence.start - 1].sent
        return None

    def _side_of_spokesman(self, speaker: TextSpan) -> str | None:
        """Return for whom somebody only called a spokesman speaks: `UNESCO was told. A |spokesman said`."""
        phrase = span_at(self._doc, speaker.start, speaker.end)
        if phrase is None or title_of(phrase.root) not in self._spokesmen:
            return None
        return self._only_body_before(phrase) if is_plain(phrase, self._surroundings) else None


def _own_id(quote: Quote) -> str | None:
    return quote.speaker_entity_id or quote.speaker_name_id
