"""An article with a name, a quote and a date, which nothing befalls."""

GOOD = "Officials in Baghdad met on 3 May 2021. “We agree,” said Karwan Dizayi, a clerk.\n"
