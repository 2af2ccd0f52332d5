"""The words that tell the context of quotes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from extract.model import Act, Medium

# Kind of cue (`verb`, `noun`...), cue and frame -> act.
ActsByCue = Mapping[tuple[str, str, str], Act]


@dataclass(frozen=True, slots=True)
class ActWords:
    """What acts cues are.

    Attributes:
        by_cue: The acts that are no statements, and the frames in which they are.
        voicing: Verbs by which an attitude is uttered (`voiced fears that ...`).
        propositions: Nouns that are a proposition by themselves (`the possibility of ...`).
    """

    by_cue: ActsByCue
    voicing: frozenset[str]
    propositions: frozenset[str]


@dataclass(frozen=True, slots=True)
class PolarityWords:
    """Words that deny.

    Attributes:
        denying: Kind of cue and cue that deny what follows.
        claims: The verbs among them that deny a claim, but introduce words in marks as the speaker's own.
        refusing: Verbs that negate a cue in their infinitive (`refused to accept that ...`).
        judging: Words before a judgement, which is not denied (`dismissed it as a lie`).
    """

    denying: frozenset[tuple[str, str]]
    claims: frozenset[str]
    refusing: frozenset[str]
    judging: frozenset[str]


@dataclass(frozen=True, slots=True)
class MediaWords:
    """Words that name a medium.

    Attributes:
        ranked: The media, the most specific first.
        cues: Cue -> the medium that it says by itself (`tweeted`).
        nouns: Noun of one or more words, in lower case -> medium.
        names: Name of one or two words -> medium (`Facebook`).
        endings: All endings of `nouns` and `names`, in lower case: most words are none, and end no medium.
        carried: Nouns of what is on a network, whose name before them tells the medium (`Twitter account`).
        parts: Nouns for a part of a document or occasion (`in one of the letters`).
        occasions: Media that are no documents: as a speaker their noun tells none (`the court said`).
        prepositions: Prepositions before a medium (`in a statement`).
        narrow: Preposition -> the media before which alone it stands (`before a committee`).
        verbs: Verbs whose object is a medium (`issued a statement`).
        showing: Verbs whose subject is a medium in which somebody else speaks (`a video shows`).
        speaking: Verbs of speech beside the cue, whose medium counts (`Brandt, who spoke at a rally, said`).
        writing: Verbs before the name of an outlet (`wrote in the Herald`).
        channels: Names of broadcasters, on which somebody speaks (`on Fox News`).
        vague: Nouns whose plural names no document (`reports suggest`).
        heard: Nouns that are no medium before a hearer (`in statements to reporters`).
        issuing: Verbs that put out a document, whose words follow (`issued a statement`).
        continuing: Cues that go on with an utterance (`added`).
    """

    ranked: tuple[Medium, ...]
    cues: Mapping[str, Medium]
    nouns: Mapping[str, Medium]
    names: Mapping[str, Medium]
    endings: frozenset[str]
    carried: frozenset[str]
    parts: frozenset[str]
    occasions: frozenset[Medium]
    prepositions: frozenset[str]
    narrow: Mapping[str, frozenset[Medium]]
    verbs: frozenset[str]
    showing: frozenset[str]
    speaking: frozenset[str]
    writing: frozenset[str]
    channels: frozenset[str]
    vague: frozenset[str]
    heard: frozenset[str]
    issuing: frozenset[str]
    continuing: frozenset[str]


@dataclass(frozen=True, slots=True)
class AddresseeWords:
    """Words that tell to whom something was said.

    Attributes:
        telling: Verbs whose object is the hearer (`told Reuters`).
        asking: Verbs whose object is the hearer of a demand, a clause or a whole quotation.
        addressing: Verbs whose object is the hearer where their participle stands beside a cue.
        questioning: Verbs whose participle with `by` beside a cue tells who is answered.
        topics: Prepositions between a hearer and what is asked or told.
        within: Prepositions before a letter or answer in which something is said.
        prepositions: Verb and preposition before the hearer (`call on`, `complain to`).
        nouns: Noun and preposition before the hearer (`letter to`).
    """

    telling: frozenset[str]
    asking: frozenset[str]
    addressing: frozenset[str]
    questioning: frozenset[str]
    topics: frozenset[str]
    within: frozenset[str]
    prepositions: frozenset[tuple[str, str]]
    nouns: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class AnonymityWords:
    """Words that tell who is known without a name.

    Attributes:
        offices: Nouns for offices with one holder.
        naming: Finds what leads from a plural to names of some of those meant (`, including |Brandt`).
        persons: Words for persons besides the nouns of speakers.toml.
        things: Nouns that end like those for persons.
        unnamed: Words that say that a person is not named.
    """

    offices: frozenset[str]
    naming: re.Pattern[str]
    persons: frozenset[str]
    things: frozenset[str]
    unnamed: frozenset[str]


@dataclass(frozen=True, slots=True)
class AffiliationWords:
    """Words that tell on whose behalf somebody speaks.

    Attributes:
        officials: Nouns for those who speak for a state.
        offices: Those among them that a person holds in the own country (`Senator Brandt`).
        short: Those among these that end in a full stop (`Sen. Brandt`).
        members: Nouns for those who speak for a body.
        aides: Nouns for those who speak for a person.
        chambers: Bodies of which every state has one.
        leading: Verbs whose object is the body of their subject (`Brandt, who heads the council`).
        serving: Verbs and prepositions before the body of their subject (`who works for the council`).
        partial: Words that make an official one of a part of the country (`an opposition leader`).
        elsewhere: Prepositions after which a name tells no side.
        places: Prepositions after which only the name of a body tells one (`an official in the ministry`).
        posted: Nouns for those whom a state sends to a body or another state.
    """

    officials: frozenset[str]
    offices: frozenset[str]
    short: frozenset[str]
    members: frozenset[str]
    chambers: frozenset[str]
    aides: frozenset[str]
    leading: frozenset[str]
    serving: frozenset[str]
    partial: frozenset[str]
    elsewhere: frozenset[str]
    places: frozenset[str]
    posted: frozenset[str]

    @property
    def titles(self) -> frozenset[str]:
        """All nouns for those who speak for somebody."""
        return self.officials | self.members | self.aides


@dataclass(frozen=True, slots=True)
class StateNouns:
    """Nouns that stand for a state.

    Attributes:
        governments: Nouns for the government.
        wholes: Nouns for the whole state (`the country`).
        administrations: Nouns for the government of the speaker's own state (`the administration`).
        modifiers: Words before them that tell no other one (`the central government`).
        forces: Nouns for a state's armed forces (`the marines`).
    """

    governments: frozenset[str]
    wholes: frozenset[str]
    administrations: frozenset[str]
    modifiers: frozenset[str]
    forces: frozenset[str]

    @property
    def all(self) -> frozenset[str]:
        """All nouns for states."""
        return self.governments | self.wholes | self.administrations | self.forces


@dataclass(frozen=True, slots=True)
class AboutWords:
    """Words that tell whom a quote speaks of.

    Attributes:
        targets: Cues whose object is spoken of.
        target_prepositions: Prepositions before such an object (`called on`).
        saying: Cues with `of` before who is spoken of (`said of Brandt`).
        places: Prepositions before what is only a place.
        motion: Verbs after which `to` and `from` stand before a place.
        reaching: Verbs whose object is a place (`left Iraq`).
        members: Nouns for the members of a people.
        facilities: Last words of the names of facilities.
        documents: Words after a name that is only part of a document's (`Security Council Resolution 5`).
        operations: Words before a people's name that is only part of a name (`Operation Iraqi Freedom`).
        bodies: Nouns that may be for any body (`her organisation`).
        vocatives: Words before an office by which somebody is addressed (`Mr. President`).
        generic: Words beside a `we` that is everybody.
        spokesmen: Nouns for those who say `it` of the body for which they speak.
        impersonal: Verbs whose `it` is nobody (`it takes time`).
        least_confidence: Of a name that is in no list, for an actor.
        least_mentions: Of such a name that is less likely.
        states: Nouns that stand for a state.
    """

    targets: frozenset[str]
    target_prepositions: frozenset[str]
    saying: frozenset[str]
    places: frozenset[str]
    motion: frozenset[str]
    reaching: frozenset[str]
    members: frozenset[str]
    facilities: frozenset[str]
    documents: frozenset[str]
    operations: frozenset[str]
    bodies: frozenset[str]
    vocatives: frozenset[str]
    generic: frozenset[str]
    spokesmen: frozenset[str]
    impersonal: frozenset[str]
    least_confidence: float
    least_mentions: int
    states: StateNouns


@dataclass(frozen=True, slots=True)
class DayWords:
    """Words that tell on which day something was said.

    Attributes:
        breaking: Words beside a cue that tell of another day without naming it (`later`).
        uttering: Verbs whose participle beside a cue is the utterance too (`while addressing the press`).
        events: Prepositions before an event whose date is not that of the words (`after Monday's attack`).
    """

    breaking: frozenset[str]
    uttering: frozenset[str]
    events: frozenset[str]


@dataclass(frozen=True, slots=True)
class ContextWords:
    """Everything that the rules for the context of quotes know."""

    acts: ActWords
    polarity: PolarityWords
    media: MediaWords
    addressees: AddresseeWords
    anonymity: AnonymityWords
    affiliations: AffiliationWords
    about: AboutWords
    days: DayWords
