import pytest
from dateline.read.encoding import decode_text
from hypothesis import given
from hypothesis import strategies as st

SPEECH = "“We built it – and we’ll keep it,” said the minister. The café was full…\n"


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (SPEECH.encode(), SPEECH),
        (b"\xef\xbb\xbf" + SPEECH.encode(), "\ufeff" + SPEECH),
        (SPEECH.encode("utf-16"), "\ufeff" + SPEECH),
        (b"\xfe\xff" + SPEECH.encode("utf-16-be"), "\ufeff" + SPEECH),
        (SPEECH.encode("utf-32"), "\ufeff" + SPEECH),
    ],
)
def test_a_stated_encoding_is_read_without_a_problem(raw, text):
    assert decode_text(raw) == (text, [])


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", SPEECH),
        ("cp1252", "“No.”\n"),
        ("utf-16-le", SPEECH),
        ("utf-16-be", SPEECH),
        ("iso2022_jp_2", "市長は「港は閉まっている」と述べた。\n"),
        ("iso2022_kr", "시장은 항구가 닫혔다고 말했다.\n"),
        ("cp1251", "Президент прибыл в город и встретился с министром обороны страны. " * 3),
    ],
)
def test_a_detected_encoding_is_a_problem_and_a_text(encoding, text):
    doubt = f"not UTF-8: read as {encoding}, which is a guess"
    assert decode_text(text.encode(encoding)) == (text, [doubt])


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("The caf\ufffd was full.", "1 characters are lost"),
        ("â€œWe built itâ€\x9d", "once decoded as Windows-1252"),
    ],
)
def test_a_damaged_text_is_read_and_listed(text, problem):
    decoded, doubts = decode_text(text.encode())
    assert decoded == text
    assert problem in doubts[0]


def test_a_file_that_was_cut_short_stays_utf_8():
    text, doubts = decode_text(SPEECH.encode()[:-2])
    assert text == SPEECH[:-2] + "\ufffd"
    assert doubts == [
        "not wholly UTF-8: what could not be decoded reads U+FFFD",
        "1 characters are lost (they read U+FFFD)",
    ]


def says_something(text):
    return text.replace("\ufeff", "").strip() and "\0" not in text


@given(st.text(min_size=1).filter(says_something))
def test_utf_8_is_kept_code_point_for_code_point(text):
    assert decode_text(text.encode())[0] == text


@given(st.binary(max_size=200))
def test_any_bytes_give_a_text_or_a_reason(raw):
    text, doubts = decode_text(raw)
    assert text or doubts


@pytest.mark.parametrize(
    "words",
    [
        "Señor Peña and Mr Zoë Brontë spoke in São Paulo. " * 5,
        "She said it was naïve. " * 20,
        "It is a long report, and one name in it is Müller." * 3,
    ],
)
def test_accented_letters_in_english_do_not_derail_the_guess(words):
    assert decode_text(words.encode("cp1252"))[0] == words
