"""`python -m extract.tables` prints the data dictionary."""

import sys

from extract.tables.dictionary import data_dictionary

sys.stdout.write(data_dictionary())
