"""`python -m extract.schema` prints the data dictionary."""

import sys

from extract.schema.dictionary import data_dictionary

sys.stdout.write(data_dictionary())
