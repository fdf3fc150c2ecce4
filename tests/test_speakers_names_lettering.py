"""How names of the world are lettered."""

import pytest
from dateline.speakers.names.lettering import find_runs, is_particle


def list_runs(text):
    return [run.group() for run in find_runs(text)]


@pytest.mark.parametrize(
    "name",
    [
        "Ọlá Adébáyọ̀",
        "Şule Yavaş",
        "Əli Əsədzə",
        "G‘ayrat To‘raq",
        "Samir al-Sabri",
        "Odile de La Font",
        "Étienne d’Arbel",
        "Inês Tavar e Mel",
        "Ruud in ’t Veldt",
        "Femke op den Kamp",
        "Heiner von und zu Reich",
        "Aida Zhapar uulu",
        "Mohammed Ould Ghaz",
        "Iona St. Cairn",
        "Tal bar-Orev",
        "Sibu kaSelu",
        "Sika op ’t Eeld",
        "Lars in den Eeld",
        "Jón á Brekku",
        "Tuli binti Osmar",
        "Rika bat Selu",
        "Nomi ka Selu",
        "Ma. Rosa dela Vell",
    ],
)
def test_a_name_is_one_run(name):
    assert list_runs(f"It was {name} who slept.") == ["It", name]


def test_the_particle_of_a_full_name_opens_its_short_form_in_either_case():
    text = "So said Ana am Endt. Am Endt left. “No,” am Endt said. I am Bell."
    assert list_runs(text) == ["So", "Ana am Endt", "Am Endt", "No", "am Endt", "I am Bell"]


def test_small_words_between_capitals_are_no_particles():
    assert list_runs("What do Orrins want? He told Bell an Orr poll, in Velt.") == [
        "What",
        "Orrins",
        "He",
        "Bell",
        "Orr",
        "Velt",
    ]


def test_particles_are_known_folded():
    assert is_particle("von") and is_particle("abu") and not is_particle("bell")
