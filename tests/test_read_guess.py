import csv
from pathlib import Path

import pytest
from dateline.read.guess import Guess, guess_encoding
from hypothesis import given
from hypothesis import strategies as st


def read_texts(name):
    lines = (Path(__file__).parent / "data" / name).read_text("utf-8").splitlines()
    return {row["language"]: row["text"] for row in csv.DictReader(lines[1:], delimiter="\t")}


TEXTS = read_texts("languages.tsv")
OTHERS = read_texts("more_languages.tsv")  # that nothing was tuned on
WEST = "cp1252 iso8859_15 mac_roman cp850"
ENCODINGS = {
    **dict.fromkeys(["de", "fr", "es", "pt", "it", "sv", "da", "no", "fi"], WEST),
    "nl": "cp1252 iso8859_15 mac_roman",
    **dict.fromkeys(["pl", "cs", "hu", "ro", "hr"], "cp1250 iso8859_2 cp852"),
    "tr": "cp1254 iso8859_9",
    **dict.fromkeys(["et", "lt"], "cp1257 iso8859_13"),
    "ru": "cp1251 koi8_r iso8859_5 cp866 mac_cyrillic",
    "uk": "cp1251 koi8_u iso8859_5",
    "bg": "cp1251 iso8859_5",
    "el": "cp1253 iso8859_7",
    "he": "cp1255 iso8859_8",
    "ar": "cp1256 iso8859_6",
    "ja": "shift_jis euc_jp",
    "zh": "gb18030 gb2312",
    "zh-tw": "big5",
    "ko": "euc_kr",
    "en": "cp1252 iso8859_15 mac_roman cp850",
}
PAIRS = [(lang, name) for lang, names in ENCODINGS.items() for name in names.split()]
PLAIN = str.maketrans("“”„«»’–—", '"""""\'--')


@pytest.mark.parametrize(("language", "encoding"), PAIRS)
@pytest.mark.parametrize("marks", ["as they are", "plain"])
def test_what_one_codec_writes_is_read_as_it_was(language, encoding, marks):
    text = TEXTS[language].translate(PLAIN)
    if marks == "as they are":
        text = TEXTS[language].encode(encoding, "ignore").decode(encoding)
    raw = text.encode(encoding, "ignore")
    assert raw.decode(guess_encoding(raw).encoding) == raw.decode(encoding)


@pytest.mark.parametrize(("language", "encoding"), PAIRS)
def test_of_one_sentence_no_letter_is_wrong_in_silence(language, encoding):
    raw = TEXTS[language][:90].encode(encoding, "ignore")
    guess = guess_encoding(raw)
    assert guess.rival or raw.decode(guess.encoding) == raw.decode(encoding)


def test_texts_that_nothing_was_tuned_on_are_read_right_and_none_is_wrong_in_silence():
    pairs = [
        (OTHERS[lang], name, size) for lang, name in PAIRS if lang in OTHERS for size in (90, 999)
    ]
    raws = [(text[:size].encode(name, "ignore"), name) for text, name, size in pairs]
    beyond = [(raw, name, guess_encoding(raw)) for raw, name in raws if not raw.isascii()]
    wrong = [g for raw, name, g in beyond if raw.decode(g.encoding) != raw.decode(name)]
    assert len(beyond) > 100
    assert len(wrong) <= 0.03 * len(beyond)
    assert all(guess.rival for guess in wrong)


def test_german_of_windows_is_read_as_of_windows():
    assert guess_encoding(TEXTS["de"].encode("cp1252")) == Guess("cp1252")


@pytest.mark.parametrize(
    "words",
    ["Señor Peña spoke.", "It was naïve.", "Mr Müller’s ferry", "Zoë met Wałęsa and Dvořák."],
)
def test_a_few_letters_in_english_are_of_windows_where_they_can_be(words):
    codec = "cp1250" if "ł" in words else "cp1252"
    words = words.replace("Zoë", "Zoe")
    assert words.encode(codec).decode(guess_encoding(words.encode(codec)).encoding) == words


def test_where_two_readings_are_sound_both_are_named_with_a_word():
    guess = guess_encoding("Ponekad neće, kažu.".encode("cp1250"))
    assert guess.rival
    assert guess.doubt == (
        f"not UTF-8: read as {guess.encoding}, which is a guess; "
        f"as {guess.rival} {guess.word!r} would be {guess.rival_word!r}"
    )


@given(st.binary(min_size=1, max_size=300))
def test_any_bytes_have_a_codec_that_reads_them_or_none(raw):
    guess = guess_encoding(raw)
    assert guess is None or raw.decode(guess.encoding) is not None
    assert guess == guess_encoding(raw)
