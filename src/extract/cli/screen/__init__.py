"""What commands print: rows, texts with marks, entries, names, and how far a run has come."""
