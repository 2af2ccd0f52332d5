"""Web pages: main text, metadata and the roles of lines, from their markup. Scripts are never run."""
