"""The Stanza engine: Docs by offsets, names that fit words, weights that are the measured ones."""

import json
import shutil
import subprocess
import sys
from hashlib import md5
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from extract.engines import load_engine
from extract.engines.engine import Engine
from extract.engines.names import SeenName, put_names
from extract.engines.stanza import make_doc
from extract.engines.stanza_models import WEIGHTS, check_models, load_pipeline
from extract.errors import ModelError
from extract.model import Article
from extract.settings import Settings

MEETING = (
    "BAGHDAD — Samir Qattan of the Harvest Party met envoys of the United Nations in Basra on Tuesday.\n"
    "“We won't leave,” he said. Qattan's office is in Erbil."
)


def article(text: str) -> Article:
    return Article("a", "a.txt", "txt", text, "")


@pytest.fixture(scope="module")
def stanza_engine(stanza_models: Path) -> Engine:
    return load_engine(Settings(engine="stanza", models_dir=stanza_models))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n",
        "a\n\n\nb",
        "“Yes,”\u00a0he said\u2026",
        "\U0001f600 said",
        "x\u0301 \u200f\u202b",
        "a" * 3000,
    ],
)
def test_the_text_is_never_altered(stanza_engine: Engine, text: str) -> None:
    [doc] = stanza_engine.pipe([article(text)])
    assert doc.text == text


PIECES = (
    "he said",
    "Basra",
    "don't",
    "“",
    "”",
    "\n",
    "\n\n",
    "\t",
    " ",
    "  ",
    "…",
    "\u200f",
    "\u0301",
    "\x85",
    "U.S.-led",
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts=st.lists(st.lists(st.sampled_from(PIECES) | st.text(max_size=5)).map(" ".join), max_size=4))
def test_any_texts_come_back_whole_and_in_order(stanza_engine: Engine, texts: list[str]) -> None:
    texts = [text.encode("utf-8", "ignore").decode("utf-8") for text in texts]
    assert [doc.text for doc in stanza_engine.pipe([article(text) for text in texts])] == texts


def test_lines_and_full_stops_end_sentences(stanza_engine: Engine) -> None:
    [doc] = stanza_engine.pipe([article(MEETING)])
    assert [sentence.text.strip()[-8:] for sentence in doc.sents] == ["Tuesday.", "he said.", "n Erbil."]


def test_names_are_seen_without_possessive(stanza_engine: Engine) -> None:
    [doc] = stanza_engine.pipe([article(MEETING)])
    names = {(ent.text, ent.label_) for ent in doc.ents}
    assert {
        ("Samir Qattan", "PERSON"),
        ("United Nations", "ORG"),
        ("Basra", "GPE"),
        ("Erbil", "GPE"),
    } <= names
    assert ("Qattan", "PERSON") in names
    assert all(ent._.engine == "stanza" for ent in doc.ents)


def test_tags_and_parse_are_made_on_the_words_of_stanza(stanza_engine: Engine) -> None:
    [doc] = stanza_engine.pipe([article("He said on Monday that the talks won't end.")])
    assert [(token.text, token.pos_) for token in doc if token.text in {"said", "wo", "n't"}] == [
        ("said", "VERB"),
        ("wo", "AUX"),
        ("n't", "PART"),
    ]
    assert next(token.head.text for token in doc if token.text == "He") == "said"


def test_a_name_that_ends_inside_a_word_is_dropped_alone(blank: Language) -> None:
    text = "Samir Qattan left Basra."
    doc = make_doc(blank.vocab, text, [[(0, 5), (6, 12), (13, 17), (18, 23), (23, 24)]])
    put_names(doc, [SeenName(0, 9, "PERSON", "stanza"), SeenName(18, 23, "GPE", "stanza")], article(text))
    assert [ent.text for ent in doc.ents] == ["Basra"]
    [issue] = doc._.engine_issues
    assert (issue.code, issue.article_id) == ("misaligned_name", "a")
    assert "'Samir Qat'" in issue.message


@pytest.fixture
def own_models(stanza_models: Path, tmp_path: Path) -> Path:
    for name in ("stanza", "spacy"):
        shutil.copytree(stanza_models / name, tmp_path / name, ignore=shutil.ignore_patterns("*.py"))
    return tmp_path


@pytest.mark.parametrize(
    "file", ["en/ner/iraq.pt", "en/tokenize/ewt.pt", "en/pretrain/glove50.pt", "resources.json"]
)
def test_a_corrupted_weight_file_is_refused_by_name(own_models: Path, file: str) -> None:
    weights = own_models / WEIGHTS / file
    content = bytearray(weights.read_bytes())
    content[len(content) // 2] ^= 1
    weights.write_bytes(content)
    with pytest.raises(ModelError, match=file):
        check_models(Settings(engine="stanza", models_dir=own_models))


def test_a_missing_weight_file_is_refused_by_name(own_models: Path) -> None:
    (own_models / WEIGHTS / "en/ner/iraq.pt").unlink()
    with pytest.raises(ModelError, match=r"lacks the file .*iraq\.pt"):
        check_models(Settings(engine="consensus", models_dir=own_models))


def test_models_that_are_not_there_are_refused_with_the_way_out(tmp_path: Path) -> None:
    pytest.importorskip("stanza")
    with pytest.raises(ModelError, match=r"weights\.sha256.*EXTRACT_ENGINE=spacy"):
        check_models(Settings(engine="stanza", models_dir=tmp_path))


@pytest.fixture
def official_models(stanza_models: Path, tmp_path: Path) -> Path:
    """Models in a folder as Stanza's own download makes it."""
    return Path(shutil.copytree(stanza_models / WEIGHTS, tmp_path / "stanza_resources"))


def test_official_models_are_used_where_the_settings_say_so(
    stanza_models: Path, official_models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STANZA_RESOURCES_DIR", str(official_models))
    chosen = Settings(engine="stanza", models_dir=stanza_models, stanza_models="official")
    check_models(chosen)
    labels = {
        ent.type for ent in load_pipeline(chosen, pretokenized=False)("He met Anna Sample in Paris.").ents
    }
    assert labels == {"PER", "LOC"}  # the model's first column of tags


def test_official_models_are_compared_with_the_list_that_came_with_them(
    stanza_models: Path, official_models: Path
) -> None:
    chosen = Settings(
        engine="stanza", models_dir=stanza_models, stanza_models="official", stanza_dir=official_models
    )
    file = official_models / "en" / "ner" / "iraq.pt"
    file.write_bytes(file.read_bytes() + b"\0")
    with pytest.raises(ModelError, match=r"official Stanza model is altered.*iraq\.pt.*stanza\.download"):
        check_models(chosen)
    listing = official_models / "resources.json"
    resources = json.loads(listing.read_text())
    resources["en"]["ner"]["iraq"]["md5"] = md5(file.read_bytes(), usedforsecurity=False).hexdigest()
    listing.write_text(json.dumps(resources))
    check_models(chosen)


def test_official_models_that_nobody_named_are_an_error_with_the_way_out(
    stanza_models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("STANZA_RESOURCES_DIR", raising=False)
    with pytest.raises(ModelError, match=r"EXTRACT_STANZA_DIR.*stanza\.download"):
        check_models(Settings(engine="stanza", models_dir=stanza_models, stanza_models="official"))
    with pytest.raises(ModelError, match=r"contains no Stanza models"):
        check_models(
            Settings(engine="stanza", models_dir=stanza_models, stanza_models="official", stanza_dir=tmp_path)
        )


def test_who_uses_spacy_does_not_wait_for_stanza() -> None:
    code = (
        "import sys; from extract.engines import ENGINES\n"
        "assert len(list(ENGINES.values())) > 1; sys.exit('stanza' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.slow
@pytest.mark.usefixtures("stanza_models")
def test_it_works_with_the_network_off(tmp_path: Path) -> None:
    unshare = shutil.which("unshare")
    if unshare is None or subprocess.run([unshare, "-rn", "true"], check=False).returncode:
        pytest.skip("no network namespaces here")
    (tmp_path / "a.txt").write_text(MEETING, encoding="utf-8")
    command = [unshare, "-rn", sys.executable, "-m", "extract.cli", "run", str(tmp_path / "a.txt")]
    options = ["--engine", "consensus", "--output", str(tmp_path / "out"), "--workers", "1"]
    done = subprocess.run([*command, *options], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
