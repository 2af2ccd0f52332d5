"""Records: rows of tables, objects of JSON files -> Articles; fields are known by the names of columns."""
