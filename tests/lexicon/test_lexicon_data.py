"""Facts that the shipped lexicon must hold: offices by day, places, codes, coverage, stable ids."""

import json
from collections import Counter
from pathlib import Path

import pytest

from extract.lexicon import ALWAYS, Lexicon

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "knowledge" / "factions.jsonl"


@pytest.mark.parametrize(
    ("office", "day", "holders"),
    [
        ("prime-minister-of-iraq", "2003-05-01", ()),
        ("prime-minister-of-iraq", "2004-08-01", ("ayad-allawi",)),
        ("prime-minister-of-iraq", "2005-10-15", ("ibrahim-al-jaafari",)),
        ("prime-minister-of-iraq", "2014-06-10", ("nouri-al-maliki",)),
        ("prime-minister-of-iraq", "2017-07-10", ("haider-al-abadi",)),
        ("prime-minister-of-iraq", "2019-11-29", ("adel-abdul-mahdi",)),
        ("prime-minister-of-iraq", "2021-07-27", ("mustafa-al-kadhimi",)),
        ("prime-minister-of-iraq", "2024-01-04", ("mohammed-shia-al-sudani",)),
        ("prime-minister-of-iraq", "2018-10-25", ("haider-al-abadi", "adel-abdul-mahdi")),
        ("president-of-iraq", "2010-01-01", ("jalal-talabani",)),
        ("president-of-iraq", "2019-12-26", ("barham-salih",)),
        ("speaker-of-iraq", "2018-12-01", ("mohammed-al-halbousi",)),
        ("speaker-of-iraq", "2024-12-01", ("mahmoud-al-mashhadani",)),
        ("foreign-minister-of-iraq", "2012-01-01", ("hoshyar-zebari",)),
        ("foreign-minister-of-iraq", "2021-06-01", ("fuad-hussein",)),
        ("interior-minister-of-iraq", "2013-01-01", ()),
        ("pmf-chief-of-staff", "2023-01-01", ("abu-fadak-al-mohammedawi",)),
        ("krg-prime-minister", "2017-09-25", ("nechirvan-barzani",)),
        ("krg-prime-minister", "2021-01-01", ("masrour-barzani",)),
        ("kurdistan-region-president", "2018-06-01", ()),
        ("president-of-the-us", "2003-03-20", ("george-w-bush",)),
        ("president-of-the-us", "2020-01-03", ("donald-trump",)),
        ("secretary-of-state", "2014-09-01", ("john-kerry",)),
        ("secretary-of-defense", "2006-11-01", ("donald-rumsfeld",)),
        ("centcom-commander", "2018-01-01", ("joseph-votel",)),
        ("us-ambassador-to-iraq", "2008-01-01", ("ryan-crocker",)),
        ("quds-force-commander", "2019-12-31", ("qassem-soleimani",)),
        ("quds-force-commander", "2020-02-01", ("esmail-qaani",)),
        ("president-of-iran", "2009-06-12", ("mahmoud-ahmadinejad",)),
        ("foreign-minister-of-iran", "2023-05-01", ("hossein-amir-abdollahian",)),
        ("president-of-turkey", "2016-07-15", ("recep-tayyip-erdogan",)),
        ("crown-prince-of-saudi-arabia", "2018-10-02", ("mohammed-bin-salman",)),
        ("prime-minister-of-the-uk", "2003-03-20", ("tony-blair",)),
        ("chancellor-of-germany", "2015-09-01", ("angela-merkel",)),
        ("president-of-syria", "2025-03-01", ("ahmed-al-sharaa",)),
        ("un-secretary-general", "2006-12-31", ("kofi-annan",)),
        ("un-special-representative-for-iraq", "2021-10-10", ("jeanine-hennis-plasschaert",)),
        ("pope", "2021-03-06", ("pope-francis",)),
        ("prime-minister-of-iraq", "2026-05-13", ("mohammed-shia-al-sudani",)),
        ("prime-minister-of-iraq", "2026-06-08", ("ali-al-zaidi",)),
        ("president-of-iraq", "2026-04-10", ("abdul-latif-rashid",)),
        ("president-of-iraq", "2026-04-12", ("nizar-amedi",)),
        ("speaker-of-iraq", "2025-12-15", ()),
        ("speaker-of-iraq", "2026-01-05", ("haibat-al-halbousi",)),
        ("supreme-leader-of-iran", "2026-02-27", ("ali-khamenei",)),
        ("supreme-leader-of-iran", "2026-03-03", ()),
        ("supreme-leader-of-iran", "2026-04-01", ("mojtaba-khamenei",)),
        ("irgc-commander", "2026-03-10", ("ahmad-vahidi",)),
        ("oil-minister-of-iraq", "2026-06-01", ()),
    ],
)
def test_who_held_an_office_on_a_day(
    lexicon: Lexicon, office: str, day: str, holders: tuple[str, ...]
) -> None:
    assert lexicon.offices[office].holders_on(day) == holders


def test_offices_are_held_by_persons_with_a_role(lexicon: Lexicon) -> None:
    holders = {term.entity_id for office in lexicon.offices.values() for term in office.terms}
    assert len(holders) > 200
    assert {lexicon.entities[holder].kind for holder in holders} == {"person"}
    assert all(
        office.titles == tuple(title.lower() for title in office.titles)
        for office in lexicon.offices.values()
    )


@pytest.mark.parametrize(
    ("actor", "day", "leaders"),
    [
        ("badr-organization", "2015-01-01", {"hadi-al-amiri"}),
        ("hezbollah", "2020-01-01", {"hassan-nasrallah"}),
        ("hezbollah", "2025-01-01", {"naim-qassem"}),
        ("isis", "2015-01-01", {"abu-bakr-al-baghdadi"}),
        ("islamic-supreme-council-of-iraq", "2007-01-01", {"abdul-aziz-al-hakim"}),
        ("irgc", "2020-01-01", {"hossein-salami"}),
    ],
)
def test_who_led_an_actor_on_a_day(lexicon: Lexicon, actor: str, day: str, leaders: set[str]) -> None:
    terms = lexicon.entities[actor].leaders
    assert {term.entity_id for term in terms if term.covers(day)} == leaders


@pytest.mark.parametrize(
    ("place", "lies_in"),
    [
        ("ramadi", "anbar"), ("al-qaim", "anbar"), ("sinjar", "nineveh"), ("tikrit", "salahaddin"),
        ("tuz-khurmatu", "salahaddin"), ("hawija", "kirkuk-governorate"), ("baqubah", "diyala"),
        ("jurf-al-sakhar", "babil"), ("nasiriyah", "dhi-qar"), ("amarah", "maysan"), ("kut", "wasit"),
        ("samawah", "muthanna"), ("diwaniyah", "qadisiyah"), ("zakho", "dohuk-governorate"),
        ("chamchamal", "sulaymaniyah-governorate"), ("sadr-city", "baghdad"), ("ain-al-asad", "anbar"),
    ],
)  # fmt: skip
def test_what_a_place_lies_in(lexicon: Lexicon, place: str, lies_in: str) -> None:
    assert [term.entity_id for term in lexicon.entities[place].part_of] == [lies_in]


def test_iraq_has_nineteen_governorates_with_their_codes(lexicon: Lexicon) -> None:
    iraqi = {
        entity.id: entity.iso
        for entity in lexicon.entities.values()
        if entity.kind == "governorate" and entity.country == "IQ"
    }
    codes = ["AN", "AR", "BA", "BB", "BG", "DA", "DI", "DQ", "KA", "KI"]
    codes += ["MA", "MU", "NA", "NI", "QA", "SD", "SU", "WA"]
    assert len(iraqi) == len(codes) + 1
    assert {code for code in iraqi.values() if code} == {f"IQ-{code}" for code in codes}
    assert iraqi["halabja-governorate"] is None
    assert iraqi["anbar"] == "IQ-AN"
    assert iraqi["salahaddin"] == "IQ-SD"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Iraq", "IQ"),
        ("Iran", "IR"),
        ("Turkey", "TR"),
        ("Georgia", "GE"),
        ("South Sudan", "SS"),
        ("Chad", "TD"),
    ],
)
def test_countries_have_their_code(lexicon: Lexicon, name: str, code: str) -> None:
    countries = [lexicon.entities[one.entity_id] for one in lexicon.named(name) if one.method == "place"]
    assert [(country.kind, country.country) for country in countries] == [("country", code)]


def test_country_codes_are_given_once(lexicon: Lexicon) -> None:
    codes = Counter(entity.country for entity in lexicon.entities.values() if entity.kind == "country")
    assert [code for code, number in codes.items() if number > 1] == []
    assert len(codes) >= 190


@pytest.mark.parametrize(
    ("surname", "person"),
    [("Petraeus", "david-petraeus"), ("Zarqawi", "abu-musab-al-zarqawi"),
     ("Erdogan", "recep-tayyip-erdogan"), ("Ahmadinejad", "mahmoud-ahmadinejad"),
     ("Netanyahu", "benjamin-netanyahu"), ("Khamenei", "ali-khamenei")],
)  # fmt: skip
def test_surnames_that_need_no_introduction(lexicon: Lexicon, surname: str, person: str) -> None:
    assert {one.entity_id for one in lexicon.named(surname) if one.when == ALWAYS} == {person}


@pytest.mark.parametrize("surname", ["Rice", "Bush", "Brown", "Hill", "Miller", "White", "May", "Gates"])
def test_surnames_that_are_words_or_common_need_one(lexicon: Lexicon, surname: str) -> None:
    assert ALWAYS not in {one.when for one in lexicon.named(surname) if one.label == "PERSON"}


def test_coverage(lexicon: Lexicon) -> None:
    kinds = Counter(entity.kind for entity in lexicon.entities.values())
    towns = [one for one in lexicon.entities.values() if one.kind == "city" and one.country == "IQ"]
    assert kinds["person"] >= 350
    assert len(towns) >= 150
    assert kinds["outlet"] >= 250
    assert len(lexicon.offices) >= 100
    assert all(one.description for one in lexicon.entities.values() if one.kind == "person")


@pytest.mark.skipif(not SHARED.exists(), reason="the list of ids is not part of the project")
def test_ids_never_change(lexicon: Lexicon) -> None:
    known = [json.loads(line) for line in SHARED.read_text(encoding="utf-8").splitlines()]
    assert [one["id"] for one in known if one["id"] not in lexicon.entities] == []
    renamed = [one["id"] for one in known if lexicon.entities[one["id"]].kind != one["kind"]]
    assert renamed == []
