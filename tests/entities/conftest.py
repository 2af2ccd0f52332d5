"""What the tests of this folder share."""

from collections.abc import Callable
from datetime import date

import pytest
from spacy.tokens import Doc

from extract.entities.linking.linker import link_mentions
from extract.entities.mentions import find_mentions
from extract.lexicon import Lexicon
from extract.model import Mention


@pytest.fixture
def link(parse: Callable[[str], Doc], lexicon: Lexicon) -> Callable[..., list[Mention]]:
    """Find and link the mentions of a text, without a day or as of one."""

    def link_text(text: str, day: date | None = None) -> list[Mention]:
        return list(link_mentions(find_mentions(parse(text), lexicon), lexicon, text, day))

    return link_text
