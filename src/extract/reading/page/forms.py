"""The vocabulary of page layouts and date lines, from models/reading/."""

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from extract.knowledge import read_shaped
from extract.reading.export_forms import EXPORTS, ExportForms, ExportsFile
from extract.reading.html.markup import Markup
from extract.reading.html.markup_shapes import HTML, HtmlFile
from extract.reading.page.byline_forms import BylineForms
from extract.reading.page.form_shapes import (
    DATES,
    LANGUAGE,
    LAYOUT,
    PASTED,
    DatesFile,
    LanguageFile,
    LayoutFile,
    PastedFile,
)
from extract.reading.page.languages import Languages
from extract.reading.page.lines import fold
from extract.reading.page.written_dates import DateForms
from extract.settings import default_models_dir
from extract.text.alternations import any_of
from extract.text.line_words import LineWords, load_line_words

_CREDIT_MARKS = frozenset("/|-–—")


@dataclass(frozen=True, slots=True, eq=False)
class Forms:
    """The word lists of models/reading/, compiled for matching; comments in those files explain each list.

    Attributes:
        credits: Matches an agency or outlet in folded text.
        agencies: Folded names of agencies.
        credit_small_words: Words and marks in a credit that have no capital.
        place_small_words: Words in the name of a place that have no capital.
        sentence_openers: First words of a sentence, which begin no place.
        banners: Phrases of a banner above the article.
        paywall: Phrases of a paywall.
        rights: Matches a notice on rights; its group `name` is who has them.
        describing: Matches the start of a notice about an outlet; its group is `name`.
        about: Matches a heading about an outlet; its group is `name`.
        outlet_small_words: Words in an outlet's name that have no capital.
        about_small_words: Those in a heading about an outlet.
        reader_words: Words by which a page speaks to its reader.
        digests: Matches what calls itself a digest in folded text.
        outlets: Matches an outlet in folded text.
        outlet_names: Folded name of an outlet -> its stored name.
        markup: What web pages say in their markup.
        pasted: Weights by which the article is found in a pasted page.
    """

    credits: re.Pattern[str]
    agencies: frozenset[str]
    credit_words: frozenset[str]
    credit_small_words: frozenset[str]
    caption_openers: tuple[str, ...]
    bare_credits: frozenset[str]
    place_small_words: frozenset[str]
    sentence_openers: frozenset[str]
    bylines: BylineForms
    alone: frozenset[str]
    openers: tuple[str, ...]
    banners: tuple[str, ...]
    paywall: tuple[str, ...]
    headings: frozenset[str]
    notices: tuple[str, ...]
    notice_openers: tuple[str, ...]
    rights: re.Pattern[str]
    describing: re.Pattern[str]
    about: re.Pattern[str]
    outlet_small_words: frozenset[str]
    about_small_words: frozenset[str]
    self_words: tuple[str, ...]
    tagline_words: frozenset[str]
    reader_words: frozenset[str]
    kickers: frozenset[str]
    digests: re.Pattern[str]
    outlets: re.Pattern[str]
    outlet_names: Mapping[str, str]
    function_words: frozenset[str]
    languages: Languages
    dates: DateForms
    line_words: LineWords
    markup: Markup
    exports: ExportForms
    pasted: PastedFile

    def outlet_at_start(self, text: str) -> str | None:
        """Return the outlet at the start of the text."""
        match = self.outlets.match(fold(text))
        return self.outlet_names[match[0]] if match else None

    def outlet_in(self, text: str) -> str | None:
        """Return the first outlet in the text."""
        match = self.outlets.search(fold(text))
        return self.outlet_names[match[0]] if match else None

    def outlet_named(self, text: str) -> str | None:
        """Return the outlet whose name is the whole text."""
        return self.outlet_names.get(fold(text))


@functools.cache
def load_forms(models_dir: Path | None = None) -> Forms:
    """Load models/reading/ and models/text/.

    Args:
        models_dir: The models folder; the project's own if None.

    Raises:
        LexiconError: A file is missing, is not valid TOML, or lacks a list; the message names file and line.
    """
    models_dir = models_dir or default_models_dir()
    folder = models_dir / "reading"
    return _compile(
        read_shaped(folder / LAYOUT, LayoutFile),
        read_shaped(folder / DATES, DatesFile),
        read_shaped(folder / LANGUAGE, LanguageFile),
        exports=read_shaped(folder / EXPORTS, ExportsFile),
        markup=read_shaped(folder / HTML, HtmlFile),
        pasted=read_shaped(folder / PASTED, PastedFile),
        line_words=load_line_words(models_dir),
    )


def _compile(
    layout: LayoutFile,
    dates: DatesFile,
    language: LanguageFile,
    *,
    exports: ExportsFile,
    markup: HtmlFile,
    pasted: PastedFile,
    line_words: LineWords,
) -> Forms:
    """Compile the content of the files."""
    captions, furniture = layout.captions, layout.boilerplate
    names = {fold(form): name for name, forms in layout.outlets.items() for form in [name, *forms]}
    return Forms(
        credits=_whole_words([*names, *map(fold, captions.agencies)]),
        agencies=_folded(captions.agencies),
        credit_words=frozenset(captions.credit_words),
        credit_small_words=_CREDIT_MARKS.union(captions.small_words),
        caption_openers=tuple(captions.openers),
        bare_credits=_folded(captions.bare_credits),
        place_small_words=frozenset(layout.lead_ins.small_words),
        sentence_openers=frozenset(layout.lead_ins.sentence_openers),
        bylines=BylineForms.from_data(layout.bylines),
        alone=_folded(furniture.alone),
        openers=tuple(furniture.openers),
        banners=tuple(map(fold, furniture.banners)),
        paywall=tuple(map(fold, furniture.paywall)),
        headings=_folded(furniture.headings),
        notices=tuple(map(fold, furniture.notices)),
        notice_openers=tuple(furniture.notice_openers),
        rights=_rights(furniture.copyright),
        describing=re.compile(rf"(?P<name>[^.,:;]{{3,50}}?) {any_of(furniture.describing)} "),
        about=re.compile(rf"{any_of(furniture.about)} (?P<name>[^.?!:;,]{{2,50}})$"),
        outlet_small_words=frozenset(furniture.small_words),
        about_small_words=frozenset(furniture.about_small_words),
        self_words=tuple(map(fold, furniture.self_words)),
        tagline_words=frozenset(furniture.tagline_words),
        reader_words=frozenset(furniture.reader_words),
        kickers=_folded(furniture.kickers),
        digests=_whole_words(map(fold, layout.digests.titles)),
        outlets=_whole_words(names),
        outlet_names=names,
        function_words=frozenset(language.english.function_words),
        languages=Languages.from_data(language),
        dates=DateForms.from_data(dates),
        line_words=line_words,
        markup=Markup.from_data(markup),
        exports=ExportForms.from_data(exports),
        pasted=pasted,
    )


def _rights(signs: Iterable[str]) -> re.Pattern[str]:
    """Compile a notice on rights: `© 2019-2021 NAME.`."""
    years = r"(?:19|20)[0-9]{2}(?:[-–](?:19|20)?[0-9]{2})?,? *"
    return re.compile(rf"{any_of(signs)} *(?:{years})?(?P<name>[^.,|©]{{3,50}}?)(?:[.,|].*)?")


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(fold, words))


def _whole_words(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that matches the folded names as whole words."""
    return re.compile(rf"(?<!\S){any_of(words)}(?!\S)")
