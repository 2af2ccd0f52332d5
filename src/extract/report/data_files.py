"""Divides articles among the data files of the report, so that new articles change few of them."""

from collections.abc import Iterable, Mapping, Sequence

from extract.ids import digest, file_name

_ARTICLES_A_FILE = 15  # on average
_LATEST = "latest"


def data_files(articles: Iterable[str]) -> Mapping[str, Sequence[str]]:
    """Divide articles into files by name, those of the earliest first.

    An article's id alone tells whether it is the last of its file, which is named after it: wherever articles
    are added, other files stay as they are.

    Args:
        articles: Their ids, the latest first.
    """
    files: dict[str, list[str]] = {}
    some: list[str] = []
    for article_id in reversed([*articles]):
        some.append(article_id)
        if int(digest(article_id.encode("utf-8", "surrogatepass")), 16) % _ARTICLES_A_FILE == 0:
            files[file_name(article_id)], some = some, []
    return files | ({_LATEST: some} if some else {})
