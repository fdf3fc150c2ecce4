from dateline.frames import build_frame
from dateline.read.forms.item import MISSING, Item
from dateline.read.intake.load import Loaded
from dateline.read.intake.tally import (
    describe_file,
    find_lost,
    is_whole,
    list_problems,
    say_reading,
    say_reasons,
)

ONE = Item("The ferry is late.")


def items(*left_out):
    return tuple(Item("x", number=n, left_out=why) for n, why in enumerate(left_out, 1))


def frame(*loaded):
    return build_frame("files", [describe_file(one) for one in loaded])


def test_what_is_stated_is_what_was_read_and_what_was_not():
    loaded = Loaded("a", "Nexis TXT", 6, "utf-8", items("", "no text", "", MISSING, MISSING))
    row = describe_file(loaded)
    assert [row[n] for n in ("n_stated", "n_found", "n_read", "n_left_out")] == [6, 3, 2, 4]
    assert row["why"] == "3 stated by the file, but not in it; 1 no text"


def test_a_file_that_broke_off_says_so_even_where_it_states_no_number():
    row = describe_file(Loaded("a", "table", None, None, items("", ""), "it ended early"))
    assert (row["n_read"], row["n_left_out"]) == (2, 0)
    assert row["why"] == "not read further: it ended early"
    row = describe_file(Loaded("a", "table", 9, None, items("", ""), "it ended early"))
    assert (row["n_left_out"], row["why"]) == (7, "7 it ended early")


def test_a_file_that_holds_more_than_it_states_has_lost_nothing():
    loaded = Loaded("a", "Nexis TXT", 1, None, items("", ""))
    assert describe_file(loaded)["n_left_out"] == 0
    assert [p.problem for p in list_problems(loaded)] == ["states 1 articles, holds 2"]


def test_each_left_out_item_and_doubt_is_a_problem_with_its_place():
    doubtful = ONE._replace(number=2, doubts=("no date: 'Lent'",))
    loaded = Loaded("a", "table", 3, None, (*items("no text"), doubtful), doubts=("odd",))
    assert [p.problem for p in list_problems(loaded)] == [
        "odd",
        "states 3 articles, holds 2",
        "item 1 of 3: no text",
        "item 2 of 3: no date: 'Lent'",
    ]
    alone = Loaded("a", "text", None, None, (ONE._replace(doubts=("odd",)),))
    assert [p.problem for p in list_problems(alone)] == ["odd"]


def test_reasons_are_counted_without_what_is_of_one_item():
    reasons = ["no layout: 'x'", "no text", "no layout: 'y'", "a", "b", "b", "c"]
    assert say_reasons(reasons) == "2 b; 2 no layout; 1 a; 2 more reasons"
    assert say_reasons([]) == ""


def test_one_sentence_says_all():
    whole = Loaded("a", "text", None, "utf-8", (ONE,))
    lossy = Loaded("b", "table", None, None, items("", "no text", "no text", "only a summary"))
    gone = Loaded("c", why="a picture")
    assert say_reading(frame(whole)) == "read 1 article in 1 file"
    assert is_whole(frame(whole))
    files = frame(whole, lossy, gone)
    assert say_reading(files) == (
        "read 2 of 5 articles in 3 files; left out: 2 (no text), 1 (only a summary); "
        "1 file not read"
    )
    assert find_lost(files).tolist() == [False, False, True]
    assert not is_whole(files)
    assert say_reading(frame()) == "read 0 articles in 0 files"
