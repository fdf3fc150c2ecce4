"""What words are known as, and how they are compared."""

from dateline.speakers.names.listed import fold_name, is_office, is_word, load_kinds


def test_names_fold_accents_case_and_curly_apostrophes():
    assert fold_name("Áine O’Brènn") == fold_name("aine o'brenn")
    assert fold_name("Yo‘lchi") == fold_name("yo'lchi")


def test_a_word_is_of_several_kinds_in_any_case():
    assert is_word("Mayor", "title") and is_word("mayor", "role")
    assert not is_word("mayor", "organisation", "group")
    assert is_word("Gov.", "title")


def test_what_is_a_body_in_a_name_is_no_phrase_that_names_a_body():
    bodies = load_kinds()["body"]
    assert {"energy", "holdings", "gmbh"} <= set(bodies)
    assert "energy" not in load_kinds()["organisation"]


def test_whoever_shares_or_held_an_office_has_one_too():
    assert is_office("co-anchor") and is_office("Ex-mayor") and is_office("Vice-president")
    assert not is_office("co-op") and not is_office("ex")
