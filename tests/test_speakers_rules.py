"""The rules that tell who a source is, within an article and across several."""

import dateline as dl
import pytest
from dateline.frames import build_frame
from dateline.speakers.rules import RULES
from speaker_articles import build_articles, mark, name_speakers, say

MEETING = "Mayor Ilse Orrin met Tom Vark. "
ORRIN = "The mayor of Sallow, Ilse Orrin, met Tom Vark, a diver. "


def test_who_leads_to_the_name_before_it_and_through_an_apposition():
    text = (
        MEETING + "Otto Brenn, a diver from Orr, who said it rained, left. Vark, who said no, too."
    )
    rows = [("Orr, |who", "it rained"), ("Vark, |who", "no")]
    assert name_speakers(text, *rows) == ["Otto Brenn", "Tom Vark"]


def test_the_first_person_is_who_speaks_around_it():
    text = MEETING + "“I think it rained,” Orrin said."
    rows = [("” |Orrin", "“I think it rained,”"), ("“|I", "it rained")]
    assert name_speakers(text, *rows) == ["Ilse Orrin", "Ilse Orrin"]


def test_the_first_person_outside_quotations_is_the_author():
    row = {"article_id": "a", "text": "I said it rained.", "byline": "Ludo Hask"}
    articles = build_frame("articles", [row])
    attributions = mark(articles, ("a", "I", "it rained"))
    _, speakers = dl.resolve_speakers(attributions, articles)
    assert speakers["name"].tolist() == ["Ludo Hask"]


def test_a_role_leads_to_whoever_the_article_shows_with_it():
    text = ORRIN + "The diver said no. “Yes,” the mayor said. It rained, the judge said."
    rows = [("The diver", "no"), ("” |the mayor", "“Yes,”"), ("the judge", "It rained")]
    assert name_speakers(text, *rows) == ["Tom Vark", "Ilse Orrin", "judge"]


def score(text, *rows):
    return say(build_articles(a=text), *(("a", *row) for row in rows))["speaker_score"].tolist()


def test_a_full_name_is_surer_than_a_role_and_a_pronoun_the_less_the_further_its_antecedent():
    text = ORRIN + "“Yes,” Tom Vark said. “Well,” he said. “No,” the mayor said. It rained."
    rows = [("” |Tom Vark", "“Yes,”"), ("” |he", "“Well,”"), ("” |the mayor", "“No,”")]
    full, pronoun, role = score(text, *rows)
    assert full > 0.95 > 0.9 > role
    assert pronoun < 0.9
    (far,) = score(
        text + " It fell. It froze. It was late, he said.", ("late, |he", "It was late,")
    )
    assert pronoun > far


def test_no_source_without_a_name_is_surer_than_nine_in_ten():
    text = (
        "Ilse Orrin, who said no, met a diver. The letter by Orrin said so. A diver said it fell."
    )
    rows = [("who", "no"), ("The letter by Orrin", "so"), ("so. |A diver", "it fell")]
    assert all(0.5 < one < 0.9 for one in score(text, *rows))


def test_a_speaker_who_is_unlikelier_than_not_is_a_candidate():
    text = "The Salt Council slept. It rained on a letter to the Salt Union. “No,” it said."
    said = say(build_articles(a=text), ("a", "” |it", "“No,”")).iloc[0]
    assert said["speaker_candidates"] == ["Salt Union"]
    assert said[["speaker", "speaker_score"]].isna().all()


@pytest.mark.parametrize(
    ("words", "speaker"),
    [
        ("The rower", "Tom Vark"),
        ("The Dunmere-born novelist", "Tom Vark"),
        ("This billionaire", "Tom Vark"),
        ("The pilot", "pilot"),  # whoever that is: nobody was shown as one
        ("The other rower", "rower"),
        ("The source", "source"),
    ],
)
def test_what_somebody_is_called_next_leads_to_who_was_just_spoken_of(words, speaker):
    text = f"Tom Vark came in at noon. “It rained,” he said. {words} said no."
    assert name_speakers(text, (words, "no")) == [speaker]


@pytest.mark.parametrize(
    ("words", "speaker"),
    [
        ("The two-term mayor", "Ilse Orrin"),
        ("The second mayor", "second mayor"),
        ("The Dunmere mayor", "Dunmere mayor"),
    ],
)
def test_a_role_with_a_description_leads_to_the_only_one_who_has_it(words, speaker):
    assert name_speakers(ORRIN + f"{words} said no.", (words, "no")) == [speaker]


def test_a_description_that_was_brought_in_anew_is_somebody_else():
    text = "Tom Vark met a tall rower. The rower said no."
    assert name_speakers(text, ("The rower", "no")) == ["rower"]


@pytest.mark.parametrize(
    "source", ["A spokesman, Major Otto Brenn,", "Its director, the Rev. Otto Brenn,"]
)
def test_a_name_with_its_title_behind_a_role_is_who_speaks(source):
    text = f"It rained. {source} told the Sallow Post no."
    role = source.partition(",")[0]
    assert name_speakers(text, (role, "no")) == ["Otto Brenn"]


def test_a_name_behind_what_somebody_does_is_who_speaks():
    text = "The diver I was talking to, Otto Brenn, said no."
    assert name_speakers(text, ("The diver", "no")) == ["Otto Brenn"]


def test_the_companies_are_those_who_spoke_jointly():
    text = "Orrin Motors and Vale Steel Inc. said no. The companies said so."
    rows = [("Orrin Motors and Vale Steel Inc.", "no"), ("The companies", "so")]
    assert name_speakers(text, *rows) == ["Orrin Motors and Vale Steel Inc"] * 2


@pytest.mark.parametrize(
    ("text", "source", "speaker"),
    [
        ("Ilse Orrin sat. Her comment implied no.", "Her comment", "Ilse Orrin"),
        ("Nobody said no.", "Nobody", None),
        ("The old pump came in May. It said no.", "It", "old pump"),
        ("A man came in. Then he said no.", "he", "man"),
        ("It lies between a man and a pump. Then he said no.", "he", None),
        ("The Salt Council sat. It is known that he said no.", "It", None),
        ("Otto Brenn was a gentle man. Then he said no.", "he", "Otto Brenn"),
    ],
)
def test_what_has_no_name_speaks_where_nobody_else_does(text, source, speaker):
    assert name_speakers(text, (source, "no")) == [speaker]


def test_a_campaign_is_one_however_it_is_called():
    text = "Tom Vark ran. The Vark campaign said no. His campaign said so. "
    text += "Vark’s second campaign said it rained."
    rows = [("The Vark campaign", "no"), ("His campaign", "so")]
    rows += [("Vark’s second campaign", "it rained")]
    assert name_speakers(text, *rows) == ["Tom Vark's campaign"] * 3


def test_a_single_name_behind_a_role_is_a_person_of_whom_she_is_said():
    text = "A teacher, Melo, said no. “It fell,” she said. A town, Orr, said so."
    rows = [("A teacher", "no"), ("” |she", "“It fell,”"), ("A town", "so")]
    assert name_speakers(text, *rows) == ["Melo", "Melo", "town"]


@pytest.mark.parametrize(
    ("source", "speaker"),
    [
        ("A statement by the Salt Union", "Salt Union"),
        ("A report by the Salt Union", "report by the Salt Union"),
        ("The letter", "Otto Brenn"),
    ],
)
def test_a_message_is_its_authors_and_a_report_speaks_for_itself(source, speaker):
    text = f"Otto Brenn slept. {source}, signed by Otto Brenn, said no."
    text = text if source == "The letter" else f"Otto Brenn slept. {source} said no."
    assert name_speakers(text, (source, "no")) == [speaker]


def test_a_role_leads_to_a_name_that_comes_later():
    text = "The mayor said no. Ilse Orrin, the mayor of Sallow, then left."
    assert name_speakers(text, ("The mayor", "no")) == ["Ilse Orrin"]


def test_a_role_leads_through_another_article_with_that_evidence():
    articles = build_articles(
        one="The Warden of the Salt Council of Ruvia, Ottla Brenn, met Tom Vark.",
        two="The Warden of the Salt Council of Ruvia said it rained.",
    )
    role = "The Warden of the Salt Council of Ruvia"
    rows = [("one", "Tom Vark", "met"), ("two", role, "it rained")]
    said = say(articles, *rows).iloc[1]
    assert said["speaker"] == "Ottla Brenn"
    assert "“Warden of the Salt Council of Ruvia” in one" in said["speaker_evidence"]


def test_a_bare_role_leads_to_another_article_only_where_its_place_is_spoken_of():
    articles = build_articles(
        one="The mayor of Sallow, Ilse Orrin, met Tom Vark.",
        two="In Sallow the mayor said it rained.",
        three="In Dunmere the mayor said it rained.",
    )
    rows = [(key, "the mayor", "it rained") for key in ("two", "three")]
    said = say(articles, ("one", "Tom Vark", "met"), *rows)
    assert said["speaker"].tolist()[1:] == ["Ilse Orrin", "mayor"]


def test_of_two_holders_of_a_role_the_one_of_the_nearer_day_is_meant():
    days = {"old": "2026-01-01", "new": "2026-06-01", "now": "2026-06-09"}
    articles = build_articles(
        days,
        old="The premier of Ruvia, Ottla Brenn, met Tom Vark.",
        new="The premier of Ruvia, Anna Pell, met Tom Vark.",
        now="The premier of Ruvia said it rained.",
    )
    rows = [("old", "Tom Vark", "met"), ("new", "Tom Vark", "met")]
    said = say(articles, *rows, ("now", "The premier of Ruvia", "it rained"))
    assert said["speaker"].tolist()[2] == "Anna Pell"


def test_a_letter_speaks_for_whoever_sent_it():
    text = "Ilse Orrin has sent a letter to Tom Vark. The letter says it rained."
    assert name_speakers(text, ("The letter", "it rained")) == ["Ilse Orrin"]


def test_a_statement_by_a_body_and_its_spokeswoman_speak_for_the_body():
    text = "A statement by the Salt Council said no. A spokeswoman for the council said yes."
    rows = [("A statement by the Salt Council", "no"), ("A spokeswoman for the council", "yes")]
    assert name_speakers(text, *rows) == ["Salt Council", "Salt Council"]


def test_both_are_the_two_last_people():
    text = "Anna Pell met Ilse Orrin. Both women said it rained. They said it stopped."
    rows = [("Both women", "it rained"), ("They", "it stopped")]
    assert name_speakers(text, *rows) == ["Anna Pell and Ilse Orrin"] * 2


def test_a_group_stands_for_itself_without_its_number():
    text = "Several of the divers said no. Two people said yes. Critics said maybe."
    rows = [("Several of the divers", "no"), ("Two people", "yes"), ("Critics", "maybe")]
    assert name_speakers(text, *rows) == ["divers", "Two people", "Critics"]


def test_his_wife_is_told_by_his_name_until_hers_is_known():
    text = "Tom Vark came. His wife said no. His son Otto Vark left. His son said yes."
    rows = [("His wife", "no"), ("left. |His son", "yes")]
    assert name_speakers(text, *rows) == ["Tom Vark's wife", "Otto Vark"]


def test_the_former_president_is_who_was_shown_as_such_and_not_the_president():
    articles = build_articles(
        one="Tom Vark met former President Ilse Orrin.",
        two="President Anna Pell met Tom Vark.",
        now="Ilse Orrin met Anna Pell. Hail fell on the former president, who said no.",
    )
    rows = [("one", "Tom Vark", "met"), ("two", "Tom Vark", "met"), ("now", "who", "said no")]
    assert say(articles, *rows).iloc[2]["speaker"] == "Ilse Orrin"


def test_the_campaign_is_the_one_campaign_that_is_called_by_a_person():
    text = "Ilse Orrin met Tom Vark. The Orrin campaign lost. The campaign said no."
    row = ("The campaign", "no")
    assert name_speakers(text, row) == ["Ilse Orrin's campaign"]
    assert name_speakers(f"{text} The Vark campaign won.", row) == ["campaign"]
    assert name_speakers(f"{text} The Pell-Dunn campaign won.", row) == ["campaign"]


def test_a_son_by_his_name_is_the_one_son_of_that_surname():
    text = "Ilse Orrin sang. Orrin's son said no. Jan Orrin, son of the mayor, met Tom Vark."
    assert name_speakers(text, ("Orrin's son", "no")) == ["Jan Orrin"]


def test_the_friends_are_those_who_spoke_jointly_before():
    text = "Ilse Orrin and Tom Vark said yes. The friends said no."
    joint = "Ilse Orrin and Tom Vark"
    assert name_speakers(text, (joint, "yes"), ("The friends", "no")) == [joint, joint]


def test_whose_office_speaks_may_stand_in_what_it_says():
    text = "Tom Vark spoke of rain. Later Otto Sarre has put off his visit, his office said."
    content = "Later Otto Sarre has put off his visit"
    rows = [("|Tom Vark", "of rain"), ("visit, |his office", content)]
    assert name_speakers(text, *rows) == ["Tom Vark", "Otto Sarre's office"]


def test_a_letter_is_found_far_above():
    text = "Ilse Orrin has sent a letter to Tom Vark. " + "It rained and rained. " * 40
    assert name_speakers(f"{text}The letter says no.", ("The letter", "no")) == ["Ilse Orrin"]


@pytest.mark.parametrize(
    ("source", "kind", "speaker_kind"),
    [
        ("A driver", "role", "person"),
        ("The wave", "role", "unknown"),
        ("Critics", "group", "group"),
        ("The report", "document", "document"),
        ("The council", "organisation", "organisation"),
        ("The Salt Council", "organisation", "organisation"),
        ("Anna Pell", "name", "person"),
    ],
)
def test_what_kind_of_mention_and_of_speaker_a_source_is(source, kind, speaker_kind):
    articles = build_articles(a=f"{source} said no.")
    attributions = mark(articles, ("a", source, "no"))
    mentions, speakers = dl.resolve_speakers(attributions, articles)
    assert mentions["kind"].tolist() == [kind]
    assert speakers["kind"].tolist() == [speaker_kind]


def test_a_pronoun_of_nobody_has_no_speaker_and_says_so():
    articles = build_articles(a="They said no. They said yes.")
    rows = [("a", "They", "no"), ("a", "no. |They", "yes")]
    mentions, _ = dl.resolve_speakers(mark(articles, *rows), articles)
    assert mentions["status"].tolist() == ["none", "none"]
    assert mentions["evidence"].tolist() == ["no antecedent: they"] * 2


def test_we_outside_quotations_is_the_outlet():
    row = {"article_id": "a", "text": "We said it rained.", "outlet": "The Orr Tidings"}
    articles = build_frame("articles", [row])
    _, speakers = dl.resolve_speakers(mark(articles, ("a", "We", "it rained")), articles)
    assert speakers[["name", "kind"]].to_numpy().tolist() == [["The Orr Tidings", "organisation"]]


def test_of_several_who_hold_a_role_the_one_spoken_of_last_is_meant():
    text = "The diver Tom Vark met the diver Otto Brenn. Vark slept. The diver said no."
    assert name_speakers(text, ("slept. |The diver", "no")) == ["Tom Vark"]


def test_a_role_is_of_somebody_with_a_name_if_there_is_one():
    text = "Ilse Orrin, the mayor, left. A mayor said yes. The mayor said no."
    rows = [("A mayor", "yes"), ("The mayor", "no")]
    assert name_speakers(text, *rows) == ["mayor", "Ilse Orrin"]


def test_the_group_is_the_last_body_and_the_man_the_last_man():
    text = "The Salt Council met Otto Brenn. The group said no. The man said yes."
    rows = [("The group", "no"), ("The man", "yes")]
    assert name_speakers(text, *rows) == ["Salt Council", "Otto Brenn"]
    text = "Otto Brenn, 81, fell. The 81-year-old said no."
    assert name_speakers(text, ("The 81-year-old", "no")) == ["Otto Brenn"]


def test_a_mayor_and_a_name_speak_jointly():
    text = "Ilse Orrin, the mayor, came. The mayor and Tom Vark said no."
    assert name_speakers(text, ("The mayor and Tom Vark", "no")) == ["Ilse Orrin and Tom Vark"]


def test_who_after_a_place_is_who_comes_from_it():
    text = "Tom Vark of Dunmere, who said no, left."
    assert name_speakers(text, ("who", "no")) == ["Tom Vark"]
    text = "Tom Vark, who sang and who said no, left."
    assert name_speakers(text, ("and |who", "no")) == ["Tom Vark"]


def test_which_is_the_body_before_it_and_who_the_people():
    text = "Divers of the Salt Council, which said no, left."
    assert name_speakers(text, ("which", "no")) == ["Salt Council"]
    text = "Divers of the harbour, who said no, left."
    assert name_speakers(text, ("who", "no")) == ["Divers of the harbour"]


def test_the_letter_is_by_who_spoke_where_it_came_up():
    text = "It rained on a letter. “Read it,” Tom Vark said. The letter says no."
    rows = [("” |Tom Vark", "“Read it,”"), ("The letter", "no")]
    assert name_speakers(text, *rows)[1] == "Tom Vark"


def test_the_first_rule_that_knows_answers_and_the_last_always_does():
    assert [rule.__name__ for rule, _ in (RULES[0], RULES[-1])] == ["by_name", "as_it_stands"]
    assert name_speakers("The wave said no.", ("The wave", "no")) == ["wave"]


@pytest.mark.parametrize(
    ("source", "speaker"),
    [
        ("Orrin and her aides", "Ilse Orrin and Ilse Orrin's aides"),
        ("Vark and other divers", "other divers and Tom Vark"),
        ("Vark, and some pilots", "pilots and Tom Vark"),
        ("Vark and other Republicans", "other Republicans and Tom Vark"),
        ("Orrin and the rain", "Ilse Orrin"),
    ],
)
def test_who_speaks_beside_a_name_has_a_share_in_it(source, speaker):
    assert name_speakers(f"{MEETING}{source} said no.", (source, "no")) == [speaker]


BRENN = "Judge Otto Brenn came. {} “Oh,” Brenn said. {} said no."


@pytest.mark.parametrize(
    ("before", "source", "speaker"),
    [
        ("", "The longtime judge", "Otto Brenn"),
        ("", "The Dunmere judge", "Otto Brenn"),
        ("Otto Brenn, a judge in Sallow, slept.", "The Dunmere judge", "Dunmere judge"),
        ("", "The judge of the port", "judge of the port"),
        ("", "The longtime pilot", "longtime pilot"),
        ("", "The Velt Republican", "Otto Brenn"),
        ("A Republican slept.", "The Velt Republican", "Otto Brenn"),
        ("A Velt Republican slept.", "The Velt Republican", "Velt Republican"),
    ],
)
def test_a_description_takes_up_who_is_shown_with_its_noun(before, source, speaker):
    text = BRENN.format(before, source)
    found = name_speakers(text, ("” |Brenn", "“Oh,”"), (source, "no"))
    assert found == ["Otto Brenn", speaker]


def test_no_candidate_is_looked_up_in_other_articles():
    other = "The Velt candidate Tom Vark slept."
    articles = build_articles(a="In Velt the candidate said no.", b=other)
    assert say(articles, ("a", "the candidate", "no"))["speaker"].tolist() == ["candidate"]


MARRIED = "Ilse Orrin sang. Orrin's son said no. Jan Orrin, son of the mayor, met {}."


@pytest.mark.parametrize(
    ("text", "source", "speaker"),
    [
        # What a relative clause follows.
        ("Tom Vark, who met Anna Pell and who said no, left.", "and |who", "Tom Vark"),
        ("Ilse Orrin met, in May, the divers, who said no.", "who", "divers"),
        ("A diver of the club, which said no, left.", "which", "club"),
        ("It came to divers who said no.", "who", "divers"),
        ("Tom Vark of Sallow, a diver who said no, left.", "who", "Tom Vark"),
        ("He sent a message on Chirp that said no.", "that", "message"),
        (
            "It came from a diver familiar with the talks, who said no.",
            "who",
            "diver familiar with the talks",
        ),
        ("He met Anna Pell, the old Sallow Post diver who said no.", "who", "Anna Pell"),
        ("Divers and sailors, who said no, left.", "who", "Divers and sailors"),
        ("It came from unions, clubs and pilots who said no.", "who", "unions, clubs and pilots"),
        ("They will confront divers who said no.", "who", "divers"),
        (
            "Otto Brenn slept. One of her aides, Otto Brenn, said no.",
            "One of her aides",
            "Otto Brenn",
        ),
        ("The bill has angered divers who said no.", "who", "divers"),
        ("She rang the bell, echoing harbour pilots who said no.", "who", "harbour pilots"),
        ("It fell to a diver yesterday who said no.", "who", "diver"),
        ("Tom Vark, then the partner of his best friend, who said no, left.", "who", "Tom Vark"),
        # Documents: only letters and the like are looked for, and only named authors found.
        ("The driver's letter says no.", "The driver's letter", "driver's letter"),
        ("Ilse Orrin published a report. The report says no.", "The report", "report"),
        ("A driver came. His letter says no.", "His letter", "letter"),
        # Who speaks for a person is somebody else.
        ("A spokesman for Tom Vark said no.", "A spokesman for Tom Vark", "spokesman for Tom Vark"),
        # Only those who lead are leaders, and only one son is the son.
        (
            "President Otto Brenn met Premier Ilse Orrin and Tom Vark. The two leaders said no.",
            "The two leaders",
            "Ilse Orrin and Otto Brenn",
        ),
        (MARRIED.format("Tom Vark"), "Orrin's son", "Jan Orrin"),
        (MARRIED.format("Karl Orrin, son of a diver"), "Orrin's son", "Ilse Orrin's son"),
        ("Otto Brenn left Anna Pell. The woman said no.", "The woman", "Anna Pell"),
    ],
)
def test_who_a_phrase_is(text, source, speaker):
    assert name_speakers(text, (source, "no")) == [speaker]


def test_friends_without_an_article_are_any_friends():
    text = "Anna Pell and Tom Vark said yes. Friends said no."
    rows = [("Anna Pell and Tom Vark", "yes"), ("Friends", "no")]
    assert name_speakers(text, *rows)[1] == "Friends"


@pytest.mark.parametrize(
    ("text", "source", "speaker"),
    [
        (
            "Ruvia slept. It rained, the Interfeld agency said no.",
            "the Interfeld agency",
            "Interfeld",
        ),
        (
            "Ruvia slept. It rained, the newspaper Interfeld said no.",
            "the newspaper Interfeld",
            "Interfeld",
        ),
        ("The Salt Council met. The Ruvian agency said no.", "The Ruvian agency", "Salt Council"),
        ("Tom Vark came. The Vark company said no.", "The Vark company", "Vark company"),
        (
            "Ruvia slept. The Interfeld news agency said no.",
            "The Interfeld news agency",
            "Interfeld",
        ),
        ("Orrin Motors fell. It rained, the carmaker said no.", "the carmaker", "Orrin Motors"),
        ("Ann Bell left. It rained, the retailer said no.", "the retailer", "retailer"),
    ],
)
def test_the_agency_of_a_name_is_the_one_named_there(text, source, speaker):
    assert name_speakers(text, (source, "no")) == [speaker]


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("a homeless man who goes by the name", "“Stubb.”"),
        ("a woman who asked to be called only", "“Stubb.”"),
        ("A driver", "identified only as Stubb."),
        ("a boy", "nicknamed “Stubb.”"),
    ],
)
def test_whoever_is_only_called_something_bears_that_name(source, name):
    text = f"“No,” said {source} {name} “Yes,” Stubb said."
    rows = [(source, "“No,”"), ("“Yes,” |Stubb", "“Yes,”")]
    said = say(build_articles(a=text), *(("a", *row) for row in rows))
    assert said["speaker"].tolist() == ["Stubb", "Stubb"]
    assert said["speaker_kind"].tolist() == ["person", "person"]


def test_a_man_beside_a_name_is_not_called_so():
    text = "A man known to police, Otto Brenn said, left. A man, called at noon, said no."
    assert name_speakers(text, ("left. |A man", "no")) == ["man"]


def test_the_new_minister_is_nobody_who_was_minister_before():
    articles = build_articles(
        one="The Foreign Minister of Ruvia, Ottla Brenn, met Tom Vark.",
        two="The new foreign minister of Ruvia said it rained.",
    )
    rows = [("one", "Tom Vark", "met"), ("two", "The new foreign minister of Ruvia", "it rained")]
    assert say(articles, *rows)["speaker"].tolist()[1] == "new foreign minister of Ruvia"


def test_a_name_right_behind_a_role_says_who_that_is():
    text = "Jon Weave, Tom Vark’s manager, sat. Anna Pell came. Her manager, Ilse Orrin, said no."
    assert name_speakers(text, ("Her manager", "no")) == ["Ilse Orrin"]
    text = "The ministry slept. The newspaper, the Orrin Mirror, said no."
    assert name_speakers(text, ("The newspaper", "no")) == ["Orrin Mirror"]
    text = "Jon Weave, Tom Vark’s manager, sat. The manager, Sallow said, left."
    assert name_speakers(text, ("The manager", "left")) == ["Jon Weave"]


def test_the_company_is_a_named_one_and_no_board_or_paper():
    text = "Orrin Motors met. The board slept. “No,” the company said."
    rows = [("The board", "slept"), ("” |the company", "“No,”")]
    assert name_speakers(text, *rows) == ["board", "Orrin Motors"]
    text = "The company said no. Interfeld said maybe. The company said yes."
    rows = [("The company", "no"), ("Interfeld", "maybe"), ("maybe. |The company", "yes")]
    assert name_speakers(text, *rows)[1:] == ["Interfeld", "Interfeld"]


@pytest.mark.parametrize("head", ["newspaper", "magazine", "federation", "publisher"])
def test_no_ministry_is_a_newspaper(head):
    text = f"The Salt Ministry met. “No,” the {head} said."
    assert name_speakers(text, (f"” |the {head}", "“No,”")) == [head]


def test_the_mayor_himself_is_the_mayor():
    assert name_speakers(ORRIN + "The mayor herself said no.", ("The mayor herself", "no")) == [
        "Ilse Orrin"
    ]


def test_the_former_chair_is_not_the_chair():
    text = "Former chair Anna Pell met chair Ilse Orrin. “No,” the {} said."
    assert name_speakers(text.format("former chair"), ("” |the former chair", "“No,”")) == [
        "Anna Pell"
    ]
    assert name_speakers(text.format("chair"), ("” |the chair", "“No,”")) == ["Ilse Orrin"]
