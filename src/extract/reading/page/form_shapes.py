"""What the files of models/reading/ may hold."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from extract.knowledge import KnowledgeFile, Share, SmallWords, SomeWords, Word, Words
from extract.probability import Probability
from extract.reading.export_forms import EXPORTS, ExportsFile
from extract.reading.html.markup_shapes import HTML, HtmlFile

LAYOUT, DATES, LANGUAGE, PASTED = "layout.toml", "dates.toml", "language.toml", "pasted.toml"

Openers = list[Annotated[str, Field(min_length=1)]]  # some end with a blank
LanguageCode = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
Letter = Annotated[str, Field(min_length=1, max_length=1)]
_MINUTES = 14 * 60  # no zone is farther from UTC


class Captions(KnowledgeFile):
    """Words of picture captions and credits."""

    agencies: Words
    credit_words: Words
    openers: Openers
    bare_credits: Words
    small_words: Words


class LeadIns(KnowledgeFile):
    """Words of the city before a story's first sentence."""

    small_words: Words
    sentence_openers: Words


class Bylines(KnowledgeFile):
    """Words of bylines."""

    by: SomeWords
    bare_by: Words
    contributors: SomeWords
    helpers: SomeWords
    crafts: Words
    staff_words: Words
    role_words: Words
    follow: Words
    sources: SomeWords
    small_words: Words
    joining: SomeWords
    after_names: SomeWords
    in_place: SomeWords
    no_name_openers: Words
    desks: Words
    outlet_words: Words


class Boilerplate(KnowledgeFile):
    """Words of lines that are no part of the article."""

    alone: Words
    openers: Openers
    banners: Words
    paywall: Words
    headings: Words
    notices: Words
    notice_openers: Openers
    copyright: SomeWords
    describing: SomeWords
    small_words: Words
    about: SomeWords
    about_small_words: Words
    self_words: Words
    tagline_words: Words
    reader_words: Words
    kickers: Words


class Digests(KnowledgeFile):
    """Words of newsletters and digests."""

    titles: Words


class LayoutFile(KnowledgeFile):
    """models/reading/layout.toml."""

    captions: Captions
    lead_ins: LeadIns
    bylines: Bylines
    boilerplate: Boilerplate
    digests: Digests
    outlets: dict[Word, Words]


class DateLines(KnowledgeFile):
    """Words of lines that give the day of publication."""

    weekdays: Words
    published: Words
    updated: Words
    revised: SomeWords
    fillers: Words
    age_units: Words
    verbs: Words
    month_first: SomeWords
    day_first: SomeWords


class Future(KnowledgeFile):
    """Words that put a date in the writer's future."""

    near: SmallWords
    far: SmallWords
    following: SmallWords


class Past(KnowledgeFile):
    """Words that put a date in the writer's past."""

    near: SmallWords


class BareYears(KnowledgeFile):
    """Words before a year without month and day."""

    before: SmallWords


class DatesFile(KnowledgeFile):
    """models/reading/dates.toml."""

    months: dict[Word, Annotated[int, Field(ge=1, le=12)]]
    zones: dict[Word, Annotated[int, Field(ge=-_MINUTES, le=_MINUTES)]]
    date_lines: DateLines
    future: Future
    past: Past
    bare_years: BareYears


class English(KnowledgeFile):
    """Words by which English is recognised."""

    function_words: Words


class ArabicScript(KnowledgeFile):
    """A language in Arabic letters, with the letters that only it has."""

    language: LanguageCode
    letters: Word
    share: Share


class LanguageFile(KnowledgeFile):
    """models/reading/language.toml."""

    english: English
    latin: dict[LanguageCode, SmallWords]
    arabic: list[ArabicScript]
    scripts: dict[LanguageCode, Annotated[list[Letter], Field(min_length=2, max_length=2)]]


class PastedFile(KnowledgeFile):
    """models/reading/pasted.toml: what is fitted by `python -m benchmarks.reading.fit_pasted`.

    Attributes:
        leave_out: What it costs to leave a box within the body out.
        resume: What it costs to resume the body after a box.
        body: Weights for a line of the body.
        title: Weights for the title among the lines above the body.
    """

    leave_out: float
    resume: float
    body: Probability
    title: Probability


SHAPES: Mapping[str, type[KnowledgeFile]] = {
    LAYOUT: LayoutFile,
    DATES: DatesFile,
    LANGUAGE: LanguageFile,
    HTML: HtmlFile,
    EXPORTS: ExportsFile,
    PASTED: PastedFile,
}
