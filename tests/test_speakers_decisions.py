"""The analyst's decisions: read, checked, applied, and written in the same form."""

import dateline as dl
import pandas as pd
import pytest
from dateline.frames import build_frame
from dateline.speakers.decisions import Decisions, read_decisions, write_decisions
from speaker_articles import build_articles, mark, say

HEADER = "name,aliases,role,kind,not_the_same_as\n"


def decide(tmp_path, rows):
    path = tmp_path / "speakers.csv"
    path.write_text(HEADER + rows, encoding="utf-8")
    return read_decisions(path)


def test_a_row_is_read_with_its_lists(tmp_path):
    decisions = decide(tmp_path, "Ilse Orrin,I. Orrin; the boss,mayor,person,Otto Orrin\n")
    assert decisions.to_dict("records") == [
        {
            "name": "Ilse Orrin",
            "aliases": ["I. Orrin", "the boss"],
            "role": "mayor",
            "kind": "person",
            "not_the_same_as": ["Otto Orrin"],
        }
    ]


def test_an_alias_overrules_the_resolver_and_names_the_speaker(tmp_path):
    articles = build_articles(a="Tom Vark met Anna Vark. “No,” Vark said. “Yes,” said the boss.")
    rows = [("a", "” |Vark", "“No,”"), ("a", "the boss", "“Yes,”")]
    decisions = decide(tmp_path, "Anna B. Vark,Anna Vark; Vark; the boss,,,\n")
    said = say(articles, *rows, decisions=decisions)
    assert said["speaker"].tolist() == ["Anna B. Vark"] * 2
    assert said["speaker_evidence"].iloc[0] == "decision: Vark is Anna B. Vark"


def test_a_role_is_given_to_whoever_holds_it_by_decision(tmp_path):
    articles = build_articles(a="The lock keeper said no.")
    decisions = decide(tmp_path, "Otto Brenn,,lock keeper,person,\n")
    assert say(articles, ("a", "The lock keeper", "no"), decisions=decisions)[
        "speaker"
    ].tolist() == ["Otto Brenn"]


def test_those_who_differ_by_decision_are_not_merged(tmp_path):
    articles = build_articles(a="William Orrin said no.", b="W. Orrin said no.")
    rows = [("a", "William Orrin", "no"), ("b", "W. Orrin", "no")]
    assert say(articles, *rows)["speaker_id"].tolist() == ["william-orrin"] * 2
    decisions = decide(tmp_path, "William Orrin,,,,W. Orrin\n")
    said = say(articles, *rows, decisions=decisions)
    assert said["speaker_id"].tolist() == ["william-orrin", "w-orrin"]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (",x,,,\n", "row 2: the name is empty"),
        ("Ann,,,alien,\n", "row 2: 'alien' is no kind"),
        ("Ann,Boss,,,\nBea,boss,,,\n", "row 3: 'boss' already stands for 'Ann'"),
        ("Ann,,mayor, of Orl,person,,x\n", "row 2 has more cells than there are columns"),
        ("Ann,,,,ann\n", "row 2: 'Ann' cannot differ from its own name 'ann'"),
    ],
)
def test_a_mistake_is_told_with_its_row_and_value(tmp_path, rows, message):
    with pytest.raises(ValueError, match=message):
        decide(tmp_path, rows)


def test_a_missing_column_is_told(tmp_path):
    path = tmp_path / "speakers.csv"
    path.write_text("name,aliases\nAnn,\n", encoding="utf-8")
    with pytest.raises(ValueError, match="lacks the columns role, kind, not_the_same_as"):
        read_decisions(path)


def test_what_is_written_reads_back_and_changes_nothing(tmp_path):
    articles = build_articles(
        a="The Warden of the Salt Council, Ottla Brenn, met Tom Vark and Anna Vark. Vark said no.",
        b="The Warden of the Salt Council said yes. A driver said maybe. O. Brenn left.",
    )
    attributions = mark(
        articles,
        ("a", "Anna Vark. |Vark", "no"),
        ("b", "The Warden of the Salt Council", "yes"),
        ("b", "A driver", "maybe"),
    )
    found = dl.resolve_speakers(attributions, articles)
    path = tmp_path / "speakers.csv"
    write_decisions(found.speakers, path)
    again = dl.resolve_speakers(attributions, articles, decisions=read_decisions(path))
    pd.testing.assert_frame_equal(found.speakers, again.speakers)
    columns = ["article_id", "start", "status", "speaker_id"]
    pd.testing.assert_frame_equal(found.mentions[columns], again.mentions[columns])
    write_decisions(again.speakers, tmp_path / "again.csv")
    assert path.read_bytes() == (tmp_path / "again.csv").read_bytes()


def test_a_speaker_is_renamed_by_editing_the_name_alone(tmp_path):
    articles = build_articles(a="Tom Vark said no.")
    attributions = mark(articles, ("a", "Tom Vark", "no"))
    path = tmp_path / "speakers.csv"
    write_decisions(dl.resolve_speakers(attributions, articles).speakers, path)
    path.write_text(path.read_text("utf-8").replace("Tom Vark,", "Thomas Vark,", 1), "utf-8")
    mentions, speakers = dl.resolve_speakers(attributions, articles, decisions=read_decisions(path))
    said = dl.attribute_speakers(attributions, mentions, speakers, articles)
    assert said["speaker"].tolist() == ["Thomas Vark"]


def test_a_file_in_another_encoding_is_told(tmp_path):
    path = tmp_path / "speakers.csv"
    path.write_bytes((HEADER + "Zoë Vark,,,,\n").encode("cp1252"))
    with pytest.raises(ValueError, match="is not UTF-8: save it as"):
        read_decisions(path)


def test_a_name_that_a_spreadsheet_would_run_is_written_as_words(tmp_path):
    row = {"speaker_id": "x", "name": "=1+1", "kind": "person", "roles": [], "aliases": []}
    speakers = build_frame("speakers", [row | {"n_mentions": 1, "n_articles": 1}])
    path = tmp_path / "speakers.csv"
    write_decisions(speakers, path)
    assert "\n'=1+1," in path.read_text(encoding="utf-8")
    assert read_decisions(path)["name"].tolist() == ["=1+1"]


def test_two_are_apart_in_either_order_and_nobody_else():
    row = {"name": "Ann Vark", "aliases": ["A. Vark"], "role": "", "kind": ""}
    decided = Decisions(pd.DataFrame([row | {"not_the_same_as": ["Anna Vark"]}]))
    assert decided.apart("ann vark", "anna vark")
    assert decided.apart("anna vark", "a vark")
    assert not decided.apart("ann vark", "a vark")
    assert not decided.apart("anna vark", "tom vark")
    assert not Decisions(None).apart("ann vark", "anna vark")


def test_only_aliases_that_decide_are_written(tmp_path):
    row = {"kind": "person", "roles": [], "n_mentions": 1, "n_articles": 1}
    names = {"Ann Roe": ["A. Roe", "Roe", "Roe; Ann", "Ann Vark"], "Ann Vark": ["A. Roe"]}
    speakers = build_frame(
        "speakers",
        [row | {"speaker_id": n, "name": n, "aliases": names[n]} for n in names],
    )
    path = tmp_path / "speakers.csv"
    write_decisions(speakers, path)
    aliases = read_decisions(path)["aliases"].tolist()
    assert aliases == [["Ann Roe", "A. Roe"], ["Ann Vark"]]
