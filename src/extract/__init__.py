"""Entities, quotes and dates from news on Iraqi politics and armed factions.

>>> import extract
>>> nlp = extract.load(anchor="2021-07-28")
>>> doc = nlp("Karwan Dizayi, a clerk, said on Tuesday that Kata'ib Hezbollah had left Basra.")
>>> [(ent.text, ent.label_, ent.kb_id_) for ent in doc.ents]  # doctest: +NORMALIZE_WHITESPACE
[('Karwan Dizayi', 'PERSON', ''), ("Kata'ib Hezbollah", 'FACTION', 'kataib-hezbollah'),
 ('Basra', 'GPE', 'basra')]
>>> [(quote.text, quote.speaker_name) for quote in doc._.quotes]
[("Kata'ib Hezbollah had left Basra", 'Karwan Dizayi')]
>>> [(timex.text, timex.value) for timex in doc._.timexes]
[('Tuesday', '2021-07-27')]
"""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

    from extract.query import Tables

__all__ = ["load", "open"]


def load(models_dir: Path | None = None, *, anchor: date | str | None = None) -> "Language":
    """Return a spaCy pipeline with the checked English model and all three components.

    Args:
        models_dir: A models/ folder; by default EXTRACT_MODELS_DIR or the one in the package.
        anchor: The day of publication, for Docs whose `doc._.anchor` is not set.

    Raises:
        ModelError: The spaCy model is missing or altered.
        LexiconError: A knowledge file is missing or breaks its rules.
        SettingsError: The anchor is not a valid date, or a variable EXTRACT_... has an invalid value.
    """
    # spaCy takes a second to import, which `import extract` must not cost.
    from extract.engines.extensions import day  # noqa: PLC0415
    from extract.engines.spacy import SpacyEngine  # noqa: PLC0415
    from extract.settings import load_settings  # noqa: PLC0415

    settings = load_settings(models_dir=models_dir, fast=False)  # a Language runs its own components
    nlp = SpacyEngine(settings).nlp
    config = {
        "models_dir": str(settings.models_dir),
        "anchor": None if anchor is None else day(anchor).isoformat(),
    }
    nlp.add_pipe("extract_entities", config=config)
    nlp.add_pipe("extract_dates", config=config)
    nlp.add_pipe("extract_quotes", config=config)
    return nlp


def open(outputs: Path | str = "outputs") -> "Tables":  # noqa: A001 - extract.open reads as what it does
    """Return the published tables: frames, statements, searches, DuckDB.

    They are those of one publication, and stay so while runs publish. docs/cookbook.md has questions with
    their answers.

    Args:
        outputs: The output folder of `extract run`, or an address such as `s3://bucket/iraq`, whose tables
            are copied to this machine first.

    Raises:
        StoreError: Nothing is published there, the publication is damaged, or the address cannot be read.
    """
    from extract.query import Tables  # noqa: PLC0415 - pandas takes half a second to import
    from extract.reading.names import address_of  # noqa: PLC0415

    url = address_of(outputs)
    if url is not None:
        from extract.remote.mirror import copied  # noqa: PLC0415
        from extract.settings import load_settings  # noqa: PLC0415

        outputs = copied(url, keep=load_settings().keep_snapshots)
    return Tables(outputs)
