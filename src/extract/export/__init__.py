"""The tables in the formats of the tools that analysts use next: one module per format.

An exporter is a function of a `Selection` and a path, which it writes; to add one, write a module and add its
line to `EXPORTS`. Every exporter streams its rows, writes the same bytes for the same publication, and lets
no text of an article be taken for a formula, markup or a control character: `cells`.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from extract.registry import Registered, Registry

if TYPE_CHECKING:  # `extract --help` lists the formats and needs no tables
    from extract.export.selection import Selection

Exporter = Callable[["Selection", Path], None]

EXPORTS: Registry[Exporter] = Registry(
    {
        "csv": Registered("extract.export.csv_files:write_csv", "a folder with a file per table"),
        "xlsx": Registered("extract.export.xlsx:write_xlsx", "a workbook with a sheet per table"),
        "sqlite": Registered("extract.export.sqlite:write_sqlite", "a database with full-text search"),
        "graphml": Registered("extract.export.graph:write_graphml", "who speaks about whom", "graph"),
        "gexf": Registered("extract.export.graph:write_gexf", "the same as GEXF", "graph"),
        "geojson": Registered("extract.export.geojson:write_geojson", "the places, for maps"),
        "ftm": Registered("extract.export.ftm:write_ftm", "FollowTheMoney entities, for Aleph"),
        "webannotation": Registered("extract.export.webannotation:write_webannotation", "W3C JSON-LD"),
        "doccano": Registered("extract.export.annotation.doccano:write_doccano", "to annotate, as the rest"),
        "labelstudio": Registered("extract.export.annotation.labelstudio:write_labelstudio", "tasks"),
        "brat": Registered("extract.export.annotation.brat:write_brat", "a folder"),
        "conll": Registered("extract.export.annotation.conll:write_conll", "words with BIO labels"),
        "webanno": Registered("extract.export.annotation.webanno:write_webanno", "a folder of TSV 3.3"),
        "docbin": Registered("extract.export.annotation.docbin:write_docbin", "a folder, for spaCy"),
    }
)

__all__ = ["EXPORTS", "Exporter"]
