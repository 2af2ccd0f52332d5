"""CSV files, one per table: for spreadsheets and scripts."""

import csv
from pathlib import Path

from extract.export.cells import csv_rows
from extract.export.selection import STATEMENTS, Selection
from extract.tables import TABLES


def write_csv(selection: Selection, folder: Path) -> None:
    """Write a folder with one CSV file per table and `statements.csv`.

    The files are UTF-8 with a mark, by which Excel knows the letters. Lists of names are joined by
    semicolons; the sections of an article are JSON.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in (*TABLES, STATEMENTS):
        with (folder / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            for number, batch in enumerate(selection.batches(name)):
                if number == 0:
                    writer.writerow(batch.schema.names)
                writer.writerows(csv_rows(batch))
