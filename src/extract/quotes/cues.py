"""The knowledge under models/quotes/, loaded into frozen dataclasses: cues and words about speakers."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from extract.knowledge import read_shaped
from extract.model import SpeakerKind
from extract.quotes.conversations import Conversations, load_conversations
from extract.quotes.cue_shapes import CueFile, Genders, Group, SpeakerFile
from extract.quotes.grammar import Grammar, PhraseWords, load_grammar
from extract.quotes.grammar_shapes import Confidences, Probabilities, RankingWeights
from extract.quotes.phrases import head_word, singular

CUES_FILE = Path("quotes", "cues.toml")
SPEAKERS_FILE = Path("quotes", "speakers.toml")
PROBABILITY_FILE = Path("quotes", "probability.toml")
CONFIDENCES_FILE = Path("quotes", "confidences.toml")
RANKING_FILE = Path("quotes", "ranking.toml")
Frames = Mapping[str, float]  # frame: what may follow a cue -> its reliability as reported speech


@dataclass(frozen=True, slots=True)
class Descriptions:
    """Words that show what kind of speaker a phrase names; all in lower case.

    Attributes:
        documents: Nouns for things that speak for their author (`statement`).
        authored: Subset of `documents` that the body that spoke before may have issued (`the statement`).
        depicting: Subset of `documents` that show somebody (`a video of Brandt`).
        examining: Subset of `documents` that tell of somebody (`a study of Brandt`).
        issuing: What the author of a document does with it (`issued`, `signed`).
        organisations: Nouns for groups and institutions (`committee`).
        groups: What descriptions may mean an actor of some kinds that the article has not called so.
        factions: Subset of `organisations`: the nouns of all `groups` (`group`, `militia`).
        group_words: The words that may stand before the nouns of the groups (`militant`).
        after_names: Subset of `organisations` that may follow a name that they describe (`the Badr militia`).
        before_states: Words with a capital that may precede the name of a state (`the Republic of Iraq`).
        name_nouns: Last word or head of a name -> noun for it (`times`: `newspaper`).
        callings: Verb -> noun for who does it: `leads`: `leader`.
        persons: Nouns for one person (`cleric`).
        people: `persons` and further nouns for one person (`tailor`).
        carriers: Nouns for those who pass words on (`agency`, `television`).
        endings: How nouns for several people end.
        anonymous: Subset of `people` for those whose names are withheld (`source`).
        posts: Subset of `people` for posts that one person holds at a time (`secretary`).
        sides: Words for a side in a court or a dispute (`defence`).
        titles: Titles and nouns for people of one gender -> `m` or `f`.
        genders: `titles` and first names -> `m` or `f`.
        ordinals: Words that distinguish unnamed speakers (`second`).
        voices: Other nouns that can speak: numbers of people (`percent`), evidence (`figures`).
        indefinite: Speakers who are nobody in particular (`someone`).
        equivalents: Word -> a word with the same meaning (`sen.`: `senator`).
        phrases: Function words in the phrases that name speakers.
    """

    documents: frozenset[str]
    authored: frozenset[str]
    depicting: frozenset[str]
    examining: frozenset[str]
    issuing: frozenset[str]
    organisations: frozenset[str]
    groups: tuple[Group, ...]
    factions: frozenset[str]
    group_words: frozenset[str]
    after_names: frozenset[str]
    before_states: frozenset[str]
    name_nouns: Mapping[str, str]
    callings: Mapping[str, str]
    persons: frozenset[str]
    people: frozenset[str]
    carriers: frozenset[str]
    endings: tuple[str, ...]
    anonymous: frozenset[str]
    posts: frozenset[str]
    sides: frozenset[str]
    titles: Mapping[str, str]
    genders: Mapping[str, str]
    ordinals: frozenset[str]
    voices: frozenset[str]
    indefinite: frozenset[str]
    equivalents: Mapping[str, str]
    phrases: PhraseWords

    def kind(self, surface: str) -> SpeakerKind:
        """Classify a speaker phrase by its words; an entity link is more reliable.

        >>> from extract.settings import default_models_dir
        >>> load_cues(default_models_dir()).descriptions.kind("the second official")
        'described'
        """
        head = head_word(surface, self.phrases)
        if head.lower() in self.phrases.pronouns:
            return "pronoun"
        noun = singular(head.lower(), self.documents, self.organisations, self.persons)
        if noun in self.documents and head.islower():
            return "document"
        if noun in self.organisations:
            return "organisation"
        # A single letter is not a name but a label: `Q:`, `A:`.
        named = head[:1].isupper() and len(head) > 1 and noun not in self.persons
        return "named" if named else "described"


@dataclass(frozen=True, slots=True)
class Cues:
    """Everything that the rules for quotes know. Verbs are lemmas, each with its reliability from 0 to 1.

    Attributes:
        speech: Verbs that introduce a whole quotation, a reported clause or a quoted fragment.
        thought: Verbs that introduce only a reported clause or a quoted fragment.
        stance: Verbs that introduce only words in quotation marks.
        phrasal: Verbs that are verbs of speech only with one of their particles.
        particles: Verb -> words that belong to the cue when they follow the verb.
        frames: Verb, or verb and particle -> its complements, other than clauses, that are reported speech
            (`object`, `infinitive`, `object as`, `passive of`...), each with its reliability.
        nouns: Noun -> what may follow it (`that`, `infinitive`, a preposition), each with its reliability.
        attitudes: Subset of `nouns` that report nothing with their owner alone (`its support for ...`).
        adjectives: The same for adjectives and participles (`confident that ...`).
        evidence: Verbs that also tell what things let one conclude (`the attack shows that ...`).
        mute: Nouns that may speak, but have no words with such a verb (`the figures show that ...`).
        shown: Subset of `evidence` that tells of deeds if a place is the subject (`Basra showed that ...`).
        perceiving: Verbs that report only clauses with a finite verb (`found her son dead` is no report).
        occasions: Nouns for occasions of speech, which are not part of what is said (`in a speech`).
        light: Light verbs: their subject is the source of a cue noun (`made the claim`).
        topical: Verbs that speak only of a topic (`raised the case`).
        topics: Nouns for what such a verb may be about.
        conversing: Verbs of conversation, whose partner follows `with` (`discussed it with the farmers`).
        deeds: Verbs that make their object noun a deed and no statement (`cut its support for the group`).
        negatable: Verbs that report even when negated (`did not accept that ...`).
        addressing: Verbs whose object is the addressee of a following participle
            (`emailed supporters saying ...`).
        telling: Verbs whose object is the addressee of what they report (`told leaders that ...`).
        closing_telling: Those that close a sentence with their addressee (`..., he told reporters.`).
        quoting: Verbs whose object speaks before `as saying` (`quoted the mayor as saying ...`).
        personal: Frames that things can have too, so the subject must be able to speak.
        naming: Verbs that give a name (`called it "The Iron Bridge"`).
        presenting: Words before a name or a term in marks (`so-called "..."`).
        aliasing: Words some way before `as` and a name in marks (`known only as "..."`).
        works: Nouns for works that bear a title (`film`).
        prepositions: Phrases that name a source (`according to`).
        descriptions: Words that tell documents, groups and people apart.
        grammar: Function words.
        conversations: Words by which conversations and posts are recognised.
        context: Words that tell how, where and to whom something was said.
        confidences: How sure each rule is of what it finds without a cue.
        ranking: What speaks for a mention as the antecedent of a pronoun or a description.
        probabilities: How probable it is that the words and the speaker of a quote are right.
    """

    speech: Mapping[str, float]
    thought: Mapping[str, float]
    stance: Mapping[str, float]
    phrasal: Mapping[str, float]
    particles: Mapping[str, frozenset[str]]
    frames: Mapping[str, Frames]
    nouns: Mapping[str, Frames]
    attitudes: frozenset[str]
    adjectives: Mapping[str, Frames]
    evidence: Mapping[str, float]
    mute: frozenset[str]
    shown: frozenset[str]
    perceiving: frozenset[str]
    occasions: frozenset[str]
    light: frozenset[str]
    deeds: frozenset[str]
    topical: frozenset[str]
    topics: frozenset[str]
    conversing: frozenset[str]
    negatable: frozenset[str]
    addressing: frozenset[str]
    telling: frozenset[str]
    closing_telling: frozenset[str]
    quoting: frozenset[str]
    personal: frozenset[str]
    naming: frozenset[str]
    presenting: frozenset[str]
    aliasing: frozenset[str]
    works: frozenset[str]
    prepositions: Mapping[str, float]
    descriptions: Descriptions
    grammar: Grammar
    conversations: Conversations
    confidences: Confidences
    ranking: RankingWeights
    probabilities: Probabilities

    def reliability(self, lemma: str) -> float:
        """Return how likely a use of the verb is an attribution; 0 for verbs that are not cues."""
        for verbs in (self.speech, self.thought, self.stance, self.phrasal):
            if lemma in verbs:
                return verbs[lemma]
        return 0.0


def load_cues(models_dir: Path) -> Cues:
    """Read models/quotes/.

    Args:
        models_dir: The project's models/ folder.

    Raises:
        LexiconError: A file is missing, is not TOML, or holds what its shape does not allow.
    """
    file = read_shaped(models_dir / CUES_FILE, CueFile)
    grammar = load_grammar(models_dir)
    voices = frozenset(file.voices.nouns)
    return Cues(
        speech=file.verbs.speech,
        thought=file.verbs.thought,
        stance=file.verbs.stance,
        phrasal=file.verbs.phrasal,
        particles={verb: frozenset(words) for verb, words in file.particles.items()},
        frames=file.frames,
        nouns=file.nouns,
        attitudes=frozenset(file.attitudes.nouns),
        adjectives=file.adjectives,
        evidence=file.evidence.verbs,
        mute=frozenset(file.evidence.mute),
        shown=frozenset(file.evidence.shown),
        perceiving=frozenset(file.perceiving.verbs),
        occasions=frozenset(file.occasions.nouns),
        light=frozenset(file.light.verbs),
        deeds=frozenset(file.deeds.verbs),
        topical=frozenset(file.topical.verbs),
        topics=frozenset(file.topical.nouns),
        conversing=frozenset(file.conversing.verbs),
        negatable=frozenset(file.negatable.verbs),
        addressing=frozenset(file.addressing.verbs),
        telling=frozenset(file.telling.verbs),
        closing_telling=frozenset(file.telling.closing),
        quoting=frozenset(file.quoting.verbs),
        personal=frozenset(file.personal.frames),
        naming=frozenset(file.naming.verbs),
        presenting=frozenset(file.presenting.words),
        aliasing=frozenset(file.presenting.aliasing),
        works=frozenset(file.works.nouns),
        prepositions=file.prepositions,
        descriptions=_load_descriptions(models_dir / SPEAKERS_FILE, voices, grammar.phrases),
        grammar=grammar,
        conversations=load_conversations(models_dir),
        confidences=read_shaped(models_dir / CONFIDENCES_FILE, Confidences),
        ranking=read_shaped(models_dir / RANKING_FILE, RankingWeights),
        probabilities=read_shaped(models_dir / PROBABILITY_FILE, Probabilities),
    )


def _load_descriptions(path: Path, voices: frozenset[str], phrases: PhraseWords) -> Descriptions:
    file = read_shaped(path, SpeakerFile)
    titles = _genders(file.gender)
    factions = frozenset(noun for group in file.groups.values() for noun in group.nouns)
    return Descriptions(
        documents=frozenset(file.documents.nouns),
        authored=frozenset(file.documents.authored),
        depicting=frozenset(file.documents.depicting),
        examining=frozenset(file.documents.examining),
        issuing=frozenset(file.documents.issuing),
        organisations=frozenset(file.organisations.nouns),
        groups=tuple(file.groups.values()),
        factions=factions,
        group_words=frozenset(word for group in file.groups.values() for word in group.words),
        after_names=factions | set(file.organisations.after_names),
        name_nouns=file.name_nouns,
        callings=file.callings,
        persons=frozenset(file.persons.nouns),
        people=frozenset((*file.persons.nouns, *file.persons.others)),
        before_states=frozenset(file.organisations.before_states),
        carriers=frozenset(file.organisations.carriers),
        endings=tuple(file.persons.endings),
        anonymous=frozenset(file.persons.anonymous),
        posts=frozenset(file.persons.posts),
        sides=frozenset(file.persons.sides),
        titles=titles,
        genders=_genders(file.first_names) | titles,
        ordinals=frozenset(file.ordinals.words),
        voices=voices,
        indefinite=frozenset(file.indefinite.words),
        equivalents=file.equivalents,
        phrases=phrases,
    )


def _genders(lists: Genders) -> dict[str, str]:
    return dict.fromkeys(lists.male, "m") | dict.fromkeys(lists.female, "f")
