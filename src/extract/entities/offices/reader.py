"""Reads the offices in a text: `Iraq's prime minister`, `the leader of Badr`."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extract.lexicon import Entity, Lexicon, Office
from extract.lexicon.keys import APOSTROPHES, HYPHENS
from extract.model import Mention

_LONGEST_TITLE = 10  # words
_MAX_RANKS = 3  # titles between an office and a name: Foreign Minister Dr. X
_REACH = 80  # characters around a name within which its office is expected
# What may come between two words of one phrase.
_GAP = re.compile(rf"(?:[{APOSTROPHES}][sS]?)?(?:[^\S\n]{{1,2}}|[{HYPHENS}])")
_POSSESSIVE = re.compile(rf"[{APOSTROPHES}][sS]\b")
_TO_NAME = re.compile(r"\.?[^\S\n]{1,2}|,[^\S\n]")
_ENDS_APPOSITION = re.compile(rf"[,.;:)\n”\"]|[{APOSTROPHES}]s\b|\s[-–—]|\Z")
_DEFINITE = re.compile(rf"\b[Tt]he\b|[{APOSTROPHES}]|\bof\b")
_EX = re.compile(rf"\b[Ee]x[{HYPHENS}]\w+ $")  # `ex-Reform |chancellor`
_BORDER = re.compile(r"[,;:()\n“”\"]|\.\s|\s[-–—]\s")


@dataclass(frozen=True, slots=True)
class Role:
    """An office as described at one place in a text.

    Attributes:
        start: Start of its phrase, including determiner and owner.
        title: Match key of its title.
        offices: The known offices that it may be, by title and owner.
        owner: The known country or body that the phrase names, None if there is none.
        is_owned: Whether the phrase names a country or body, known or not.
        is_past: Whether the phrase is about an earlier holder: `former`.
    """

    start: int
    title: str
    offices: tuple[Office, ...]
    owner: Entity | None
    is_owned: bool
    is_past: bool

    def held_by(self, entity_id: str) -> bool:
        """Return whether a person ever held one of the offices."""
        return any(term.entity_id == entity_id for office in self.offices for term in office.terms)

    def holders_on(self, day: str) -> tuple[str, ...]:
        """Return the ids of the possible holders of the offices on an ISO day."""
        return tuple(dict.fromkeys(holder for office in self.offices for holder in office.holders_on(day)))

    def held_before(self, entity_id: str, day: str) -> bool:
        """Return whether a person held one of the offices before an ISO day and does not hold it then."""
        return entity_id in self.holders_until(day) and entity_id not in self.holders_on(day)

    def holders_until(self, day: str | None) -> tuple[str, ...]:
        """Return the ids of holders whose term began by an ISO day, of all holders for None."""
        return tuple(
            dict.fromkeys(
                term.entity_id
                for office in self.offices
                for term in office.terms
                if day is None or term.first is None or term.first <= day
            )
        )


@dataclass(frozen=True, slots=True)
class _Token:
    """A word, or a whole mention with its entity."""

    start: int
    end: int
    key: str
    mention: Mention | None
    entity: Entity | None


class RoleReader:
    """Reads offices in one article.

    Args:
        mentions: The article's mentions, in order.
        lexicon: For offices, leaders and spellings.
        text: The article's text.
    """

    def __init__(self, mentions: Sequence[Mention], lexicon: Lexicon, text: str) -> None:
        self._mentions = mentions
        self._lexicon = lexicon
        self._known = lexicon.words.roles
        self._text = text

    def of_name(self, mention: Mention) -> Role | None:
        """Return the office before a name, or in apposition after it.

        `Prime Minister X`, `the leader of Badr, X`, `X, the prime minister,`.
        """
        return self._before(mention) or self._after(mention)

    def of_phrase(self, start: int, end: int) -> Role | None:
        """Return the office that a whole phrase names, such as `the Iraqi prime minister`."""
        role = self._ending_with(self._tokens(start, end), skip_ranks=False)
        if role is None or role.start != start:
            return None
        # `Badr leader` may be any of its leaders, `the Badr leader` and `Badr's leader` only one.
        is_one = role.title not in self._known.leaders or _DEFINITE.search(self._text, start, end)
        return role if is_one else None

    def is_same_title(self, title: str, other: str) -> bool:
        """Return whether two titles are equal or belong to one office (`premier`, `prime minister`).

        The first may also be short for the other one: `governor` for `Basra governor`.
        """
        known, short = self._lexicon.office_titles, self._lexicon.short_office_titles
        offices = {office.id for office in (*known.get(title, ()), *short.get(title, ()))}
        return title == other or not offices.isdisjoint(office.id for office in known.get(other, ()))

    def _before(self, mention: Mention) -> Role | None:
        start = max(0, mention.start - _REACH)
        before = self._text[start : mention.start]
        gap = re.search(r"\W*$", before)
        if gap is None or not _TO_NAME.fullmatch(gap[0]):
            return None
        apart = "," in gap[0]
        if apart and not _ENDS_APPOSITION.match(self._text, mention.end):
            return None  # `in his term as president, X has said`
        role = self._ending_with(self._tokens(start, mention.start - len(gap[0])), skip_ranks=not apart)
        return None if role is None or (apart and not role.is_owned) else role

    def _after(self, mention: Mention) -> Role | None:
        if self._text[mention.end : mention.end + 2] != ", ":
            return None
        start = mention.end + 2
        border = _BORDER.search(self._text, start, start + _REACH)
        return self.of_phrase(start, border.start()) if border else None

    def _tokens(self, start: int, end: int) -> list[_Token]:
        """Return the words between two offsets; each mention counts as one word."""
        first = bisect_left(self._mentions, start, key=lambda mention: mention.start)
        last = bisect_left(self._mentions, end, key=lambda mention: mention.start)
        tokens: list[_Token] = []
        position = start
        for mention in self._mentions[first:last]:
            tokens += self._words(position, mention.start)
            key = self._lexicon.spelling.key(mention.text)
            tokens.append(_Token(mention.start, mention.end, key, mention, self._entity(mention)))
            possessive = _POSSESSIVE.match(self._text, mention.end)
            position = possessive.end() if possessive else mention.end
        return tokens + self._words(position, end)

    def _words(self, start: int, end: int) -> list[_Token]:
        words = self._lexicon.spelling.split(self._text[start:end])
        return [_Token(start + word.start, start + word.end, word.key, None, None) for word in words]

    def _entity(self, mention: Mention) -> Entity | None:
        ids = mention.candidates
        return self._lexicon.entities.get(ids[0]) if len(ids) == 1 else None

    def _ending_with(self, tokens: list[_Token], *, skip_ranks: bool) -> Role | None:
        """Return the office whose phrase ends with the last token."""
        tokens = self._last_phrase(tokens)
        ranks: list[str] = []
        for _ in range(_MAX_RANKS if skip_ranks else 1):
            role = self._whole_title(tokens) or self._title_and_owner(tokens)
            if role is not None:
                return role
            if not tokens or not self._is_rank(tokens[-1]):
                break
            ranks.append(tokens[-1].key)
            tokens = tokens[:-1]
        is_commander = skip_ranks and self._known.ranks.intersection(ranks)
        return self._commander(tokens, ranks) if is_commander else None

    def _is_rank(self, token: _Token) -> bool:
        """Return whether a word is a title that may come between an office and a name, unlike `deputy`."""
        return token.key in self._lexicon.words.titles and token.key not in self._known.not_holding

    def _whole_title(self, tokens: list[_Token]) -> Role | None:
        """Return the office whose title is made up of the last tokens.

        Some titles contain the name of a body (`head of the PMF`) or a country (`speaker of the Iraqi
        parliament`).
        """
        count = self._title_length(tokens)
        if count:
            return self._role(tokens[:-count], tokens[-count:], None)
        if not any(token.entity for token in tokens[-_LONGEST_TITLE:]):
            return None
        for number in range(2, min(_LONGEST_TITLE, len(tokens)) + 1):
            title = tokens[-number:]
            country, rest = _without_country(title)
            if country and self._key(rest) in self._lexicon.office_titles:
                return self._role(tokens[:-number], rest, country)
            renamed = [self._with_full_name(token) for token in title]
            if self._key(renamed) in self._lexicon.office_titles:
                return self._role(tokens[:-number], renamed, None)
        return None

    def _key(self, tokens: Sequence[_Token]) -> str:
        return " ".join(token.key for token in tokens)

    def _with_full_name(self, token: _Token) -> _Token:
        """Return a token with the canonical name of its entity."""
        return replace(token, key=self._lexicon.spelling.key(token.entity.name)) if token.entity else token

    def _title_and_owner(self, tokens: list[_Token]) -> Role | None:
        """Return the office in `<title> of <owner>`."""
        owner, rest = self._owner_after_of(tokens)
        count = self._title_length(rest) if owner else 0
        return self._role(rest[:-count], rest[-count:], owner) if count else None

    def _commander(self, before: list[_Token], ranks: list[str]) -> Role:
        """Return the role of a rank without an office: Gen. X."""
        start = before[-1].end if before else 0
        return Role(start, ranks[-1], (), None, is_owned=False, is_past=False)

    def _last_phrase(self, tokens: list[_Token]) -> list[_Token]:
        """Return the last tokens with only blanks, hyphens and possessives between them."""
        first = len(tokens) - 1
        while first > 0 and self._may_join(tokens[first - 1], tokens[first]):
            first -= 1
        return tokens[max(first, 0) :]

    def _may_join(self, left: _Token, right: _Token) -> bool:
        """Return whether two words may be in one phrase; a full stop may only follow an abbreviated rank."""
        gap = self._text[left.end : right.start]
        return _GAP.fullmatch(gap) is not None or (gap == ". " and left.key in self._known.abbreviations)

    def _owner_after_of(self, tokens: list[_Token]) -> tuple[_Token | None, list[_Token]]:
        """Return the owner in a final `of <owner>`, and the tokens before it."""
        named = tokens[-1].mention if len(tokens) > len(("title", "of")) else None
        if named is None or named.label == "PERSON":
            return None, tokens
        rest = tokens[:-2] if tokens[-2].key == "the" else tokens[:-1]
        return (tokens[-1], rest[:-1]) if rest[-1].key in self._known.owner_prepositions else (None, tokens)

    def _title_length(self, tokens: list[_Token]) -> int:
        """Return the number of final tokens that form the longest known title."""
        for count in range(min(_LONGEST_TITLE, len(tokens)), 0, -1):
            key = self._key(tokens[-count:])
            if (
                key in self._lexicon.office_titles
                or key in self._lexicon.short_office_titles
                or key in self._known.leaders
            ):
                return count
        return 0

    def _role(self, before: list[_Token], title: list[_Token], owner: _Token | None) -> Role | None:
        """Return the office of a title, by its owner and the words before it."""
        start, is_past = title[0].start, False
        for token in _from_article(before):
            if token.key in self._known.others:
                return None
            if owner is None and _may_be_owner(token):
                owner = token
            elif token.key in self._known.past:
                is_past = True
            elif not self._is_modifier(token):
                break
            start = token.start
        is_past = is_past or _EX.search(self._text, max(start - _REACH, 0), start) is not None
        key = self._key(title)
        entity = owner.entity if owner else None
        is_owned = owner is not None or any(token.mention for token in title)
        return Role(start, key, self._offices(key, owner), entity, is_owned, is_past)

    def _is_modifier(self, token: _Token) -> bool:
        """Return whether a word before a title changes nothing: `the`, `country's`, `current`."""
        known = self._known
        return token.key in known.current or token.key in known.countries or token.key == "the"

    def _offices(self, title: str, owner: _Token | None) -> tuple[Office, ...]:
        """Return the offices with a title; none if the phrase names an owner that is not known."""
        if owner is None:
            return self._lexicon.office_titles.get(title, ())
        known = self._offices_of(owner.entity, title) if owner.entity else ()
        return known or (self._heads_of(owner) if title in self._known.leaders else ())

    def _heads_of(self, owner: _Token) -> tuple[Office, ...]:
        """Return the offices of those who lead a country or people: `the Turkish leader`."""
        titles, heads = self._lexicon.office_titles, sorted(self._known.heads)
        offices = [office for head in heads for office in titles.get(f"{owner.key} {head}", ())]
        if owner.entity is not None and owner.entity.kind == "country":
            known = (office for head in heads for office in titles.get(head, ()))
            offices += [office for office in known if self._belongs(office, owner.entity)]
        return tuple(dict.fromkeys(offices))

    def _offices_of(self, owner: Entity, title: str) -> tuple[Office, ...]:
        known = self._lexicon.office_titles.get(title, ())
        if owner.kind != "country":
            known += self._lexicon.short_office_titles.get(title, ())
        if title in self._known.leaders:
            known += self._headships(title, owner)
        fitting = tuple(office for office in known if self._belongs(office, owner))
        if fitting or title not in self._known.leaders or not owner.leaders:
            return fitting
        leadership = f"leader-of-{owner.id}"
        return (Office(leadership, owner.name, owner.country, (title,), owner.id, owner.leaders),)

    def _headships(self, title: str, body: Entity) -> tuple[Office, ...]:
        """Return the offices that head a body: `chairman of the council` for the title `chairman`."""
        offices = (office for office in self._lexicon.offices.values() if office.body == body.id)
        return tuple(o for o in offices if any(known.startswith(f"{title} of ") for known in o.titles))

    def with_longer_titles(self, role: Role) -> Role:
        """Return the role with all offices that its title may be short for; a surname tells which is meant.

        `Prime Minister Barzani` heads a region, `Ambassador X` is one to somewhere, `Gen. X` has a command.
        """
        kinds = (
            self._known.commands if role.title in self._known.ranks else {role.title} - self._known.leaders
        )
        others = [
            office for kind in sorted(kinds) for office in self._lexicon.short_office_titles.get(kind, ())
        ]
        if role.is_owned:
            others = [office for office in others if role.owner and self._belongs(office, role.owner)]
        return replace(role, offices=tuple(dict.fromkeys((*role.offices, *others))))

    def _belongs(self, office: Office, owner: Entity) -> bool:
        """Return whether an office belongs to a country or body, or to a body that is part of the owner."""
        if owner.kind == "country":
            return office.country == owner.country
        body = self._lexicon.entities.get(office.body or "")
        return body is not None and (
            body.id == owner.id or any(m.entity_id == owner.id for m in body.part_of)
        )


def _from_article(tokens: Sequence[_Token]) -> Iterator[_Token]:
    """Yield the tokens from the last one back to the nearest `the`, inclusive."""
    for token in reversed(tokens):
        yield token
        if token.key == "the":
            return


def _may_be_owner(token: _Token) -> bool:
    return token.mention is not None and token.mention.label != "PERSON"


def _without_country(title: Sequence[_Token]) -> tuple[_Token | None, list[_Token]]:
    """Return the only country after the first word of a title, None if not one, and the other tokens."""
    countries = [token for token in title[1:] if token.entity and token.entity.kind == "country"]
    rest = [token for token in title if token not in countries]
    return (countries[0] if len(countries) == 1 else None), rest
