"""When each post of a live blog was written: on its own day or the one above it, else that of the article."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate, pairwise

from extract.model import Unit
from extract.reading.page.anatomy import Anatomy
from extract.reading.page.forms import Forms
from extract.reading.publication.published import Publication
from extract.reading.units.headings import is_heading
from extract.reading.units.posts import FEWEST_POSTS

# How far a blog is opened from its first post, or was last published from its last one.
_NEAR = timedelta(hours=2)
_MIDNIGHT = time(tzinfo=UTC)
_UNKNOWN = "unknown: the posts go over midnight"


def live_posts(anatomy: Anatomy, publication: Publication, forms: Forms) -> tuple[Unit, ...]:
    """Return the posts of a live blog, none if the article is none."""
    posts = [
        index
        for index, (kind, below) in enumerate(pairwise(anatomy.kinds))
        if kind == "dateline" and below == "body"
    ]
    if len(posts) < FEWEST_POSTS:
        return ()
    return tuple(_units(anatomy, posts, publication, forms))


def _units(anatomy: Anatomy, posts: Sequence[int], publication: Publication, forms: Forms) -> Iterator[Unit]:
    times = [anatomy.lines[post].text for post in posts]
    days = list(_stated_days(anatomy, posts, publication, forms))
    n_undated = days.count(None)  # the first ones
    opening = _on_days_of_article(times[:n_undated], publication.moment, forms)
    dated = [forms.dates.moment_on(text, day) for text, day in zip(times, days, strict=True) if day]
    for number, (post, moment) in enumerate(zip(posts, [*opening, *dated], strict=True)):
        source = "byline" if number >= n_undated else publication.source
        yield Unit(_start(anatomy, post), moment, source if moment or not publication.moment else _UNKNOWN)


def _start(anatomy: Anatomy, post: int) -> int:
    """Return where a post begins: with its time, or with a heading above that."""
    above = post - 1
    has_heading = above > 0 and anatomy.kinds[above] == "body" and is_heading(anatomy.lines, above)
    return anatomy.lines[above if has_heading else post].start


def _stated_days(
    anatomy: Anatomy, posts: Sequence[int], publication: Publication, forms: Forms
) -> Iterator[date | None]:
    """Yield the day that a post, the line above it or an earlier post gives; None for the first ones."""
    day = None
    written = publication.moment.date() if publication.moment else None
    for post in posts:
        own, above = anatomy.lines[post].text, anatomy.lines[max(post - 1, 0)].text
        is_below_day = (
            post != posts[0] and anatomy.kinds[post - 1] == "dateline" and forms.dates.is_day(above)
        )
        line = own if any(forms.dates.find_days(own)) else above if is_below_day else None
        found = forms.dates.moment_on(line, day or written) if line else None
        day = found.date() if found else day
        yield day


def _on_days_of_article(
    times: Sequence[str], published: datetime | None, forms: Forms
) -> Sequence[datetime | None]:
    """Return when posts were written that give no day: on that of the article, unless they go over midnight.

    Then either the oldest or the newest of them is of that day, as the hour of publication may tell.
    """
    if published is None:
        return [None] * len(times)
    moments = [forms.dates.moment_on(text, published.date()) for text in times]
    known = [moment for moment in moments if moment]
    if len(known) < len(times) or not known:
        return moments
    in_order = _in_one_order(known)
    days = {moment.date() for moment in in_order}
    if days == {published.date()}:
        return known
    if published.timetz() == _MIDNIGHT:  # no hour
        return [None] * len(times)
    opened, updated = (
        [moment + (published.date() - day) for moment in in_order] for day in (min(days), max(days))
    )
    opened_then = abs(published - min(opened)) <= _NEAR
    updated_then = abs(published - max(updated)) <= _NEAR
    if opened_then == updated_then:
        return [None] * len(times)
    return opened if opened_then else updated


def _in_one_order(moments: Sequence[datetime]) -> Sequence[datetime]:
    """Return moments of one day in the order of their posts, oldest or newest first: whatever is shorter."""
    orders = [_in_order(moments), _in_order(moments[::-1])[::-1]]
    return min(orders, key=lambda order: max(order) - min(order))


def _in_order(moments: Sequence[datetime]) -> list[datetime]:
    """Return moments of one day, each that is before the last one on the next day.

    >>> [found.day for found in _in_order([datetime(2021, 9, 5, hour) for hour in (22, 23, 1)])]
    [5, 5, 6]
    """
    passed = accumulate((after < before for before, after in pairwise(moments)), initial=0)
    return [moment + timedelta(days=days) for moment, days in zip(moments, passed, strict=True)]
