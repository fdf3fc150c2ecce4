"""The data dictionary: every frame's columns, their types and its key, and `check_frame`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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

    @property
    def known(self) -> tuple[str, ...]:
        """The columns whose values are never NA: the key, and the words that a row is about."""
        words = [column for column in ("text", "term") if column in self.columns]
        # A mention that leads to no one has no speaker.
        return tuple(c for c in dict.fromkeys([*self.key, *words]) if c != "speaker_id")


def _schema(name: str, row: str, key: str, /, **columns: tuple[str, str]) -> Schema:
    return Schema(name, row, tuple(key.split()), {k: Column(*v) for k, v in columns.items()})


_ID = ("str", "the article: its file's name without the suffix, and its number in the file")
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
            updated_on=("date", "day of the last change, where that is stated"),
            url=("str", "its address"),
            language=(
                "str",
                "code (ISO 639-1): as its words read, else as stated, else of most",
            ),
            cluster_id=("str", "the reprint cluster: article_id of its first article"),
            text=(
                "str",
                "the decoded file, code point for code point, or its form's text",
            ),
            form=(
                "str",
                "what its file was read as: text, Nexis DOCX ...; NA where it was no file",
            ),
            item=("Int64", "its place in its file, from 1; NA where it was no file"),
            parts=(
                "list",
                "what its form, or the corpus, tells of the text: each 'kind start end' of blocks",
            ),
        ),
        _schema(
            "files",
            "a file that was found",
            "path",
            path=("str", "the file, relative to the folder that was read"),
            form=("str", "what it was read as; NA where it could not be read"),
            encoding=("str", "of its characters, as stated or guessed; NA where the form fixes it"),
            n_stated=("Int64", "articles that it says it holds; NA where it says nothing"),
            n_found=("int64", "items that stand in it"),
            n_read=("int64", "of these, articles that were read"),
            n_left_out=("int64", "items found or stated that were not"),
            why=("str", "why, with how many for each reason; NA where all was read"),
        ),
        _schema(
            "blocks",
            "a stretch of an article",
            "article_id block_index",
            article_id=_ID,
            block_index=("int64", "0-based position in the article"),
            kind=(
                "str",
                "header, dateline, byline, heading, body, caption, credit, note or trailer",
            ),
            start=_START,
            end=_END,
        ),
        _schema(
            "copies",
            "a stretch of an article that stands in another one too",
            "article_id start",
            article_id=_ID,
            start=_START,
            end=_END,
            other_article_id=("str", "the article that has most of it; of equal ones the earliest"),
            other_start=("int64", "first character there"),
            other_end=("int64", "one past the last character there"),
            n_words=("int64", "words of the stretch"),
            share=("float64", "n_words / words of the article's body, 0-1"),
            kept_share=("float64", "share of these words that the other stretch has too, 0-1"),
            agency=("str", "the news agency, as either article states it; NA where neither does"),
        ),
        _schema(
            "problems",
            "something left out or doubtful",
            "path stage problem",
            path=("str", "the file, relative to the folder that was read"),
            stage=("str", "what was being done: read or attributions"),
            problem=("str", "what happened, in words"),
        ),
        _schema(
            "metadata",
            "a value that is stated for an article",
            "article_id column value evidence origin",
            article_id=_ID,
            column=("str", "the column of `articles` that it is for"),
            value=("str", "the value; a date as far as it is stated: 2025-03-04, 2025-03, --03-04"),
            evidence=("str", "the words that state it"),
            origin=(
                "str",
                "where: table (metadata.csv), front_matter, form, text, file_name, folder",
            ),
            is_taken=("bool", "whether `articles` has it; of a completed day, both its parts"),
        ),
        _schema(
            "tokens",
            "a word",
            "article_id token_index",
            article_id=("category", _ID[1]),
            token_index=("int32", "0-based position in the article"),
            sentence_index=("int32", "0-based sentence in the article"),
            stretch_index=(
                "int32",
                "0-based stretch of a sentence between commas, colons, semicolons, brackets and "
                "dashes; n-grams stay inside one",
            ),
            start=("int32", _START[1]),
            end=("int32", _END[1]),
            term=("category", "the word as it is counted: folded, in lower case by default"),
            kind=("category", "kind of the block that it stands in"),
            **{
                "class": (
                    "category",
                    "word, name (a capital inside a sentence), hashtag, numeral, ordinal, weekday, "
                    "month; number, money, percent, time, address, handle; or mark (of other "
                    "tokenisers)",
                )
            },
        ),
        _schema(
            "term_counts",
            "a term in a group",
            "group term",
            group=("str", "value of the `by` column; 'all' without one"),
            term=("str", "the term; of a query its words, or the query as it is written"),
            n=("int64", "times it occurs in the group"),
            n_articles=("int64", "articles of the group that hold it"),
            article_share=("float64", "n_articles / all articles of the group, 0-1"),
            per_million=("float64", "n per million tokens of the group"),
            per_million_low=("float64", "lower end of its 95 % interval by articles; NaN of one"),
            per_million_high=("float64", "upper end of its 95 % interval"),
            n_tokens=("int64", "tokens of the group: the denominator"),
            rank=("int64", "1 for the most frequent of the group; ties share the lowest rank"),
            dp=("float64", "Gries' deviation of proportions over articles, 0 even to 1"),
            dp_norm=("float64", "dp divided by its maximum (Lijffijt and Gries 2012)"),
            dp_excess=(
                "float64",
                "dp beside chance: 0 as n words strewn by chance, 1 all in the shortest article; "
                "NaN where n is below twice the articles",
            ),
            juilland_d=("float64", "Juilland's D over the articles' rates, 1 even"),
            kld=("float64", "Kullback-Leibler divergence from an even spread, in bits, 0 even"),
            n_adjusted=("float64", "n adjusted for spread (Rosengren's KF), n where it is even"),
            tf_idf=("float64", "n times log10(articles / articles that hold the term)"),
        ),
        _schema(
            "diversity",
            "a group, by how varied its articles' words are",
            "group",
            group=("str", "value of the `by` columns; 'all' without one"),
            n_tokens=("int64", "tokens of the group"),
            n_articles=("int64", "articles of the group with tokens"),
            n_measured=("int64", "of these, as long as the window"),
            window=("int64", "words of which the different ones are counted"),
            mattr=(
                "float64",
                "share of different words in so many that follow each other (MATTR), the mean of "
                "the articles measured, 0-1; NaN where there is none",
            ),
            mattr_low=("float64", "lower end of its 95 % interval; NaN below two articles"),
            mattr_high=("float64", "upper end of its 95 % interval"),
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
            n_articles_reference=("int64", "articles of the reference that hold it"),
            test=("str", "what p compares: articles, articles in pairs, or none, and why none"),
            p=("float64", "how often articles dealt at random are as uneven; NA: not tested"),
            p_bh=("float64", "p after Benjamini-Hochberg over all tests of the table"),
            p_bonferroni=("float64", "p after Bonferroni over the same tests"),
            log_ratio=("float64", "doublings of the rate; inf only here, -inf absent here"),
            log_ratio_low=("float64", "lower end of its 95 % interval by articles"),
            log_ratio_high=("float64", "upper end of its 95 % interval by articles"),
            log_ratio_sure=("float64", "the end of the interval nearer to 0; 0 where it holds 0"),
            percent_diff=("float64", "by how many per cent the rate is higher"),
            odds_ratio=("float64", "odds in the target over those in the reference"),
            simple_maths=("float64", "ratio of the rates per million, 1 added to each"),
            article_effect=("float64", "rank-biserial of the articles' rates, -1 to 1"),
            article_p=("float64", "p of Mann-Whitney's test of these rates; sways with length"),
            g2_4cell=("float64", "log-likelihood, four cells; below 0 the reference has more"),
            g2_2cell=("float64", "log-likelihood, two cells; below 0 the reference has more"),
            g2_p=("float64", "p of g2_4cell, as if each word were drawn by itself: too small"),
            g2_log10_p=("float64", "log10 of g2_p, also where it is too small for a float"),
            chi2=("float64", "chi-squared, four cells, uncorrected; signed"),
            bic=("float64", "Bayesian evidence from g2_4cell; above 2 some, above 10 very strong"),
            rank=("int64", "1 for the highest log_ratio_sure of the group; ties share the lowest"),
        ),
        _schema(
            "collocations",
            "two words that stand together",
            "node term",
            node=("str", "the word or query asked for, or the first of a pair"),
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
            rank=(
                "int64",
                "by the measure asked for, of each node asked for; ties share the lowest",
            ),
        ),
        _schema(
            "multiword_terms",
            "a term of several words that is found in a corpus",
            "term",
            term=("str", "its words as they are counted, with spaces between"),
            n=("int64", "times it stands by itself, as `find_phrases` counts it"),
            n_articles=("int64", "articles in which it does"),
            n_inside=("int64", "times it stands inside longer terms of the frame, or overlaps one"),
            n_words=("int64", "its words"),
            log_dice=("float64", "how close its parts are, at most 14; NA for names that are not"),
            is_name=("bool", "whether it was given as a name"),
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
            "followed",
            "a term or another query that a report follows",
            "term",
            term=("str", "the term; of a query its words, or the query as it is written"),
            n=("int64", "times it occurs; 0 where it does not"),
            n_articles=("int64", "articles that hold it"),
            n_tokens=("int64", "all tokens: the denominator"),
            per_million=("float64", "n per million tokens"),
            per_million_low=("float64", "lower end of its 95 % interval by articles"),
            per_million_high=("float64", "upper end of its 95 % interval"),
            n_spoken=("Int64", "times in speech; NA where voices are unknown"),
            n_speakers=("Int64", "named people and bodies who say it; NA likewise"),
            first_on=("date", "the first day of publication of an article that holds it"),
            last_on=("date", "the last one"),
        ),
        _schema(
            "trends",
            "a term in a period",
            "group term period",
            group=("str", "value of the `by` columns; 'all' without one"),
            term=("str", "the term; of a query its words, or the query as it is written"),
            period=("date", "first day of the period"),
            n=("int64", "times in the period"),
            n_articles=("int64", "articles of the period that hold it"),
            n_tokens=("int64", "tokens of the period; 0 is a gap"),
            per_million=("float64", "n per million tokens; NA in a gap"),
            per_million_low=("float64", "lower end of its 95 % interval by articles; NaN of one"),
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
            "printings",
            "a quotation as one of several articles prints it",
            "quotation_id article_id start end",
            quotation_id=("str", "the statement: a hash of the words of its fullest printing"),
            article_id=_ID,
            outlet=("str", "from the article"),
            published_on=("date", "from the article"),
            attribution_id=("str", "the attribution; NA where QUOTATIONS were compared"),
            start=_START,
            end=_END,
            kind=("str", "direct, mixed or indirect; NA where QUOTATIONS were compared"),
            text=("str", "its words; parts joined by ' … '"),
            n_words=("int64", "its words"),
            kept_share=("float64", "share of the fullest printing's words that stand here, 0-1"),
            change=(
                "str",
                "whole; else cut at start, cut inside, cut at end, changed, added, by commas",
            ),
            is_silent=(
                "bool",
                "whether words in marks are cut or changed inside, and nothing shows it",
            ),
            cut=("str", "words of the fullest printing that are not here; NA where there are none"),
            cut_spans=("list", "[start, end] of each, in the article of the fullest printing"),
            new=("str", "words that are here only; NA where there are none"),
            new_spans=("list", "[start, end] of each, in this article"),
            speaker_id=("str", "who said it, as this article leads to; NA where not known"),
            speaker=("str", "the speaker's name"),
            is_speaker_agreed=("bool", "whether all printings that name a speaker name this one"),
            fullest_article_id=("str", "the article with the fullest printing"),
        ),
        _schema(
            "attributions",
            "who said what",
            "attribution_id",
            attribution_id=("str", "stable across runs: article and a hash of cue and content"),
            article_id=_ID,
            kind=(
                "str",
                "direct (all in marks, or in a transcript), mixed (some) or indirect (none)",
            ),
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
            via=("str", "through whom it is known, as mentioned: according to *the Courier*"),
            negated=("bool", "whether it is told not to have been said, or thought: denied"),
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
            score=("float64", "probability that the speaker is right; NA where none is told"),
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
            outlet=("str", "from the article, as are all columns that were added to it"),
            published_on=("date", "from the article"),
            cluster_id=("str", "from the article"),
            speaker_id=("str", "the speaker; ids joined by '+' where they speak jointly"),
            speaker=("str", "the name; names joined by ' and ' where they speak jointly"),
            speaker_kind=("str", "person, organisation, group, document or unknown"),
            speaker_candidates=("list", "names, where the speaker is undecided"),
            speaker_evidence=("str", "how the speaker was found"),
            speaker_score=(
                "float64",
                "probability that the speaker is right, if the source is; or NA",
            ),
            kind=("str", "direct, mixed or indirect; NA where an annotation does not say"),
            content=("list", "what was said: [start, end] of each part, in order"),
            text=("str", "its words; parts joined by ' … '"),
            n_words=("Int64", "its words, as `find_tokens` counts them; NA where not known"),
            cue=("str", "the cue as it stands"),
            cue_spans=("list", "[start, end] of each part of the cue; empty where there is none"),
            cue_lemma=("str", "its entry in the cue lexicon"),
            cue_class=("str", "speech, writing, thought or intention"),
            source=("str", "who said it, as mentioned"),
            source_spans=("list", "[start, end] of each part of the source, likewise"),
            addressee=("str", "to whom, as mentioned"),
            medium=("str", "in what: letter, interview, post ..."),
            via=("str", "through whom it is known, as mentioned"),
            negated=("bool", "whether it is told not to have been said, or thought"),
            rule=("str", "the rule that decided"),
            score=("float64", "probability that the row is right, 0-1"),
            start=("int64", "first character of what was said"),
            end=("int64", "one past its last character"),
        ),
        _schema(
            "outlets",
            "an outlet of the corpus",
            "outlet",
            outlet=("str", "its name as the articles say; 'unknown' where they do not"),
            n_articles=("int64", "articles of it that were read"),
            n_words=("int64", "tokens of their headings and bodies"),
            n_reprints=("int64", "of these articles, repeats of an earlier one of any outlet"),
            n_undated=("int64", "of these articles, without a day of publication"),
            first_on=("date", "first day of publication"),
            last_on=("date", "last day of publication"),
        ),
        _schema(
            "left_out",
            "a kind of block that is not counted as words",
            "kind",
            kind=("str", "header, dateline, byline, caption, credit or trailer"),
            n=("int64", "blocks of the kind"),
            n_articles=("int64", "articles that have one"),
            n_words=("int64", "tokens in them"),
        ),
        _schema(
            "speaker_counts",
            "what a speaker is quoted with, in a group",
            "group speaker_id",
            group=("str", "value of the `by` columns; 'all' without one"),
            speaker_id=("str", "the speaker"),
            speaker=("str", "the name; with the id where two speakers share it"),
            speaker_kind=("str", "person, organisation, group, document or unknown"),
            role=("str", "the first of the speaker's roles"),
            n=("int64", "attributions; a joint one counts for each of its speakers"),
            n_max=("int64", "the same, were each undecided one that may be theirs theirs"),
            n_direct=("int64", "direct ones"),
            n_mixed=("int64", "mixed ones"),
            n_indirect=("int64", "indirect ones"),
            direct_share=("float64", "n_direct / n, 0-1; NA where all are undecided"),
            n_words=("int64", "words of what was said"),
            n_articles=("int64", "articles with such an attribution"),
            n_articles_max=("int64", "the same with each undecided one"),
            first_on=("date", "first dated article"),
            last_on=("date", "last dated article"),
        ),
        _schema(
            "named",
            "how many attributions of a kind lead to a speaker",
            "kind",
            kind=("str", "direct, mixed, indirect or all"),
            n=("int64", "attributions of the kind"),
            n_named=("int64", "of these, with a speaker who is named"),
            n_undecided=("int64", "undecided between several speakers"),
            n_unnamed=("int64", "with a source that leads to no one"),
            n_without_source=("int64", "without any source"),
        ),
        _schema(
            "cue_counts",
            "a cue by which attributions are known",
            "cue_lemma cue_class",
            cue_lemma=("str", "its entry in the cue lexicon"),
            cue_class=("str", "speech, writing, thought, intention or unknown"),
            n=("int64", "attributions"),
            n_speakers=("int64", "speakers who are quoted with it"),
            n_articles=("int64", "articles with such an attribution"),
            direct_share=("float64", "share of direct ones, 0-1"),
        ),
        _schema(
            "together",
            "two speakers who are quoted in one article",
            "speaker other",
            speaker=("str", "the one that comes first in the alphabet"),
            other=("str", "the other"),
            n_articles=("int64", "articles that quote both"),
        ),
        _schema(
            "unsaid",
            "what stands in quotation marks and is attributed to no one",
            "text function",
            text=("str", "the words, on one line"),
            function=("str", "speech, term, title, nickname or motto"),
            n=("int64", "times"),
            n_articles=("int64", "articles that have it"),
            article_id=("str", "the first of them by id"),
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
        _schema(
            "genre_accuracy",
            "how attributions in articles of a genre agree with a gold standard",
            "genre",
            genre=("str", "interview, courts, sport ...: column `genre` of the articles"),
            n_articles=("int64", "annotated articles of the genre"),
            n_gold=("int64", "attributions in them in the gold standard"),
            n_found=("int64", "attributions in them that were found"),
            joint_precision=("float64", "share of what was found that is right, as in accuracy"),
            joint_recall=("float64", "share of the gold that was found right, 0-1"),
            joint_f1=("float64", "harmonic mean of both, 0-1"),
            source_accuracy=("float64", "share of partial pairs whose source is right, 0-1"),
            speaker_accuracy=("float64", "of the found, share with the right speaker, 0-1"),
        ),
        _schema(
            "detail_accuracy",
            "how what a row states besides agrees with a gold standard",
            "detail",
            detail=("str", "addressee, medium, via or negated"),
            n_gold=("int64", "attributions that state it in the gold standard"),
            n_found=("int64", "attributions that were found to state it"),
            n_right=("int64", "of both, of the same content and with a word in common"),
            precision=("float64", "n_right / n_found, 0-1; NA where nothing is found"),
            recall=("float64", "n_right / n_gold, 0-1"),
            f1=("float64", "harmonic mean of both, 0-1"),
        ),
    )
}

_DTYPES = {"date": "datetime64[s]", "list": "object"}
# A file of text holds none of these, so a column in such a type was not read from one.
_NEVER_TEXT = ("date", "list", "category", "int32", "Int64")


def empty_frame(name: str) -> pd.DataFrame:
    """A frame of this name without rows, with all its columns and types."""
    return build_frame(name, [])


def build_frame(name: str, rows: list[dict]) -> pd.DataFrame:
    """Make the frame of this name from rows, with its columns in order and its types.

    Args:
        name: A name in SCHEMAS.
        rows: One dict a row; a key that is missing is unknown (NA), or an empty list.

    Returns:
        The frame, in the order of the rows. Empty in, empty out.

    Raises:
        ValueError: `name` is no frame, or a value does not fit its column's type.
    """
    columns = find_schema(name).columns
    values = {
        key: [row.get(key, [] if column.type == "list" else None) for row in rows]
        for key, column in columns.items()
    }
    return make_frame(name, values)


def make_frame(
    name: str, columns: Mapping[str, object], more: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Make the frame of this name from whole columns, in order and of its types.

    Args:
        name: A name in SCHEMAS.
        columns: All its columns.
        more: A frame of as many rows; its columns that the schema lacks are added.

    Raises:
        ValueError: `name` is no frame, or a value does not fit its column's type.
    """
    import pandas as pd

    schema = find_schema(name).columns
    types = {key: _DTYPES.get(column.type, column.type) for key, column in schema.items()}
    # A measure of millions of rows is large: it is taken as it is, not copied.
    frame = pd.DataFrame(
        {key: pd.Series(columns[key], dtype=types[key], copy=False) for key in schema}, copy=False
    )
    if more is not None:
        for key in more.columns.difference(list(schema), sort=False):
            frame[key] = more[key].array
    return frame


def check_frame(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return a result itself where it has the columns and types of its schema.

    Args:
        frame: Any frame; more columns than the schema's are allowed.
        name: A name in SCHEMAS.

    Raises:
        ValueError: A column is missing or of another type, or the key repeats.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["The port is shut."])
        >>> dl.check_frame(articles, "articles") is articles
        True
        >>> dl.check_frame(articles.drop(columns=["url", "text"]), "articles")
        Traceback (most recent call last):
        ValueError: `articles` lacks the columns url, text; there are article_id, path, outlet, \
title, byline, place, published_on, date_precision, date_evidence, updated_on, language, \
cluster_id, form, item, parts
    """
    schema = find_schema(name)
    _check_columns(frame, schema, schema.columns)
    for key, column in schema.columns.items():
        if not _has_type(frame[key], column.type):
            raise ValueError(f"`{name}.{key}` is {frame[key].dtype}, expected {column.type}")
    _check_key(frame, schema)
    return frame


def take_frame(
    frame: pd.DataFrame, name: str, *columns: str, optional: Iterable[str] = ()
) -> pd.DataFrame:
    """Take what a caller gives as the frame of this name, with the types of its schema.

    A frame that was saved and read back has other types than it was made with, and a frame of an
    analyst's own has fewer columns. Both are taken where nothing is lost: days in any unit or as
    text, lists as arrays or JSON, whole numbers with gaps as floats, categories as text. Where
    all types are right, no value is looked at.

    Args:
        frame: Any frame; it is not changed, and its other columns are kept.
        name: A name in SCHEMAS.
        columns: The columns that are used; without any, all of the schema.
        optional: Columns that are used where they are there; unknown (NA) where they are not.

    Returns:
        A new frame with the index of the one given.

    Raises:
        ValueError: A column is missing, a value does not fit its type, or a key that is used
            repeats or is unknown.
    """
    schema = find_schema(name)
    needed = columns or tuple(schema.columns)
    _check_columns(frame, schema, needed)
    taken = _convert(frame, schema, (*needed, *optional), from_text=_may_be_text(frame, schema))
    # Of millions of tokens, to look for repeated keys takes longer than to count them.
    if name != "tokens" and set(schema.key) <= set(needed):
        _check_key(taken, schema)
    return taken


def fit_frame(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """Give a result the types and the order of its schema; its other columns follow.

    Raises:
        ValueError: A column is missing, a value does not fit its type, or the key repeats.
    """
    schema = find_schema(name)
    _check_columns(frame, schema, schema.columns)
    fitted = _convert(frame, schema, tuple(schema.columns), from_text=False)
    others = [column for column in frame if column not in schema.columns]
    return check_frame(fitted[[*schema.columns, *others]], name)


def _convert(
    frame: pd.DataFrame, schema: Schema, columns: tuple[str, ...], *, from_text: bool
) -> pd.DataFrame:
    import pandas as pd

    from dateline.conversion import HINT, convert

    taken = frame.copy(deep=False)
    for key in columns:
        column = schema.columns[key]
        where = f"`{schema.name}.{key}`"
        if key not in frame:
            taken[key] = pd.Series(index=frame.index, dtype=_DTYPES.get(column.type, column.type))
            continue
        may_be_disarmed = from_text and column.type == "str"
        if column.type == "list" or may_be_disarmed or not _has_type(frame[key], column.type):
            taken[key] = convert(frame[key], column.type, where, from_text=from_text)
        if key in schema.known and column.type == "str" and taken[key].hasnans:
            row = int(taken[key].isna().to_numpy().argmax())
            raise ValueError(f"{where} is unknown in row {row}, expected text{HINT}")
    return taken


def _may_be_text(frame: pd.DataFrame, schema: Schema) -> bool:
    """Whether a frame may have been read from a CSV: no column has a type that text cannot have.

    A day in other units than seconds (the library's) and milliseconds (Parquet's) may have been
    parsed from text. This matters for the apostrophe before a formula only: nine of the thirty-one
    articles that ship begin with the dashes of front matter, which `write_table` disarms in CSV.
    """
    for key, column in schema.columns.items():
        if column.type in _NEVER_TEXT and key in frame:
            values = frame[key]
            is_ours = values.dtype.name in ("datetime64[s]", "datetime64[ms]")
            # An empty column that was parsed from text is in seconds, too.
            if column.type == "date" and is_ours and values.notna().any():
                return False
            if column.type == "list" and len(values) and not isinstance(values.iloc[0], str):
                return False
            if column.type not in ("date", "list") and _has_type(values, column.type):
                return False
    return True


def _has_type(values: pd.Series, kind: str) -> bool:
    # A categorical's dtype carries its categories, so types are compared by name.
    return values.dtype.name == _DTYPES.get(kind, kind)


def _check_columns(frame: pd.DataFrame, schema: Schema, needed: Iterable[str]) -> None:
    import pandas as pd

    name = schema.name
    if not isinstance(frame, pd.DataFrame):
        raise ValueError(f"`{name}` must be a DataFrame, not {type(frame).__name__}")
    if missing := [column for column in needed if column not in frame]:
        raise ValueError(f"`{name}` lacks the columns {', '.join(missing)}; {_tell(frame)}")
    if not frame.columns.is_unique:
        twice = frame.columns[frame.columns.duplicated()][0]
        raise ValueError(f"`{name}` has two columns called {twice!r}")


def _tell(frame: pd.DataFrame) -> str:
    """What a frame is instead: often two arguments stand in the wrong order."""
    same = [name for name, schema in SCHEMAS.items() if set(schema.columns) <= set(frame)]
    if same:
        return f"what was given is `{same[0]}`: are two arguments in the wrong order?"
    return f"there are {', '.join(map(str, frame.columns)) or 'none'}"


def _check_key(frame: pd.DataFrame, schema: Schema) -> None:
    repeated = frame.duplicated(list(schema.key))
    if repeated.any():
        first = frame.loc[repeated, list(schema.key)].iloc[0].to_dict()
        raise ValueError(f"`{schema.name}` repeats a key of ({', '.join(schema.key)}): {first}")


def describe_frame(frame: pd.DataFrame) -> str:
    """Say which frame this is, how many rows it has, and how it was made.

    Args:
        frame: Any frame. Its columns tell which one it is, so that it is known after a filter, a
            merge or a file too.

    Returns:
        A line. A frame that is none of the data dictionary is called "table"; how it was made is
        left out where `attrs["method"]` does not say it.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["The port is shut."])
        >>> print(dl.describe_frame(dl.find_tokens(articles)))
        tokens, 4 rows: a word. Words: letters and digits, with inner apostrophes, hyphens and &; \
figures with their signs; addresses, handles and hashtags whole; \
of blocks: heading, body; typography folded, in lower case, without possessive 's; \
0 spellings differed in typography only
    """
    from dateline.method import describe_method

    fits = [schema for schema in SCHEMAS.values() if set(schema.columns) <= set(frame)]
    schema = max(fits, key=lambda schema: len(schema.columns), default=None)
    size = f"{len(frame):,} row{'s' * (len(frame) != 1)}"
    words = f"{schema.name}, {size}: {schema.row}" if schema else f"table, {size}"
    return ". ".join(filter(None, [words, describe_method(frame)]))


def describe_frames(result: tuple) -> str:
    """Say what a named tuple of frames holds, a line each: whole frames would fill the screen."""
    lines = [describe_frame(frame) for frame in result]
    return "\n  ".join([f"{type(result).__name__}:", *lines])


def frames_markdown() -> str:
    """The data dictionary as Markdown, as the README shows it: one table a frame."""
    return "\n\n".join(_show_schema(schema) for schema in SCHEMAS.values()) + "\n"


def _show_schema(schema: Schema) -> str:
    lines = [f"**`{schema.name}`**: {schema.row}. Key: {', '.join(schema.key)}.", ""]
    lines += ["| column | type | meaning |", "|---|---|---|"]
    lines += [f"| {key} | {c.type} | {c.meaning} |" for key, c in schema.columns.items()]
    return "\n".join(lines)


def find_schema(name: str) -> Schema:
    """The schema of this name; ValueError where there is none."""
    if name not in SCHEMAS:
        raise ValueError(f"no frame is called {name!r}; there are {', '.join(SCHEMAS)}")
    return SCHEMAS[name]
