"""Local copies of what is no plain file: addresses, standard input, the contents of archives."""
