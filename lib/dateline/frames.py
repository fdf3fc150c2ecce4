"""The data dictionary: every frame's columns, their types and its key, and `check_frame`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

# What the kinds mean. Types that pandas itself names are used as they are; `list` is an object
# column whose cells are lists (never NA), `date` is datetime64[s] at midnight with NaT for unknown.
TYPES = ("str", "int32", "int64", "Int64", "float64", "bool", "category", "date", "list")


@dataclass(frozen=True)
class Column:
    """One column: its type, and what it means to a reader."""

    type: str
    meaning: str


@dataclass(frozen=True)
class Schema:
    """One frame: what a row is, the columns that name it, and all its columns in order."""

    name: str
    row: str
    key: tuple[str, ...]
    columns: dict[str, Column]


def _schema(name: str, row: str, key: str, /, **columns: tuple[str, str]) -> Schema:
    return Schema(name, row, tuple(key.split()), {k: Column(*v) for k, v in columns.items()})


_ID = ("str", "the article: its file's name without the suffix")
_START = ("int64", "first character, 0-based code point of `articles.text`")
_END = ("int64", "one past the last character")

SCHEMAS = {
    schema.name: schema
    for schema in (
        _schema(
            "articles",
            "an article as read",
            "article_id",
            article_id=_ID,
            path=("str", "the file, relative to the folder that was read"),
            outlet=("str", "who published it, as the article itself says; NA where it does not"),
            title=("str", "its headline"),
            byline=("str", "who wrote it"),
            place=("str", "where it was filed, from the dateline"),
            published_on=("date", "day of publication; NaT unless day, month and year are stated"),
            date_precision=("str", "day, month, year, or month_day (a day without a year)"),
            date_evidence=("str", "the words that the date was read from"),
            url=("str", "its address"),
            language=("str", "language as stated in the article, or en"),
            cluster_id=("str", "the reprint cluster: article_id of its first article"),
            text=("str", "the decoded file, code point for code point"),
        ),
        _schema(
            "blocks",
            "a stretch of an article",
            "article_id block_index",
            article_id=_ID,
            block_index=("int64", "0-based position in the article"),
            kind=("str", "header, dateline, byline, heading, body, caption, credit or trailer"),
            start=_START,
            end=_END,
        ),
        _schema(
            "problems",
            "something left out or doubtful",
            "path stage problem",
            path=("str", "the file, relative to the folder that was read"),
            stage=("str", "read, tokens, attributions or speakers"),
            problem=("str", "what happened, in words"),
        ),
        _schema(
            "tokens",
            "a word",
            "article_id token_index",
            article_id=("category", _ID[1]),
            token_index=("int32", "0-based position in the article"),
            sentence_index=("int32", "0-based sentence in the article; n-grams stay inside one"),
            start=("int32", _START[1]),
            end=("int32", _END[1]),
            term=("category", "the word as it is counted: folded, in lower case by default"),
            kind=("category", "kind of the block that it stands in"),
        ),
        _schema(
            "term_counts",
            "a term in a group",
            "group term",
            group=("str", "value of the `by` column; 'all' without one"),
            term=("str", "the term"),
            n=("int64", "times it occurs in the group"),
            n_articles=("int64", "articles of the group that hold it"),
            article_share=("float64", "n_articles / all articles of the group, 0-1"),
            per_million=("float64", "n per million tokens of the group"),
            per_million_low=("float64", "lower end of its 95 % interval (exact Poisson)"),
            per_million_high=("float64", "upper end of its 95 % interval"),
            n_tokens=("int64", "tokens of the group: the denominator"),
            rank=("int64", "1 for the most frequent of the group; ties share the lowest rank"),
            dp=("float64", "Gries' deviation of proportions over articles, 0 even to 1"),
            dp_norm=("float64", "dp divided by its maximum (Lijffijt and Gries 2012)"),
            juilland_d=("float64", "Juilland's D over the articles' rates, 1 even"),
            kld=("float64", "Kullback-Leibler divergence from an even spread, in bits, 0 even"),
            tf_idf=("float64", "n times log10(articles / articles that hold the term)"),
        ),
        _schema(
            "keywords",
            "a term of a group, compared with a reference",
            "group reference term",
            group=("str", "the target: a value of the `by` column"),
            reference=("str", "what it is compared with: 'rest', another group, or a list"),
            term=("str", "the term"),
            n=("int64", "times in the target; 0 where it is absent"),
            n_reference=("int64", "times in the reference"),
            n_tokens=("int64", "tokens of the target"),
            n_tokens_reference=("int64", "tokens of the reference"),
            per_million=("float64", "n per million tokens of the target"),
            per_million_reference=("float64", "the same in the reference"),
            n_articles=("int64", "articles of the target that hold it"),
            g2_4cell=("float64", "log-likelihood, four cells; below 0 the reference has more"),
            g2_2cell=("float64", "log-likelihood, two cells; below 0 the reference has more"),
            chi2=("float64", "chi-squared, four cells, uncorrected; signed"),
            bic=("float64", "Bayesian evidence from g2_4cell; above 2 some, above 10 very strong"),
            log_ratio=("float64", "doublings of the rate; inf only here, -inf absent here"),
            log_ratio_low=("float64", "lower end of its exact 95 % interval"),
            log_ratio_high=("float64", "upper end of its exact 95 % interval"),
            log_ratio_sure=("float64", "the end nearer to 0 at 95 % for all tests together, or 0"),
            percent_diff=("float64", "by how many per cent the rate is higher"),
            odds_ratio=("float64", "odds in the target over those in the reference"),
            simple_maths=("float64", "ratio of the rates per million, 1 added to each"),
            p=("float64", "p of g2_4cell by its survival function"),
            log10_p=("float64", "log10 of p, also where p is too small for a float"),
            p_bh=("float64", "p after Benjamini-Hochberg over all terms tested in the group"),
            p_bonferroni=("float64", "p after Bonferroni over the same terms"),
            article_effect=("float64", "rank-biserial of the articles' rates, -1 to 1"),
            article_p=("float64", "p of Mann-Whitney's test of the articles' rates"),
            rank=("int64", "1 for the highest g2_4cell of the group; ties share the lowest rank"),
        ),
        _schema(
            "collocations",
            "two words that stand together",
            "node term",
            node=("str", "the word asked for, or the first of a pair"),
            term=("str", "the word near it, or the second of a pair"),
            n=("int64", "positions of the term in a window of the node, each counted once"),
            n_node=("int64", "times of the node"),
            n_term=("int64", "times of the term outside the node"),
            n_window=("int64", "positions in all windows, each counted once"),
            n_tokens=("int64", "positions in all, without the node's own"),
            expected=("float64", "n by chance: n_window n_term / n_tokens"),
            log_dice=("float64", "14 + log2(2 min(n, n_node) / (n_node + n_term)), at most 14"),
            mi=("float64", "log2(n / expected)"),
            mi3=("float64", "log2(n cubed / expected)"),
            t_score=("float64", "(n - expected) / root of n"),
            z_score=("float64", "(n - expected) / root of expected"),
            g2=("float64", "log-likelihood, four cells; below 0 less than by chance"),
            delta_p=("float64", "how much the window raises the term's probability"),
            delta_p_back=("float64", "how much the term raises the window's probability"),
            min_sensitivity=("float64", "the smaller of n / n_window and n / n_term"),
            rank=("int64", "by the measure asked for; ties share the lowest rank"),
        ),
        _schema(
            "concordance",
            "a place where the query stands, in context",
            "article_id start end",
            article_id=_ID,
            published_on=("date", "from the article"),
            outlet=("str", "from the article"),
            voice=("str", "who speaks there, where the tokens say so"),
            left=("str", "the text before"),
            keyword=("str", "the words found, as they stand"),
            right=("str", "the text after"),
            start=_START,
            end=_END,
        ),
        _schema(
            "trends",
            "a term in a period",
            "group term period",
            group=("str", "value of the `by` columns; 'all' without one"),
            term=("str", "the term"),
            period=("date", "first day of the period"),
            n=("int64", "times in the period"),
            n_articles=("int64", "articles of the period that hold it"),
            n_tokens=("int64", "tokens of the period; 0 is a gap"),
            per_million=("float64", "n per million tokens; NA in a gap"),
            per_million_low=("float64", "lower end of its 95 % interval (exact Poisson)"),
            per_million_high=("float64", "upper end of its 95 % interval"),
        ),
        _schema(
            "quotations",
            "what stands between quotation marks",
            "article_id start",
            article_id=_ID,
            start=("int64", "first character after the opening mark"),
            end=("int64", "one past the last character before the closing mark"),
            closed=("bool", "whether a closing mark was found"),
            mark=("str", "the opening mark as it stands"),
            function=("str", "speech, term, title, nickname or motto"),
        ),
        _schema(
            "attributions",
            "who said what",
            "attribution_id",
            attribution_id=("str", "stable across runs: article and a hash of cue and content"),
            article_id=_ID,
            kind=("str", "direct (all in marks), mixed (some) or indirect (none)"),
            start=("int64", "first character of what was said"),
            end=("int64", "one past its last character"),
            content=("list", "what was said: [start, end] of each part, in order"),
            cue_start=("Int64", "first character of the cue; NA where there is none"),
            cue_end=("Int64", "one past its last character"),
            cue=("str", "the cue as it stands, on one line"),
            cue_lemma=("str", "its entry in the cue lexicon"),
            cue_class=("str", "speech, writing, thought or intention"),
            source_start=("Int64", "first character of the source; NA where there is none"),
            source_end=("Int64", "one past its last character"),
            source=("str", "who said it, as mentioned, on one line"),
            addressee=("str", "to whom, as mentioned"),
            medium=("str", "in what: letter, interview, post ..., where stated"),
            rule=("str", "the rule that decided"),
            score=("float64", "probability that the row is right, 0-1"),
        ),
        _schema(
            "contents",
            "one part of what was said",
            "attribution_id part",
            attribution_id=("str", "the attribution"),
            part=("int64", "0-based position among its parts"),
            article_id=_ID,
            start=_START,
            end=_END,
            text=("str", "the words of the part, on one line"),
        ),
        _schema(
            "mentions",
            "one reading of a name, role or pronoun in speaker position",
            "article_id start speaker_id",
            article_id=_ID,
            start=_START,
            end=_END,
            text=("str", "the words of the mention, on one line"),
            kind=("str", "name, role, pronoun, document, organisation or group"),
            status=("str", "resolved, joint (one row a speaker), candidate or none"),
            speaker_id=("str", "the speaker, or one candidate; NA where there is none"),
            evidence=("str", "the rule and the words that led there"),
        ),
        _schema(
            "speakers",
            "a person, organisation, group or document",
            "speaker_id",
            speaker_id=("str", "stable across runs: from the name"),
            name=("str", "the fullest name found"),
            kind=("str", "person, organisation, group, document or unknown"),
            roles=("list", "roles seen with the name, most frequent first"),
            aliases=("list", "other forms of the name, most frequent first"),
            n_mentions=("int64", "mentions that lead to the speaker"),
            n_articles=("int64", "articles with such a mention"),
            first_on=("date", "first dated article with a mention"),
            last_on=("date", "last dated article with a mention"),
        ),
        _schema(
            "said",
            "an attribution with its speaker and its article",
            "attribution_id",
            attribution_id=("str", "the attribution"),
            article_id=_ID,
            outlet=("str", "from the article"),
            published_on=("date", "from the article"),
            cluster_id=("str", "from the article"),
            speaker=("str", "the name; names joined by ' and ' where they speak jointly"),
            speaker_id=("str", "the speaker; ids joined by '+' where they speak jointly"),
            speaker_kind=("str", "person, organisation, group, document or unknown"),
            speaker_candidates=("list", "names, where the speaker is undecided"),
            speaker_evidence=("str", "how the speaker was found"),
            kind=("str", "direct, mixed or indirect"),
            text=("str", "what was said; parts joined by ' … '"),
            n_words=("int64", "words of what was said"),
            cue=("str", "the cue as it stands"),
            cue_lemma=("str", "its entry in the cue lexicon"),
            cue_class=("str", "speech, writing, thought or intention"),
            source=("str", "who said it, as mentioned"),
            addressee=("str", "to whom, as mentioned"),
            medium=("str", "in what: letter, interview, post ..."),
            rule=("str", "the rule that decided"),
            score=("float64", "probability that the row is right, 0-1"),
            start=("int64", "first character of what was said"),
            end=("int64", "one past its last character"),
        ),
        _schema(
            "records",
            "an attribution with its speaker, as exports and annotations hold it",
            "attribution_id",
            attribution_id=("str", "the attribution"),
            article_id=_ID,
            kind=("str", "direct, mixed or indirect; NA where an annotation does not say"),
            content=("list", "what was said: [start, end] of each part, in order"),
            content_text=("str", "its words; parts joined by ' … '"),
            source=("list", "[start, end] of each part of the source; empty where there is none"),
            source_text=("str", "who said it, as mentioned"),
            cue=("list", "[start, end] of each part of the cue; empty where there is none"),
            cue_class=("str", "speech, writing, thought or intention"),
            addressee=("str", "to whom, as mentioned"),
            medium=("str", "in what: letter, interview, post ..."),
            speaker=("list", "the name; several who speak jointly; none where undecided"),
            speaker_id=("str", "the speaker; ids joined by '+' where they speak jointly"),
            speaker_candidates=("list", "names, where the speaker is undecided"),
            rule=("str", "the rule that decided"),
            score=("float64", "probability that the row is right, 0-1"),
        ),
        _schema(
            "accuracy",
            "how attributions of a kind agree with a gold standard",
            "kind",
            kind=("str", "direct, mixed, indirect, quoted (direct or mixed) or all"),
            n_gold=("int64", "attributions of the kind in the gold standard"),
            n_found=("int64", "attributions of the kind that were found"),
            **{
                f"{level}_{measure}": ("float64", f"{meaning}: {what}, 0-1; NA where there is none")
                for level, meaning in (
                    ("exact", "the same words"),
                    ("partial", "Jaccard overlap of the words at least 0.5"),
                    ("joint", "partial, and the source is right"),
                )
                for measure, what in (
                    ("precision", "share of what was found"),
                    ("recall", "share of the gold"),
                    ("f1", "harmonic mean of both"),
                )
            },
            joint_f1_low=("float64", "lower end of its 95 % interval (bootstrap over articles)"),
            joint_f1_high=("float64", "upper end of its 95 % interval"),
            source_accuracy=("float64", "share of partial pairs whose source is right, 0-1"),
        ),
        _schema(
            "speaker_accuracy",
            "how the speakers of a group of attributions agree with a gold standard",
            "group",
            group=("str", "all, or a value of how or speaker_type in the gold standard"),
            n_gold=("int64", "attributions of the group in the gold standard"),
            n_paired=("int64", "of these, found with an overlap of at least 0.5"),
            n_right=("int64", "of these, with the right speaker"),
            content_recall=("float64", "n_paired / n_gold, 0-1"),
            speaker_accuracy=("float64", "n_right / n_paired, 0-1; NA where nothing is paired"),
            joint_recall=("float64", "n_right / n_gold, 0-1"),
        ),
    )
}

_DTYPES = {"date": "datetime64[s]", "list": "object"}


def empty_frame(name: str) -> pd.DataFrame:
    """A frame of this name without rows, with all its columns and types."""
    return build_frame(name, [])


def build_frame(name: str, rows: list[dict]) -> pd.DataFrame:
    """Make the frame of this name from rows, with its columns in order and its types.

    Args:
        name: A name in SCHEMAS.
        rows: One dict a row; a key that is missing is unknown (NA).

    Returns:
        The frame, in the order of the rows. Empty in, empty out.

    Raises:
        ValueError: `name` is no frame, or a value does not fit its column's type.
    """
    import pandas as pd

    columns = _find_schema(name).columns
    return pd.DataFrame(
        {
            key: pd.Series([row.get(key) for row in rows], dtype=_DTYPES.get(c.type, c.type))
            for key, c in columns.items()
        }
    )


def check_frame(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return the frame itself where it has the columns and types of its schema.

    Args:
        frame: Any frame; more columns than the schema's are allowed.
        name: A name in SCHEMAS.

    Raises:
        ValueError: A column is missing or of another type, or the key repeats.
    """
    import pandas as pd

    schema = _find_schema(name)
    if not isinstance(frame, pd.DataFrame):
        raise ValueError(f"`{name}` must be a DataFrame, not {type(frame).__name__}")
    missing = [column for column in schema.columns if column not in frame]
    if missing:
        raise ValueError(f"`{name}` lacks the columns {', '.join(missing)}")
    for key, column in schema.columns.items():
        expected = _DTYPES.get(column.type, column.type)
        # A categorical's dtype carries its categories, so types are compared by name.
        if frame[key].dtype.name != pd.Series(dtype=expected).dtype.name:
            raise ValueError(f"`{name}.{key}` is {frame[key].dtype}, expected {column.type}")
    if frame.duplicated(list(schema.key)).any():
        raise ValueError(f"`{name}` repeats a key of ({', '.join(schema.key)})")
    return frame


def frames_markdown() -> str:
    """The data dictionary as Markdown, as the README shows it: one table a frame."""
    return "\n\n".join(_show_schema(schema) for schema in SCHEMAS.values()) + "\n"


def _show_schema(schema: Schema) -> str:
    lines = [f"**`{schema.name}`**: {schema.row}. Key: {', '.join(schema.key)}.", ""]
    lines += ["| column | type | meaning |", "|---|---|---|"]
    lines += [f"| {key} | {c.type} | {c.meaning} |" for key, c in schema.columns.items()]
    return "\n".join(lines)


def _find_schema(name: str) -> Schema:
    if name not in SCHEMAS:
        raise ValueError(f"no frame is called {name!r}; there are {', '.join(SCHEMAS)}")
    return SCHEMAS[name]
