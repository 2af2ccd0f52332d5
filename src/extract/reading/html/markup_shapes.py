"""What models/reading/html.toml may hold."""

from extract.knowledge import KnowledgeFile, SmallWords, SomeWords

HTML = "html.toml"


class JsonLdTypes(KnowledgeFile):
    """Types of JSON-LD nodes."""

    articles: SmallWords
    pages: SmallWords


class MetaNames(KnowledgeFile):
    """Names of <meta> elements, by what they tell."""

    title: SmallWords
    author: SmallWords
    outlet: SmallWords
    url: SmallWords
    language: SmallWords
    published: SmallWords
    doubtful: SmallWords


class ElementWords(KnowledgeFile):
    """Words in the attributes of elements."""

    byline: SmallWords
    date: SmallWords
    author_pages: SmallWords
    elsewhere: SmallWords
    caption: SmallWords
    tweet: SmallWords
    pull: SmallWords


class AuthorWords(KnowledgeFile):
    """Words of authors' names."""

    openers: SmallWords
    joining: SomeWords
    after: SmallWords
    organisations: SmallWords
    roles: SmallWords


class TitleWords(KnowledgeFile):
    """Marks and words of titles."""

    separators: SomeWords
    empty: SmallWords


class PageWords(KnowledgeFile):
    """Phrases of pages that hold no article, or only its beginning."""

    error_titles: SmallWords
    login_titles: SmallWords
    consent: SmallWords
    paywall: SmallWords
    paywall_elements: SmallWords


class HtmlFile(KnowledgeFile):
    """models/reading/html.toml."""

    json_ld: JsonLdTypes
    meta: MetaNames
    elements: ElementWords
    authors: AuthorWords
    titles: TitleWords
    pages: PageWords
