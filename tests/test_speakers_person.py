"""Who is one person, and in which roles."""

from dateline.speakers.person import fold_role, is_role


def test_roles_compare_by_their_words():
    seen = fold_role("former prime minister of Ruvia")
    assert is_role(fold_role("the Ruvian premier"), seen)
    assert is_role(fold_role("the Ruvian leader"), seen)
    assert not is_role(fold_role("minister"), seen)
    assert not is_role(fold_role("ministry"), fold_role("minister"))
    assert not is_role(fold_role("the"), seen)


def test_a_body_is_not_who_heads_it_nor_a_deputy_whom_they_stand_for():
    assert not is_role(fold_role("the council"), fold_role("chair of the Salt Council"))
    assert not is_role(fold_role("the president"), fold_role("vice president of Ruvia"))
    assert is_role(fold_role("the Ruvian vice president"), fold_role("vice president of Ruvia"))
