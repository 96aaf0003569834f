"""Write the country tables of the package from Babel's CLDR, iso3166 and the reviewed files here.

Run it after an upgrade of Babel or iso3166, or a change of country_aliases.tsv or m49.tsv:

    python tools/build_countries.py

The output depends on those four alone; a test builds it again and compares.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from importlib.metadata import version
from pathlib import Path
from typing import Final

import iso3166
from babel import Locale

from kcharts.model.country import country_key

HERE: Final = Path(__file__).resolve().parent
DATA: Final = HERE.parent / "src" / "kcharts" / "data"

LOCALES: Final[list[str]] = [
    "ar",
    "bg",
    "bn",
    "ca",
    "cs",
    "da",
    "de",
    "el",
    "es",
    "et",
    "fa",
    "fi",
    "fil",
    "fr",
    "he",
    "hi",
    "hr",
    "hu",
    "id",
    "is",
    "it",
    "ja",
    "ko",
    "lt",
    "lv",
    "ms",
    "nl",
    "no",
    "pl",
    "pt",
    "pt-PT",
    "ro",
    "ru",
    "sk",
    "sl",
    "sr",
    "sv",
    "sw",
    "ta",
    "th",
    "tr",
    "uk",
    "ur",
    "vi",
    "zh",
    "zh-Hant",
]

COLUMNS: Final[list[str]] = [
    "alpha2",
    "alpha3",
    "numeric",
    "name",
    "article",
    "region",
    "subregion",
    "aliases",
]

KOSOVO: Final = "XK"  # user-assigned: iso3166 gives it a number too, which ISO does not


class Reviewed:
    """The decisions of country_aliases.tsv, by role.

    Attributes:
        names: English names that replace CLDR's, by alpha-2 code.
        articles: Countries whose English name takes an article, with the article.
        aliases: Other names by language and alpha-2 code, those shared by several included.
    """

    def __init__(self, rows: list[dict[str, str]]) -> None:
        self.names: dict[str, str] = {}
        self.articles: dict[str, str] = {}
        self.aliases: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for row in rows:
            role, locale, alpha2, text = row["role"], row["locale"], row["alpha2"], row["text"]
            match role, locale:
                case "name", "en":
                    self.names[alpha2] = text
                case "article", "en":
                    self.articles[alpha2] = text
                case "alias" | "ambiguous", _ if locale in {"en", *LOCALES}:
                    self.aliases[locale, alpha2].append(text)
                case _:
                    message = f"country_aliases.tsv: cannot read {row}"
                    raise ValueError(message)


def read_tsv(path: Path) -> list[dict[str, str]]:
    """Read a reviewed file of this directory as one mapping per line."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def distinct(names: list[str]) -> list[str]:
    """Drop the names that fold to the key of one before them."""
    by_key: dict[str, str] = {}
    for name in names:
        by_key.setdefault(country_key(name), name)
    return list(by_key.values())


def cldr_name(locale: str, alpha2: str) -> str:
    """Look up the name that CLDR gives a territory in one language."""
    name: str = Locale.parse(locale, sep="-").territories[alpha2]
    return name


def english_row(alpha2: str, reviewed: Reviewed, m49: dict[str, str]) -> list[str]:
    """Make one line of countries.tsv."""
    iso = iso3166.countries_by_alpha2[alpha2]
    cldr = cldr_name("en", alpha2).replace("&", "and")
    name, *aliases = distinct(
        [
            reviewed.names.get(alpha2, cldr),
            cldr,
            iso.name,
            iso.apolitical_name,
            *reviewed.aliases["en", alpha2],
        ],
    )
    return [
        alpha2,
        iso.alpha3,
        "" if alpha2 == KOSOVO else iso.numeric,
        name,
        reviewed.articles.get(alpha2, ""),
        m49["region"],
        m49["subregion"],
        "|".join(aliases),
    ]


def to_tsv(rows: list[list[str]]) -> str:
    """Join cells by tabs and rows by line feeds, and refuse a cell that would break that."""
    if any("\t" in cell or cell != " ".join(cell.split()) for row in rows for cell in row):
        message = "a cell holds a tab, a line break or stray white space"
        raise ValueError(message)
    text = io.StringIO()
    for row in rows:
        text.write("\t".join(row) + "\n")
    return text.getvalue()


def build() -> dict[str, str]:
    """Make the text of every generated file, by file name."""
    reviewed = Reviewed(read_tsv(HERE / "country_aliases.tsv"))
    m49 = {row["alpha2"]: row for row in read_tsv(HERE / "m49.tsv")}
    codes = sorted(country.alpha2 for country in iso3166.countries)
    if codes != sorted(m49):
        message = f"m49.tsv and iso3166 differ on {sorted(set(codes) ^ set(m49))}"
        raise ValueError(message)
    local = [
        [
            alpha2,
            *(
                "|".join(distinct([cldr_name(tag, alpha2), *reviewed.aliases[tag, alpha2]]))
                for tag in LOCALES
            ),
        ]
        for alpha2 in codes
    ]
    return {
        "countries.tsv": to_tsv([COLUMNS, *(english_row(c, reviewed, m49[c]) for c in codes)]),
        "country_names.tsv": to_tsv([["alpha2", *LOCALES], *local]),
    }


def main() -> None:
    """Write the generated files and say from which CLDR they are."""
    for name, text in build().items():
        (DATA / name).write_text(text, encoding="utf-8", newline="\n")
        print(f"{name}: {len(text.splitlines()) - 1} countries, Babel {version('babel')}")  # noqa: T201  # a command's output


if __name__ == "__main__":
    main()
