"""The text layer of PDF pages -> lines in reading order, without running heads and page numbers."""
