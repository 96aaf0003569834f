"""Countries, the names that charts and newsrooms give them, and the table they come from."""

from __future__ import annotations

import copy
import os
import pickle
import re
import subprocess
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Literal

import attrs
import iso3166
import pytest
from hypothesis import given, strategies as st

from kcharts.errors import UnknownCountryError
from kcharts.model import country
from kcharts.model.country import WORLD, Country, World, country_key
from tools.build_countries import LOCALES, build

# The 94 places of Netflix's weekly country lists up to 2022-02-27, as printed, with its codes.
NETFLIX = """
AR Argentina; AU Australia; AT Austria; BS Bahamas; BH Bahrain; BD Bangladesh; BE Belgium;
BO Bolivia; BR Brazil; BG Bulgaria; CA Canada; CL Chile; CO Colombia; CR Costa Rica; HR Croatia;
CY Cyprus; CZ Czech Republic; DK Denmark; DO Dominican Republic; EC Ecuador; EG Egypt;
SV El Salvador; EE Estonia; FI Finland; FR France; DE Germany; GR Greece; GP Guadeloupe;
GT Guatemala; HN Honduras; HK Hong Kong; HU Hungary; IS Iceland; IN India; ID Indonesia; IE Ireland;
IL Israel; IT Italy; JM Jamaica; JP Japan; JO Jordan; KE Kenya; KW Kuwait; LV Latvia; LB Lebanon;
LT Lithuania; LU Luxembourg; MY Malaysia; MV Maldives; MT Malta; MQ Martinique; MU Mauritius;
MX Mexico; MA Morocco; NL Netherlands; NC New Caledonia; NZ New Zealand; NI Nicaragua; NG Nigeria;
NO Norway; OM Oman; PK Pakistan; PA Panama; PY Paraguay; PE Peru; PH Philippines; PL Poland;
PT Portugal; QA Qatar; RO Romania; RU Russia; RE Réunion; SA Saudi Arabia; RS Serbia; SG Singapore;
SK Slovakia; SI Slovenia; ZA South Africa; KR South Korea; ES Spain; LK Sri Lanka; SE Sweden;
CH Switzerland; TW Taiwan; TH Thailand; TT Trinidad and Tobago; TR Turkey; UA Ukraine;
AE United Arab Emirates; GB United Kingdom; US United States; UY Uruguay; VE Venezuela; VN Vietnam
"""
NETFLIX_CODES = {
    name: code
    for code, _, name in (" ".join(pair.split()).partition(" ") for pair in NETFLIX.split(";"))
}

# The slugs of a panel of FlixPatrol's country pages, which are Netflix's names but for these two.
SLUGS = """
argentina australia austria bahamas bahrain bangladesh belgium bolivia brazil bulgaria canada chile
colombia costa_rica croatia cyprus czech_republic denmark dominican_republic ecuador egypt estonia
finland france germany greece guadeloupe guatemala honduras hong_kong hungary iceland india
indonesia ireland israel italy jamaica japan jordan kenya kuwait latvia lebanon lithuania luxembourg
malaysia maldives malta martinique mauritius mexico morocco netherlands new_caledonia new_zealand
nicaragua nigeria norway oman pakistan panama paraguay peru philippines poland portugal qatar
reunion romania salvador saudi_arabia serbia singapore slovakia slovenia south_africa south_korea
spain sri_lanka sweden switzerland taiwan thailand trinidad_and_tobago turkey ukraine
united_arab_emirates united_kingdom united_states uruguay venezuela vietnam
"""
SLUG_NAMES = {"reunion": "Réunion", "salvador": "El Salvador"}

PRINTED = {
    "Hong-Kong": "HK", "Reunion": "RE", "Salvador": "SV", "Czech Republic": "CZ", "Czechia": "CZ",
    "south-korea": "KR", "swaziland": "SZ", "ivory-coast": "CI", "east-timor": "TL",
    "cape-verde": "CV", "U.S.": "US", "US": "US", "USA": "US", "U.S.A.": "US", "Us": "US",
    "the United States": "US", "United States of America": "US", "the U.S.": "US", "U.K.": "GB",
    "UK": "GB", "Britain": "GB", "Great Britain": "GB", "Republic of Korea": "KR",
    "Korea, South": "KR", "Korea (South)": "KR", "S. Korea": "KR", "Korea, Republic of": "KR",
    "N. Korea": "KP", "Korea, Democratic People's Republic of": "KP", "UAE": "AE", "U.A.E.": "AE",
    "Holland": "NL", "The Netherlands": "NL", "Türkiye": "TR", "TURKIYE": "TR", "Burma": "MM",
    "Myanmar": "MM", "Macedonia": "MK", "North Macedonia": "MK", "Ivory Coast": "CI",
    "Côte d'Ivoire": "CI", "Cote D\u2019Ivoire": "CI", "Cape Verde": "CV", "Cabo Verde": "CV",
    "East Timor": "TL", "Laos": "LA", "Bolivia, Plurinational State of": "BO", "Viet Nam": "VN",
    "Russian Federation": "RU", "DR Congo": "CD", "Congo-Kinshasa": "CD", "Zaire": "CD",
    "Republic of the Congo": "CG", "Congo - Brazzaville": "CG", "Guinea": "GN", "Kosovo": "XK",
    "Guinea-Bissau": "GW", "Equatorial Guinea": "GQ", "Papua New Guinea": "PG", "Niger": "NE",
    "The Gambia": "GM", "Bahamas, The": "BS", "Trinidad & Tobago": "TT", "Macau": "MO",
    "St. Lucia": "LC", "Saint Lucia": "LC", "U.S. Virgin Islands": "VI", "Palestine": "PS",
    "Curaçao": "CW", "Åland Islands": "AX", "Aland": "AX", "NA": "NA", "NAM": "NA", "NO": "NO",
    "KR": "KR", "kr": "KR", "kr ": "KR", "KOR": "KR", "kor": "KR", "XKX": "XK", "\u200bJapan": "JP",
    "South\u00a0Korea": "KR", "Re\u0301union": "RE", "\uff2a\uff41\uff50\uff41\uff4e": "JP",
}  # fmt: skip

ABROAD = [
    ("ar", "كوريا الجنوبية", "KR"), ("cs", "Jižní Korea", "KR"), ("da", "Storbritannien", "GB"),
    ("de", "Südkorea", "KR"), ("el", "ΝΟΤΙΑ ΚΟΡΕΑ", "KR"), ("es", "EE. UU.", "US"),
    ("fr", "Corée du Sud", "KR"), ("he", "ארה״ב", "US"), ("hi", "दक्षिण कोरिया", "KR"),
    ("id", "Korea Selatan", "KR"), ("it", "Stati Uniti", "US"), ("ja", "韓国", "KR"),
    ("ja", "米国", "US"), ("ko", "대한민국", "KR"), ("ko", "한국", "KR"), ("ko", "미국", "US"),
    ("nl", "Verenigde Staten", "US"), ("pl", "Stany Zjednoczone", "US"), ("pt", "EUA", "US"),
    ("ru", "США", "US"), ("sv", "Sydkorea", "KR"), ("th", "เกาหลีใต้", "KR"), ("tr", "KIBRIS", "CY"),
    ("vi", "Hàn Quốc", "KR"), ("vi", "Nga", "RU"), ("vi", "Áo", "AT"), ("vi", "Mỹ", "US"),
    ("zh", "韩国", "KR"), ("zh", "香港", "HK"), ("zh-Hant", "南韓", "KR"), ("de", "France", "FR"),
    ("ko", "US", "US"),
]  # fmt: skip

REFUSED = [
    "", " ", ".", "-", "–", "?", "N/A", "n/a", "N.A.", "na", "NaN", "nan", "None", "none", "null",
    "True", "0", "82", "410", "KR,JP", "KR/JP", "K.R.", "K-R", "Kr", "Kor", "World", "the world",
    "Global", "Worldwide", "Total", "Average", "All countries", "Korea", "korea", "Congo",
    "the Congo", "Virgin Islands", "Nigera", "Austrlia", "Atlantis", "Phillipines", "Brasil",
    "Untied States", "America", "Americas", "Europe", "Asia", "Eastern Asia", "Latin America", "EU",
    "EUR", "European Union", "ZZ", "AN", "ANT", "SU", "SUN", "YU", "YUG", "CS", "DD", "EL", "UN",
    "XX", "XA", "AA", "QQ", "England", "Scotland", "Wales", "Northern Ireland", "Germany?",
    "Germany*", "Soviet Union", "Yugoslavia", "Netherlands Antilles", "Guiana", "Islands", "the",
    "Deutschland", "대한민국", "KR\x00",
]  # fmt: skip

MEANT = [
    ("Nigera", "Nigeria"), ("Austrlia", "Australia"), ("Phillipines", "Philippines"),
    ("Brasil", "Brazil"), ("Untied States", "United States"), ("Germany?", "Germany"),
    ("America", "United States"), ("England", "United Kingdom"), ("na", "Namibia"),
    ("Trinidad", "Trinidad and Tobago"), ("Kr", "South Korea"), ("Guiana", "French Guiana"),
]  # fmt: skip

AMBIGUOUS = {
    None: {"korea": ("KP", "KR"), "congo": ("CD", "CG"), "virgin islands": ("VG", "VI")},
    "es": {"congo": ("CD", "CG")},
    "no": {"kongo": ("CD", "CG")},
    "pl": {"kongo": ("CD", "CG")},
}

# Both a name in the language and the code of another country.
CODES_IN_VIETNAMESE = {
    "ao": ("AO", "AT"),
    "bi": ("BE", "BI"),
    "my": ("MY", "US"),
    "nga": ("NG", "RU"),
}

FORMS: list[Literal["NFC", "NFD", "NFKC"]] = ["NFC", "NFD", "NFKC"]

DATA = files("kcharts").joinpath("data")
PROVENANCE = DATA.joinpath("README.md").read_text(encoding="utf-8")
SHIPPED = {
    name: DATA.joinpath(name).read_bytes().decode()
    for name in ("countries.tsv", "country_names.tsv")
}
ROWS, NAMES = ([line.split("\t") for line in text.splitlines()[1:]] for text in SHIPPED.values())
CODES = [row[0] for row in ROWS]

PUBLISHED: list[tuple[str | None, str, str]] = [
    *((None, row[0], name) for row in ROWS for name in (row[3], *row[7].split("|")) if name),
    *(
        (locale, alpha2, name)
        for alpha2, *cells in NAMES
        for locale, cell in zip(LOCALES, cells, strict=True)
        for name in cell.split("|")
    ),
]
KEYS: dict[str | None, defaultdict[str, set[str]]] = {
    locale: defaultdict(set) for locale in (None, *LOCALES)
}
for _locale, _alpha2, _name in PUBLISHED:
    KEYS[_locale][country_key(_name)].add(_alpha2)


def parsed(text: str, locale: str | None = None) -> str | None:
    """The code of the country that a text is read as; None where it is refused."""
    try:
        return Country.parse(text, locale=locale).alpha2
    except UnknownCountryError:
        return None


def hints(text: str, locale: str | None = None) -> tuple[str, ...]:
    """What the refusal of a text suggests."""
    with pytest.raises(UnknownCountryError) as caught:
        Country.parse(text, locale=locale)
    return caught.value.hints


class TestNames:
    def test_every_name_of_netflix_is_read(self) -> None:
        """Netflix's 94 printed names give the codes that Netflix prints beside them."""
        assert len(NETFLIX_CODES) == 94
        assert {name: parsed(name) for name in NETFLIX_CODES} == NETFLIX_CODES

    def test_every_slug_of_flixpatrol_is_read(self) -> None:
        """FlixPatrol's slugs, with underscores or hyphens, are Netflix's countries."""
        slugs = SLUGS.split()
        assert len(slugs) == len(NETFLIX_CODES) - 1  # Russia had left the panel
        names = {slug: SLUG_NAMES.get(slug, slug.replace("_", " ")) for slug in slugs}
        by_name = {name.casefold(): code for name, code in NETFLIX_CODES.items()}
        expected = {slug: by_name[name.casefold()] for slug, name in names.items()}
        assert {slug: parsed(slug) for slug in slugs} == expected
        assert {slug: parsed(slug.replace("_", "-")) for slug in slugs} == expected

    def test_names_in_print_are_read(self) -> None:
        """Names and codes as newsrooms, standards and sites print them are read."""
        assert {text: parsed(text) for text in PRINTED} == PRINTED

    @pytest.mark.parametrize(("locale", "text", "alpha2"), ABROAD)
    def test_names_in_other_languages_are_read(self, locale: str, text: str, alpha2: str) -> None:
        """With a locale that language's names are read, and English ones and codes still are."""
        assert parsed(text, locale) == alpha2

    def test_every_published_name_is_read(self) -> None:
        """Every name of the tables gives its country, but for those listed as ambiguous."""
        wrong = [
            (locale, alpha2, name)
            for locale, alpha2, name in PUBLISHED
            if parsed(name, locale) != alpha2
            and alpha2 not in AMBIGUOUS.get(locale, {}).get(country_key(name), ())
        ]
        assert wrong == []

    @given(
        st.sampled_from(PUBLISHED),
        st.sampled_from([str.upper, str.lower, str.swapcase]),
        st.sampled_from(FORMS),
        st.sampled_from([" ", "-", "_", "\u00a0", "  "]),
        st.sampled_from(["", "the ", " The\t", "\ufeff"]),
    )
    def test_case_form_and_spacing_do_not_matter(
        self,
        published: tuple[str | None, str, str],
        case: Callable[[str], str],
        form: Literal["NFC", "NFD", "NFKC"],
        space: str,
        prefix: str,
    ) -> None:
        """A name is read in any case, Unicode form and spacing as it is in print."""
        locale, _, name = published
        text = prefix + unicodedata.normalize(form, case(name)).replace(" ", space)
        if country_key(name) in CODES_IN_VIETNAMESE and text.isascii():
            return
        assert parsed(text, locale) == parsed(name, locale)

    def test_most_languages_of_the_panel_are_there(self) -> None:
        """At least 16 languages have a name for each of the 250 countries."""
        assert len(LOCALES) >= 16
        assert all(all(row) and len(row) == len(LOCALES) + 1 for row in NAMES)
        assert len(NAMES) == 250

    def test_a_language_that_is_not_there_is_refused(self) -> None:
        """An unknown locale is a mistake of the caller, answered with the list of locales."""
        with pytest.raises(ValueError, match=r"locale: expected one of ar, bg, .*, found 'xx'"):
            Country.parse("Japan", locale="xx")


class TestRefusals:
    @pytest.mark.parametrize("text", REFUSED)
    def test_what_names_no_country_is_refused(self, text: str) -> None:
        """Typos, regions, parts, former countries, other codes and missing values name nothing."""
        with pytest.raises(UnknownCountryError) as caught:
            Country.parse(text)
        assert caught.value.message.startswith("Country.parse: expected ")
        assert caught.value.message.endswith(f", found {text!r}")
        assert isinstance(caught.value, ValueError)

    @pytest.mark.parametrize(("text", "name"), MEANT)
    def test_the_country_that_was_meant_comes_first(self, text: str, name: str) -> None:
        """The first hint is the closest name, with the code that gives it."""
        assert hints(text)[0] == f"{name} is {Country.parse(name)!r}"

    @pytest.mark.parametrize("text", ["World", "Global", "worldwide", "TOTAL", "Average"])
    def test_the_world_is_no_country(self, text: str) -> None:
        """Words for all countries together are answered by naming WORLD, and nothing else."""
        assert hints(text) == ("the world chart is kcharts.WORLD, not a Country",)

    @pytest.mark.parametrize("text", ["", "-", "N/A", "Atlantis", "ZZ", "82"])
    def test_there_is_no_hint_without_a_close_name(self, text: str) -> None:
        """Where nothing is close, nothing is suggested."""
        assert hints(text) == ()

    def test_another_script_is_answered_with_locale(self) -> None:
        """A name in another script, read without its language, is answered by naming locale=."""
        assert hints("대한민국") == ('locale= reads names in other languages, such as locale="ko"',)
        assert hints("갈라파고스", "ko") == ()

    @pytest.mark.parametrize("text", ["Islands", "Saint", "Republic"])
    def test_hints_are_few(self, text: str) -> None:
        """A word of many names gives five hints, all different."""
        assert len(set(hints(text))) == len(hints(text)) == 5

    def test_close_names_in_another_language_are_suggested(self) -> None:
        """With a locale the close names are sought in that language too."""
        assert hints("Vereinigte Staten", "de")[0] == 'United States is Country("US")'
        assert hints("Vereinigte Staten") == ()

    @pytest.mark.parametrize(
        ("locale", "key", "alpha2s"),
        [(locale, key, both) for locale, keys in AMBIGUOUS.items() for key, both in keys.items()],
    )
    def test_a_name_of_two_countries_is_neither(
        self, locale: str | None, key: str, alpha2s: tuple[str, ...]
    ) -> None:
        """A name that two countries have is refused, with both as hints."""
        expected = tuple(f"{Country(code).name} is {Country(code)!r}" for code in alpha2s)
        assert hints(key, locale) == expected

    @pytest.mark.parametrize(("key", "alpha2s"), CODES_IN_VIETNAMESE.items())
    def test_a_name_that_is_the_code_of_another_country_is_neither(
        self, key: str, alpha2s: tuple[str, ...]
    ) -> None:
        """What is a name in the language asked for and the code of another country is refused."""
        expected = {f"{Country(code).name} is {Country(code)!r}" for code in alpha2s}
        assert set(hints(key, "vi")) == set(hints(key.upper(), "vi")) == expected
        assert parsed(key) in alpha2s

    @given(
        st.sampled_from(PUBLISHED),
        st.integers(0, 40),
        st.sampled_from(["", "a", "e", "n", "r", "s", " ", "-", "."]),
        st.integers(0, 2),
    )
    def test_nothing_is_ever_guessed(
        self, published: tuple[str | None, str, str], place: int, put: str, cut: int
    ) -> None:
        """A name with a slip in it is refused, unless the result is itself a name or code."""
        locale, _, name = published
        text = name[:place] + put + name[place + cut :]
        alpha2 = parsed(text, locale)
        if alpha2 is not None:
            key = country_key(text)
            named = KEYS[locale].get(key) or KEYS[None].get(key)
            assert named == {alpha2} or text.strip().upper() in {alpha2, Country(alpha2).alpha3}

    @pytest.mark.parametrize("value", [None, 82, float("nan"), b"KR", ["KR"], Country("KR"), WORLD])
    def test_what_is_no_text_is_a_type_error(self, value: object) -> None:
        """Neither the constructor nor parse takes anything but a string, and both name it."""
        shown = f"expected text, found {value!r}"
        with pytest.raises(TypeError) as parsing:
            Country.parse(value)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # the mistake under test
        with pytest.raises(TypeError) as making:
            Country(value)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # the mistake under test
        assert str(parsing.value) == f"Country.parse: text: {shown}"
        assert str(making.value) == f"Country.alpha2: {shown}"


class TestCountry:
    @pytest.mark.parametrize(
        "text", ["kr", "KOR", " KR", "South Korea", "", "UK", "EU", "ZZ", "AN"]
    )
    def test_the_constructor_takes_codes_alone(self, text: str) -> None:
        """The constructor coerces nothing: all but an upper-case alpha-2 code is refused."""
        with pytest.raises(UnknownCountryError) as caught:
            Country(text)
        assert caught.value.message == (
            f"Country: expected an ISO 3166-1 alpha-2 code such as 'KR', found {text!r}"
        )
        meant = parsed(text)
        assert (
            f"{meant and Country(meant)} is {meant and Country(meant)!r}" in caught.value.hints
        ) == (meant is not None)

    def test_the_codes_are_those_of_iso_3166(self) -> None:
        """The table holds the 249 countries of ISO 3166-1 with its three codes, and Kosovo."""
        expected = {(c.alpha2, c.alpha3, c.numeric) for c in iso3166.countries if c.alpha2 != "XK"}
        found = {(c.alpha2, c.alpha3, c.numeric) for c in Country.all()}
        assert len(expected) == 249
        assert found == expected | {("XK", "XKX", None)}

    def test_all_is_in_order(self) -> None:
        """`Country.all` has every country once, in the order of the codes."""
        assert [c.alpha2 for c in Country.all()] == sorted(set(CODES))
        assert len(Country.all()) == 250

    def test_codes_of_every_country_are_read(self) -> None:
        """Codes are read in upper and in lower case, but for "na"."""
        for one in Country.all():
            for code in (one.alpha2, one.alpha3):
                assert Country.parse(code) == one
                assert parsed(code.lower()) == (None if code == "NA" else one.alpha2)

    def test_regions_have_the_members_that_m49_counts(self) -> None:
        """M49's regions have 60, 57, 50, 51 and 29 members; here Taiwan and Kosovo come on top."""
        assert Counter(c.region for c in Country.all()) == {
            "Africa": 60, "Americas": 57, "Asia": 50 + 1, "Europe": 51 + 1, "Oceania": 29, None: 1,
        }  # fmt: skip

    def test_a_subregion_is_of_one_region(self) -> None:
        """M49 has 17 sub-regions, each within one region."""
        pairs = {(c.region, c.subregion) for c in Country.all()} - {(None, None)}
        assert len(pairs) == len({subregion for _, subregion in pairs}) == 17

    @pytest.mark.parametrize(
        ("alpha2", "region", "subregion"),
        [
            ("KR", "Asia", "Eastern Asia"),
            ("US", "Americas", "Northern America"),
            ("MX", "Americas", "Latin America and the Caribbean"),
            ("GB", "Europe", "Northern Europe"),
            ("CY", "Asia", "Western Asia"),
            ("TR", "Asia", "Western Asia"),
            ("IR", "Asia", "Southern Asia"),
            ("SD", "Africa", "Northern Africa"),
            ("RE", "Africa", "Sub-Saharan Africa"),
            ("NC", "Oceania", "Melanesia"),
            ("TW", "Asia", "Eastern Asia"),
            ("XK", "Europe", "Southern Europe"),
            ("AQ", None, None),
        ],
    )
    def test_region(self, alpha2: str, region: str | None, subregion: str | None) -> None:
        """Countries on the edge of a region stand where M49 puts them."""
        assert (Country(alpha2).region, Country(alpha2).subregion) == (region, subregion)

    @pytest.mark.parametrize(
        ("alpha2", "name", "in_sentence"),
        [
            ("KR", "South Korea", "South Korea"),
            ("US", "United States", "the United States"),
            ("GB", "United Kingdom", "the United Kingdom"),
            ("PH", "Philippines", "the Philippines"),
            ("BS", "Bahamas", "the Bahamas"),
            ("AE", "United Arab Emirates", "the United Arab Emirates"),
            ("DO", "Dominican Republic", "the Dominican Republic"),
            ("HK", "Hong Kong", "Hong Kong"),
            ("CD", "Democratic Republic of the Congo", "the Democratic Republic of the Congo"),
            ("TT", "Trinidad and Tobago", "Trinidad and Tobago"),
        ],
    )
    def test_english_names(self, alpha2: str, name: str, in_sentence: str) -> None:
        """The name stands alone in tables and takes its article in a sentence."""
        one = Country(alpha2)
        assert (one.name, str(one), one.in_sentence) == (name, name, in_sentence)
        assert Country.parse(in_sentence) == one

    @pytest.mark.parametrize("one", [Country("KR"), Country("XK")], ids=repr)
    def test_it_is_a_value(self, one: Country) -> None:
        """A country survives repr, copying and every pickle protocol, with its hash."""
        known = {one}
        copies = [pickle.loads(pickle.dumps(one, n)) for n in range(pickle.HIGHEST_PROTOCOL + 1)]
        copies += [copy.copy(one), copy.deepcopy(one), eval(repr(one))]
        assert all(other == one and other in known for other in copies)
        assert repr(one) == f'Country("{one.alpha2}")'

    def test_countries_differ_by_their_code(self) -> None:
        """Two countries are never equal, and no country equals its code."""
        assert len(set(Country.all())) == 250
        others: list[object] = ["KR", Country("KP"), WORLD]
        assert Country("KR") not in others

    def test_it_cannot_be_changed(self) -> None:
        """A country is frozen and slotted, and its class is final."""
        one = Country("KR")
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            one.alpha2 = "US"  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]  # the mistake under test
        assert not hasattr(one, "__dict__")
        assert getattr(Country, "__final__", False)


class TestWorld:
    def test_it_is_one_thing_that_copies_to_itself(self) -> None:
        """However it is copied, WORLD stays the one value of its type."""
        copies = [pickle.loads(pickle.dumps(WORLD, n)) for n in range(pickle.HIGHEST_PROTOCOL + 1)]
        copies += [copy.copy(WORLD), copy.deepcopy(WORLD), eval(repr(WORLD))]
        assert all(other is WORLD for other in copies)
        assert list(World) == [WORLD]
        assert {WORLD: 1}[copy.copy(WORLD)] == 1

    def test_it_prints_as_words(self) -> None:
        """In print it is the world, in code WORLD."""
        assert (str(WORLD), WORLD.in_sentence, repr(WORLD)) == ("the world", "the world", "WORLD")

    def test_it_is_no_country(self) -> None:
        """WORLD is not among the countries, and equals none of them."""
        places: list[object] = list(Country.all())
        assert WORLD not in places
        assert not issubclass(World, Country)


class TestTable:
    def test_it_is_what_the_generator_writes(self) -> None:
        """The shipped files are, byte for byte, what CLDR, iso3166 and the reviewed files give.

        CLDR gives some countries other names with each of its releases, so the names are compared
        under the release of Babel that the provenance tells; codes and regions under any.
        """
        built = build()
        assert built.keys() == SHIPPED.keys()
        if f"Babel {version('babel')} " in PROVENANCE:
            from babel.core import get_cldr_version

            assert f"CLDR {get_cldr_version()}," in PROVENANCE
            for name, text in SHIPPED.items():
                assert text == built[name], f"run tools/build_countries.py: {name} is stale"
        rows = [line.split("\t") for line in built["countries.tsv"].splitlines()[1:]]
        assert [(*row[:3], *row[4:7]) for row in rows] == [(*row[:3], *row[4:7]) for row in ROWS]

    def test_its_provenance_is_told(self) -> None:
        """The data's README names the releases that are pinned, so that names are compared."""
        pins = Path(__file__).parents[1].joinpath("constraints.txt").read_text(encoding="utf-8")
        pinned = dict(re.findall(r"^(babel|iso3166)==(\S+)", pins, re.MULTILINE))
        assert f"Babel {pinned['babel']} packages" in PROVENANCE
        assert f"iso3166 {pinned['iso3166']} " in PROVENANCE
        assert all(f"## {name}" in PROVENANCE for name in SHIPPED)
        assert f"{len(LOCALES)} languages" in PROVENANCE

    @pytest.mark.parametrize("locale", [None, *LOCALES])
    def test_no_key_belongs_to_two_countries(self, locale: str | None) -> None:
        """Within a language no folded name is of two countries, but for those listed."""
        shared = {key: tuple(sorted(c)) for key, c in KEYS[locale].items() if len(c) > 1}
        assert shared == AMBIGUOUS.get(locale, {})

    @pytest.mark.parametrize("locale", LOCALES)
    def test_no_language_contradicts_english(self, locale: str) -> None:
        """A name that English has too is of the same country in every language."""
        both = KEYS[locale].keys() & KEYS[None].keys()
        assert [key for key in both if not KEYS[locale][key] & KEYS[None][key]] == []

    def test_no_name_is_the_code_of_another_country(self) -> None:
        """No English name or alias folds to another country's code, so that codes come first."""
        codes = {c.lower(): one.alpha2 for one in Country.all() for c in (one.alpha2, one.alpha3)}
        shared = codes.keys() & KEYS[None].keys()
        assert [key for key in shared if {codes[key]} != KEYS[None][key]] == []

    def test_importing_reads_nothing(self) -> None:
        """The import reads no table and loads none of the modules that reading one needs."""
        late = ["csv", "json", "importlib.resources", "pkgutil", "difflib", "babel", "iso3166"]
        probe = (
            "import sys, attrs; before = set(sys.modules); import kcharts.model.country as c;"
            f"print(*({{*{late}}} & ({{*sys.modules}} - before)), c._table.cache_info().currsize)"
        )
        bare = {name: value for name, value in os.environ.items() if not name.startswith("COV_")}
        done = subprocess.run(
            [sys.executable, "-c", probe], env=bare, capture_output=True, text=True, check=True
        )
        assert done.stdout.split() == ["0"]

    def test_a_package_without_its_data_says_so(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where a loader has no data to give, the missing file is named."""

        def nothing(_package: str, _resource: str) -> None:
            return None

        monkeypatch.setattr("pkgutil.get_data", nothing)
        with pytest.raises(FileNotFoundError, match=r"without its data file 'countries\.tsv'"):
            country._table.__wrapped__()
