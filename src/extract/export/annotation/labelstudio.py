"""Label Studio: tasks with their annotations as JSON. It counts code points."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from extract.errors import AnnotationError
from extract.export.annotation.documents import ALL_LABELS, Document, Mark, documents
from extract.export.annotation.offsets import document, placed, text_of
from extract.export.selection import Selection

_Region = dict[str, Any]


def write_labelstudio(selection: Selection, path: Path) -> None:
    """Write the tasks, and beside them `<name>.config.xml`, the labelling setup of the project.

    Every region has a label and, as a text of its own (`who`), the actor, speaker or TIMEX3 value.
    """
    with path.open("w", encoding="utf-8") as file:
        separator = "["
        for one in documents(selection):
            file.write(f"{separator}\n{json.dumps(_task(one), ensure_ascii=False)}")
            separator = ","
        file.write("[]\n" if separator == "[" else "\n]\n")
    path.with_suffix(".config.xml").write_text(_config(), encoding="utf-8")


def read_labelstudio(path: Path, texts: Mapping[str, str]) -> Iterator[Document]:
    """Read what Label Studio exports as JSON: of each task, the last annotation that was not cancelled.

    Raises:
        AnnotationError: The file is no such export.
    """
    try:
        for task in json.loads(path.read_bytes()):
            kept = [one for one in task.get("annotations", ()) if not one.get("was_cancelled")]
            if kept:
                article_id = task["data"]["article_id"]
                text = text_of(article_id, texts, path)
                marks = placed(_spans(kept[-1]["result"]), article_id, text, utf16=False)
                yield document(article_id, text, marks)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise AnnotationError(
            f"{path} is no export of Label Studio: {error!r}.", advice="Export the project as JSON."
        ) from error


def _task(one: Document) -> dict[str, Any]:
    result = [
        region for number, mark in enumerate(one.marks) for region in _regions(mark, f"m{number}", one.text)
    ]
    data = {"text": one.text, "article_id": one.article_id}
    return {"data": data, "annotations": [{"result": result}]}


def _regions(mark: Mark, key: str, text: str) -> Iterator[_Region]:
    """Yield the region of a mark, and what is written to it."""
    span = {"start": mark.start, "end": mark.end, "text": text[mark.start : mark.end]}
    where = {"id": key, "to_name": "text"}
    yield where | {"from_name": "label", "type": "labels", "value": span | {"labels": [mark.label]}}
    if mark.value:
        yield where | {"from_name": "who", "type": "textarea", "value": span | {"text": [mark.value]}}


def _spans(result: Sequence[_Region]) -> Iterator[tuple[int, int, str, str | None, str | None]]:
    values = {one["id"]: " ".join(one["value"]["text"]) for one in result if one["type"] == "textarea"}
    for one in result:
        if one["type"] == "labels":
            value = one["value"]
            words = value.get("text")
            yield value["start"], value["end"], value["labels"][0], values.get(one["id"], ""), words


def _config() -> str:
    labels = "\n".join(f'    <Label value="{label}"/>' for label in ALL_LABELS)
    return f"""\
<View>
  <Labels name="label" toName="text">
{labels}
  </Labels>
  <Text name="text" value="$text" granularity="symbol"/>
  <TextArea name="who" toName="text" perRegion="true" editable="true" rows="1" placeholder="who, or when"/>
</View>
"""
