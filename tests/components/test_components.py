"""The three spaCy components: a ready pipeline, other pipelines, config files, saved Docs."""

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import entry_points
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

import extract
from extract.components import DATES, ENTITIES, QUOTES
from extract.errors import SettingsError
from extract.model import Article
from extract.pipeline.annotator import Annotator

TEXT = (
    "Karwan Dizayi, a clerk, said on Tuesday that Kata'ib Hezbollah had left Basra. "
    "“We saw them go,” Rana Odeh told reporters."
)


@pytest.fixture(scope="module")
def ready() -> Language:
    return extract.load(anchor="2021-07-28")


@pytest.fixture
def bare() -> Language:
    """A pipeline with sentences alone."""
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp


def test_a_ready_pipeline_finds_who_said_what_when(ready: Language) -> None:
    doc = ready(TEXT)
    linked = {ent.text: ent.kb_id_ for ent in doc.ents if ent.kb_id_}
    assert linked == {"Kata'ib Hezbollah": "kataib-hezbollah", "Basra": "basra"}
    assert [(quote.type, quote.speaker_name) for quote in doc._.quotes] == [
        ("indirect", "Karwan Dizayi"),
        ("direct", "Rana Odeh"),
    ]
    assert [(span.text, span.kb_id_) for span in doc.spans["timexes"]] == [("Tuesday", "2021-07-27")]
    assert [span.label_ for span in doc.spans["quotes"]] == ["indirect", "direct"]


def test_it_finds_what_a_run_finds(ready: Language, annotator: Annotator) -> None:
    doc = ready(TEXT)
    article = Article("a", "a.txt", "txt", TEXT, "", published_at=datetime(2021, 7, 28, tzinfo=UTC))
    [done] = annotator.annotate([article])
    assert (doc._.mentions, doc._.quotes) == (done.mentions, done.quotes)


def test_the_speaker_of_a_quote_is_its_kb_id(ready: Language) -> None:
    doc = ready("Kata'ib Hezbollah denied on Tuesday that it had fired the rockets.")
    assert [span.kb_id_ for span in doc.spans["quotes"]] == ["kataib-hezbollah"]


def test_the_anchor_decides_who_held_an_office(ready: Language) -> None:
    text = "The Iraqi prime minister said that the vote would be held."
    doc = ready.make_doc(text)
    doc._.anchor = "2012-03-01"
    [then], [now] = ready(doc)._.quotes, ready(text)._.quotes
    assert then.speaker_entity_id != now.speaker_entity_id
    assert {then.speaker_method, now.speaker_method} == {"role"}


def test_they_are_found_by_their_names_without_an_import(tmp_path: Path) -> None:
    names = (ENTITIES, DATES, QUOTES)
    code = f"""
import spacy
nlp = spacy.blank("en")
nlp.add_pipe("sentencizer")
for name in {names}:
    nlp.add_pipe(name)
nlp.to_disk("{tmp_path}")
print(spacy.load("{tmp_path}").pipe_names)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)
    assert done.stdout == f"{['sentencizer', *names]}\n", done.stderr


@pytest.mark.parametrize("component", [ENTITIES, DATES, QUOTES])
def test_spacy_is_told_where_each_is(component: str) -> None:
    [told] = entry_points(group="spacy_factories", name=component)
    assert callable(told.load())


def test_entities_and_dates_need_no_model(bare: Language) -> None:
    bare.add_pipe(ENTITIES)
    bare.add_pipe(DATES, config={"anchor": "2021-07-28"})
    doc = bare("The Badr Organisation met last week.")
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("Badr Organisation", "FACTION")]
    assert [timex.value for timex in doc._.timexes] == ["2021-W29"]


def test_quotes_without_a_parse_warn_and_leave_an_issue(bare: Language) -> None:
    bare.add_pipe(ENTITIES)
    bare.add_pipe(QUOTES)
    with pytest.warns(UserWarning, match="no parse"):
        doc = bare("“We saw them go,” Rana Odeh told reporters.")
    assert [issue.code for issue in doc._.engine_issues] == ["no_parse"]
    assert [quote.text for quote in doc._.quotes] == ["We saw them go,"]


@pytest.mark.parametrize("component", [ENTITIES, QUOTES])
def test_docs_without_sentences_are_refused_with_advice(component: str) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe(component)
    with pytest.raises(SettingsError, match=f"'{component}' requires sentences.*sentencizer"):
        nlp("They met.")


def test_an_empty_text_has_nothing(ready: Language) -> None:
    doc = ready("")
    assert (doc._.mentions, doc._.timexes, doc._.quotes, doc.ents) == ((), (), (), ())


def test_docs_can_be_saved_with_all_that_was_found(ready: Language) -> None:
    doc = ready(TEXT)
    [loaded] = DocBin().from_bytes(DocBin(store_user_data=True, docs=[doc]).to_bytes()).get_docs(ready.vocab)
    again = Doc(ready.vocab).from_bytes(doc.to_bytes())
    for one in (loaded, again):
        assert tuple(one._.mentions) == doc._.mentions
        assert tuple(one._.quotes) == doc._.quotes
        assert tuple(one._.timexes) == doc._.timexes


def test_docs_can_be_sent_between_processes(bare: Language) -> None:
    bare.add_pipe(ENTITIES)
    docs = list(bare.pipe(["Badr Organisation fighters left.", "They met in Basra."], n_process=2))
    assert [mention.text for doc in docs for mention in doc._.mentions] == ["Badr Organisation", "Basra"]


def test_a_config_file_assembles_a_pipeline(tmp_path: Path) -> None:
    config = tmp_path / "config.cfg"
    names = ["sentencizer", ENTITIES, DATES, QUOTES]
    parts = "".join(f'[components.{name}]\nfactory = "{name}"\n' for name in names)
    config.write_text(
        f'[nlp]\nlang = "en"\npipeline = {names}\n[components]\n{parts}'.replace("'", '"'), "utf-8"
    )
    command = [sys.executable, "-m", "spacy", "assemble", str(config), str(tmp_path / "made")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    assert spacy.load(tmp_path / "made").pipe_names == names


def test_a_models_folder_of_ones_own_counts(
    bare: Language, tmp_path: Path, copy_models: Callable[[Path], Path]
) -> None:
    own = copy_models(tmp_path)
    persons = own / "lexicon" / "actors" / "armed_factions.toml"
    line = '[armed_faction]\nsaraya-al-mithal = {name = "Saraya al-Mithal", sources = ["mk"]}\n'
    persons.write_text(persons.read_text("utf-8").replace("[armed_faction]\n", line, 1), "utf-8")
    bare.add_pipe(ENTITIES, config={"models_dir": str(own)})
    assert [ent.kb_id_ for ent in bare("Saraya al-Mithal fighters left.").ents] == ["saraya-al-mithal"]
