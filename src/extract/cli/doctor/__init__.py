"""`extract doctor`: the command, and what it examines."""
