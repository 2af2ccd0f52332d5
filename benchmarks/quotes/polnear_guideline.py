"""Which attributions of PolNeAR our guideline leaves out, by the words of their cues."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("polnear_left_out.toml")


def left_out(quote: Mapping[str, Any], text: str) -> str | None:
    """Return why the guideline has no row for a gold attribution, None if it has one.

    Args:
        quote: A gold quote.
        text: Its document.
    """
    if quote["type"] != "indirect":
        return None
    cue = [text[start:end].lower() for start, end in quote["cue"]]
    words = " ".join(cue).split()
    if not quote["speaker"]:
        return "no source"
    if quote["speaker_text"].lower().strip() in load()["writer"]["sources"]:
        return "writer"
    if all(text[start:end].lower().strip() in load()["relative"]["words"] for start, end in quote["spans"]):
        return "relative"
    content = text[quote["spans"][0][0] : quote["spans"][0][1]].lower().split()
    source = quote["speaker_text"].lower().split()
    return _reason(words, content[:1], source[-1:])


def _reason(words: list[str], content: list[str], source: list[str]) -> str | None:
    """Return the section of the file that a cue belongs to."""
    lists = load()
    first = next((word for word in words if not _is_skipped(word, lists)), "")
    given = set(words)
    unreal, refusal, action, evidence = (lists[name] for name in ("unreal", "refusal", "action", "evidence"))
    infinitive = "to" in (*content, *words[-1:])
    possible = given & set(unreal["anywhere"]) and not given & set(unreal["wishes"])
    silent = given & set(refusal["negations"]) and given & set(refusal["negated"])
    reasons = {
        "unreal": first in unreal["first"] or possible,
        "refusal": first in refusal["first"] or silent,
        "action": first in action["first"] or (first in action["infinitive"] and infinitive),
        "evidence": first in evidence["first"]
        or (first in evidence["verbs"] and set(source) & set(evidence["mute"])),
        "names": first in lists["names"]["first"],
        "attitudes": first in lists["attitudes"]["nouns"],
        "functional": words and given <= set(lists["functional"]["words"]),
    }
    return next((reason for reason, applies in reasons.items() if applies), None)


def _is_skipped(word: str, lists: Mapping[str, Any]) -> bool:
    return word in lists["skipped"]["words"] or word.endswith("ly")


@cache
def load() -> dict[str, Any]:
    """Read the lists."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))
