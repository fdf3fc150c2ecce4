"""Fit what the traits of an attribution weigh, on articles whose words were counted elsewhere."""

from collections import Counter

from counting.fit_weights import fit_weights
from dateline.attribution.cues.score import Trust, logit
from dateline.attribution.find import assemble_article, make_row
from dateline.evaluation.match import KINDS, match_attributions
from dateline.frames import build_frame

# Fitted on six outlets and measured on the seventh, in turns: log-loss 0.4750; 3 0.4773, 30 0.4762.
MIN_TRAITS, PENALTY = 5, 10.0
# The scores decide which drafts hold quotations and hide others, so that which attributions there
# are to be judged depends on them: judged once with raw scores, and once more with what came of it.
N_ROUNDS = 2


def fit_traits(gold, layouts, parsed, folds):
    """Rows of traits.tsv: kind, trait, weight, n.

    Args:
        gold: The gold attributions, with their articles.
        layouts: The articles' layouts, by their ids.
        parsed: Their paragraphs and parses, by their ids.
        folds: (ids, lexicon counted in other articles) of each part.
    """
    rows = []
    for _ in range(N_ROUNDS):
        trust = Trust({(kind, trait): weight for kind, trait, weight, _ in rows})
        judged = []
        for ids, lexicon in folds:
            found = find_all({a: layouts[a] for a in ids}, parsed, lexicon, trust)
            judged += judge(gold, ids, *found)
        rows = [row for kind in KINDS for row in fit_kind(kind, judged)]
    return rows


def find_all(layouts, parsed, lexicon, trust):
    """Attribute without floors: the rows, and {attribution_id: (kind, estimate, traits)}."""
    rows, found = [], {}
    for article_id, (flat, _) in layouts.items():
        for draft in assemble_article(flat.text, parsed[article_id], lexicon, trust, min_score=0):
            # A turn of a transcript, whose words this gold mostly leaves out; and what is known
            # through somebody, which it gives to him or her.
            if not draft.traits or draft.via:
                continue
            rows.append(make_row(article_id, flat, draft))
            found[rows[-1]["attribution_id"]] = (draft.kind, draft.estimate, draft.traits)
    return rows, found


def judge(gold, ids, rows, found):
    """(kind, estimate, traits, is right) of each attribution that was found."""
    said, articles = (frame[frame["article_id"].isin(ids)] for frame in gold[:2])
    matches = match_attributions(said, build_frame("attributions", rows), articles)
    matches = matches[matches["side"] == "found"]
    right = (matches["overlap"] >= 0.5) & matches["is_source_right"].astype(bool)
    return [
        (*found[attribution_id], bool(is_right))
        for attribution_id, is_right in zip(matches["attribution_id"], right, strict=True)
    ]


def fit_kind(kind, judged):
    """What each trait adds to the log-odds that an attribution of a kind is right."""
    of_kind = [row[1:] for row in judged if row[0] == kind]
    often = Counter(trait for _, traits, _ in of_kind for trait in traits)
    features = [
        {"any": 1, "estimate": logit(estimate)}
        | {trait: 1 for trait in traits if often[trait] >= MIN_TRAITS}
        for estimate, traits, _ in of_kind
    ]
    weights = fit_weights(features, [right for *_, right in of_kind], penalty=PENALTY)
    return [(kind, *item, often[item[0]] or len(of_kind)) for item in weights.items()]
