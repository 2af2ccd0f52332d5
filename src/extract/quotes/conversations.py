"""Words by which conversations and embedded posts are recognised, from models/quotes/conversations.toml."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from extract.knowledge import read_shaped
from extract.quotes.grammar_shapes import ConversationsFile
from extract.text.alternations import any_of

CONVERSATIONS_FILE = Path("quotes", "conversations.toml")


@dataclass(frozen=True, slots=True)
class Conversations:
    """What tells a conversation or a post from prose.

    Attributes:
        labels: Roles and titles in the label of a turn, in lower case (`interviewer`, `gen`).
        unnamed: Labels that name nobody (`q`, `answer`), in lower case.
        answers: The labels in `unnamed` that open an answer.
        conversing: Finds a question, or `I`, `you` and their forms.
        first_person: Finds `I`, `we` and their forms.
        asked: Finds `you` and its forms.
        announcing: Finds the announcement of an interview.
        ending: Matches the line that ends a transcript.
        posting: Finds what shows that a paragraph is part of a post: a pronoun, a handle, a link.
        post_line: Finds the line below an embedded post: `— Name (@handle) July 29, 2021`.
    """

    labels: frozenset[str]
    unnamed: frozenset[str]
    answers: frozenset[str]
    conversing: re.Pattern[str]
    first_person: re.Pattern[str]
    asked: re.Pattern[str]
    announcing: re.Pattern[str]
    ending: re.Pattern[str]
    posting: re.Pattern[str]
    post_line: re.Pattern[str]


def load_conversations(models_dir: Path) -> Conversations:
    """Read models/quotes/conversations.toml.

    Raises:
        LexiconError: The file is missing, is not TOML, or holds what its shape does not allow.
    """
    file = read_shaped(models_dir / CONVERSATIONS_FILE, ConversationsFile)
    labels, pronouns, posts = file.labels, file.pronouns, file.posts
    return Conversations(
        labels=frozenset((*labels.roles, *labels.titles)),
        unnamed=frozenset((*labels.questions, *labels.answers)),
        answers=frozenset(labels.answers),
        conversing=re.compile(rf"\?|{_whole((*pronouns.first_person, *pronouns.second_person))}"),
        first_person=re.compile(_whole(pronouns.first_person)),
        asked=re.compile(_whole(pronouns.asked)),
        announcing=_announcing(file.transcripts.announcing),
        ending=re.compile(rf"{any_of(file.transcripts.ending)}\b|#{{2,}}"),
        posting=re.compile(rf"{_whole(posts.first_person)}|[@#]\w|https?://|t\.co/"),
        post_line=re.compile(
            r"[—–―-]{1,2} ?(?P<name>[^\s()][^\n()]{0,79}?) ?\(@\w{1,20}\),? ?"
            rf"{any_of(posts.months)}\.? \d{{1,2}}, \d{{4}}"
        ),
    )


def _announcing(phrases: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for phrases in which a final asterisk stands for any ending."""
    words = (re.escape(phrase.removesuffix("*")) + r"\w*" * phrase.endswith("*") for phrase in phrases)
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)


def _whole(words: Iterable[str]) -> str:
    """Return a regular expression for any of the words, as a whole word and in the case given."""
    return rf"\b{any_of(words)}\b"
