"""Saying and reading text: sentences, dates, numbers, names, codes. Pure."""

from bot.language import person_names, record_codes, title_search
from bot.language.author_shares import read_shares
from bot.language.dates import WEEKDAY_BESIDE, read_day, read_span
from bot.language.garbled import looks_legacy, looks_unmarked
from bot.language.i18n import Count, First, Inside, Joined, Part, Percent, Terms, Text, Time, Weekday, Words, _
from bot.language.number_words import with_digits
from bot.language.numbers import MONEY, TwoMeanings, Units, read_amount, read_fraction
from bot.language.periods import TypedPeriod, read_period, read_stretch
from bot.language.person_names import given_name, meant, places
from bot.language.phone import Phone, read_phone, shown, vouched
from bot.language.phrasebook import Phrasebook, phrasebook
from bot.language.recogniser import Likeness
from bot.language.record_codes import read_code
from bot.language.secret_marks import secret_mark
from bot.language.sentence_facts import FactKind, SaidFact, facts_in
from bot.language.short_forms import opened
from bot.language.striking import struck
from bot.language.text import clean, clean_line, exact, file_name, fold, has_marks, name_of, number, signs, whole
from bot.language.typed_shares import TypedShare, read_typed_share
from bot.language.years import SaidYears, read_years, whole_years, years_in

__all__ = [
    "MONEY",
    "WEEKDAY_BESIDE",
    "Count",
    "FactKind",
    "First",
    "Inside",
    "Joined",
    "Likeness",
    "Part",
    "Percent",
    "Phone",
    "Phrasebook",
    "SaidFact",
    "SaidYears",
    "Terms",
    "Text",
    "Time",
    "TwoMeanings",
    "TypedPeriod",
    "TypedShare",
    "Units",
    "Weekday",
    "Words",
    "_",
    "clean",
    "clean_line",
    "exact",
    "facts_in",
    "file_name",
    "fold",
    "given_name",
    "has_marks",
    "looks_legacy",
    "looks_unmarked",
    "meant",
    "name_of",
    "number",
    "opened",
    "person_names",
    "phrasebook",
    "places",
    "read_amount",
    "read_code",
    "read_day",
    "read_fraction",
    "read_period",
    "read_phone",
    "read_shares",
    "read_span",
    "read_stretch",
    "read_typed_share",
    "read_years",
    "record_codes",
    "secret_mark",
    "shown",
    "signs",
    "struck",
    "title_search",
    "vouched",
    "whole",
    "whole_years",
    "with_digits",
    "years_in",
]
