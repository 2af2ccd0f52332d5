"""Ids of speakers whom an article does not name, so that what `the second official` said groups.

One whom the text takes up again (`the official`, `he`) keeps the id; another one described alike has another.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from extract.ids import description_id
from extract.model import Quote, SpeakerKind, TextSpan
from extract.quotes.cues import Descriptions
from extract.quotes.speakers.discourse import Layout
from extract.quotes.speakers.referents import Referent

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = re.compile(r"['’‘ʼ]")
_MOST_WORDS = 8  # of a description in an id


class DescriptionIds:
    """Gives ids to the unnamed speakers of one article.

    Args:
        article_id: Id of the article.
        layout: Its sentences and posts: a description means nobody in another post.
        descriptions: The words about speakers.
        meaning: Returns whom a speaker's phrase means.
    """

    def __init__(
        self,
        article_id: str,
        layout: Layout,
        descriptions: Descriptions,
        meaning: Callable[[TextSpan], Referent],
    ) -> None:
        self._article_id = article_id
        self._layout = layout
        self._phrases = descriptions.phrases
        self._meaning = meaning
        self._by_origin: dict[int, str] = {}
        self._by_words: dict[tuple[int, str], str] = {}

    def give(self, quotes: Sequence[Quote]) -> tuple[Quote, ...]:
        """Return quotes with the ids of those speakers who have none, in the order of their phrases."""
        ids = {index: self._id_of(phrase, quotes[index].speaker_kind) for index, phrase in _described(quotes)}
        return tuple(
            replace(quote, speaker_name_id=ids[index]) if index in ids else quote
            for index, quote in enumerate(quotes)
        )

    def _id_of(self, phrase: TextSpan, kind: SpeakerKind | None) -> str | None:
        """Return the id of whom a phrase means; None for a name, which may be that of several."""
        referent = self._meaning(phrase)
        if referent.introduced is None:
            return None
        words = self._words_of(referent.name)
        here = self._layout.post(phrase.start), words
        if referent.introduced not in self._by_origin:
            known = self._by_words.get(here) if self._is_one_alone(phrase, kind) else None
            self._by_origin[referent.introduced] = known or self._new(words)
        self._by_words[here] = self._by_origin[referent.introduced]
        return self._by_origin[referent.introduced]

    def _is_one_alone(self, phrase: TextSpan, kind: SpeakerKind | None) -> bool:
        """Return whether the same words mean the same speaker: `the official`, a body (`police`)."""
        first = phrase.text.split()[0].lower()
        is_some = first in self._phrases.indefinite | self._phrases.quantities | self._phrases.selecting
        is_body = kind == "organisation" and not is_some
        return is_body or self._phrases.definite.match(phrase.text) is not None

    def _words_of(self, description: str) -> str:
        """Return the words of a description without its article: `us-official`."""
        words = [word.lower() for word in _WORD.findall(_APOSTROPHES.sub("", description))]
        words = words[1:] if words[1:] and words[0] in self._phrases.determiners else words
        return "-".join(words[:_MOST_WORDS])

    def _new(self, words: str) -> str:
        """Return an id that nobody has yet: the words, with a number from the second one described so."""
        taken, number, new = set(self._by_origin.values()), 1, description_id(self._article_id, words)
        while new in taken:
            number += 1
            new = description_id(self._article_id, f"{words}-{number}")
        return new


def _described(quotes: Sequence[Quote]) -> Iterator[tuple[int, TextSpan]]:
    """Yield the index and the phrase of each speaker who may be described, in the order of the phrases.

    Left out are pronouns that mean nobody known, names that several may bear, and the labels of turns, which
    two may share.
    """
    phrases = [
        (quote.speaker.start, index) for index, quote in enumerate(quotes) if quote.speaker is not None
    ]
    for _, index in sorted(phrases):
        quote = quotes[index]
        is_unknown = quote.speaker_kind == "pronoun" and quote.speaker_method is None
        is_named = quote.speaker_name_id is not None or quote.speaker_kind == "named"
        if quote.speaker is not None and not (is_named or is_unknown or quote.rule == "turn"):
            yield index, quote.speaker
