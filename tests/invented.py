"""The lexicon with invented offices and persons, so that examples put no words into real mouths."""

from dataclasses import replace

from extract.lexicon import ALWAYS, INTRODUCED, Entity, Lexicon, Name, Office, Term
from extract.lexicon.entries import shapes_of
from extract.model import Label

_PERSONS = ("Otto Brandt", "Lena Brandt", "Salma Hartwig", "Tahir Qattoul", "Noor Zaytuni", "Rana Zaytuni")
_OF_MARSA = ("Ivo Calder", "Mona Sterling")
_OFFICES = (
    Office(
        *(
            "prime-minister-of-qarnas",
            "Prime Minister of Qarnas",
            "XQ",
            ("prime minister", "premier", "pm"),
            None,
        ),
        (Term("salma-hartwig", "2015-03-01", "2019-06-30"), Term("otto-brandt", "2019-07-01", None)),
    ),
    Office(
        *("president-of-qarnas", "President of Qarnas", "XQ", ("president",), None),
        (Term("lena-brandt", "2018", None),),
    ),
    Office(
        *("president-of-marsa", "President of Marsa", "XM", ("president",), None),
        (Term("mona-sterling", "2010", "2017"), Term("ivo-calder", "2018", None)),
    ),
    Office(
        *("speaker-of-qarnas", "Speaker of the Assembly", "XQ", ("speaker", "speaker of parliament"), None),
        (Term("noor-zaytuni", "2018", "2020-05"), Term("rana-zaytuni", "2020-05", None)),
    ),
    Office(
        *(
            "prime-minister-of-iraq",
            "Prime Minister of Iraq",
            "IQ",
            ("prime minister", "premier", "pm"),
            None,
        ),
        (Term("tahir-qattoul", "2018-01-01", "2021-12-31"), Term("salma-hartwig", "2022-01-01", None)),
    ),
    Office(
        *("qarnasi-ambassador-to-iraq", "Ambassador of Qarnas to Iraq", "XQ", ("ambassador to iraq",), None),
        (Term("rana-zaytuni", "2019", "2020"),),
    ),
    Office(
        *(
            "finance-minister-of-iraq",
            "Finance Minister",
            "IQ",
            ("finance minister", "minister of finance"),
            None,
        ),
        (Term("noor-zaytuni", None, None),),
    ),
)
_COUNTRIES = {"Qarnas": "XQ", "Marsa": "XM"}
_DEMONYMS = ("Qarnasi", "Marsan")
_BODIES = {"Qarnasi Army": "XQ", "Qarnasi Water Ministry": "XQ", "Marsan Army": "XM"}
_MOVEMENT = (
    Term("rana-zaytuni", None, None),
    Term("noor-zaytuni", "2010", "2018"),
    Term("otto-brandt", "2019", None),
)


def invented(lexicon: Lexicon) -> Lexicon:
    """Return the lexicon with the countries Qarnas and Marsa, a Rain Movement, and only invented offices."""
    entities = [_entity(name, "person", "PERSON", "XQ") for name in _PERSONS]
    entities += [_entity(name, "person", "PERSON", "XM") for name in _OF_MARSA]
    countries = [
        replace(_entity(name, "country", "GPE", code, role="place"), aliases=(demonym,))
        for (name, code), demonym in zip(_COUNTRIES.items(), _DEMONYMS, strict=True)
    ]
    entities += countries
    entities.append(_entity("Rain Movement", "political_party", "FACTION", "XQ", leaders=_MOVEMENT))
    entities += [_entity(name, "state_security_force", "ORG", code) for name, code in _BODIES.items()]
    names = [_name(entity.name, entity, entity.label, "alias", ALWAYS) for entity in entities]
    names += [
        _name(demonym, country, "NORP", "demonym", ALWAYS)
        for demonym, country in zip(_DEMONYMS, countries, strict=True)
    ]
    names += [
        _name(surname, entity, "PERSON", "short_name", INTRODUCED)
        for entity in entities
        if entity.kind == "person"
        for surname in lexicon.surname_of(entity.name)
    ]
    index = dict(lexicon.names)
    longest = dict(lexicon.longest)
    for name in names:
        key = lexicon.spelling.key(name.surface)
        index[key] = (*index.get(key, ()), name)
        first = key.split(" ")[0]
        longest[first] = max(longest.get(first, 0), key.count(" ") + 1)
    return replace(
        lexicon,
        entities={**lexicon.entities, **{entity.id: entity for entity in entities}},
        names=index,
        longest=longest,
        offices={office.id: office for office in _OFFICES},
        as_of="2026-06-30",
    )


def _entity(
    name: str, kind: str, label: Label, country: str, *, role: str = "actor", leaders: tuple[Term, ...] = ()
) -> Entity:
    slug = name.lower().replace(" ", "-")
    return Entity(
        slug, name, kind, label, "place" if role == "place" else "actor", slug, country, leaders=leaders
    )


def _name(surface: str, entity: Entity, label: Label, method: str, when: str) -> Name:
    return Name(surface, entity.id, label, method, when, shapes_of(surface))
