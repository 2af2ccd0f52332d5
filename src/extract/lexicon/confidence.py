"""How sure we are of a mention, by the rule that found or linked it."""

from dataclasses import dataclass

from extract.lexicon.entries import ALWAYS, INTRODUCED


@dataclass(frozen=True, slots=True)
class Confidence:
    """Values for the column `confidence` (see models/lexicon/confidence.toml).

    Attributes:
        always: Found in the lexicon by a name without a condition.
        introduced: By a name that counts after a full name.
        context: By a name that counts in a context.
        institution: A country and its institution: US embassy.
        pattern: Found by the words in or around a name.
        model: Found by the language model.
        unknown_surname: A given name with an unknown surname.
        short_name: A short name that the article defines.
        named_before: Linked by the surname of a person named in full before.
        named_later: Of one named in full only later.
        office: By surname and office.
        other_form: By another form of a person's full name.
        misspelling: By a name that differs in one letter.
    """

    always: float
    introduced: float
    context: float
    institution: float
    pattern: float
    model: float
    unknown_surname: float
    short_name: float
    named_before: float
    named_later: float
    office: float
    other_form: float
    misspelling: float

    def of_condition(self, when: str) -> float:
        """Return the confidence in a name of the lexicon that counts under a condition (see `Name.when`)."""
        if when == ALWAYS:
            return self.always
        return self.introduced if when == INTRODUCED else self.context
