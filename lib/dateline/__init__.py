"""Dateline: who said what in the news, and in which terms."""

from importlib import import_module
from typing import Any

__version__ = "0.2.0"

# Names load on first use, so that `import dateline` stays fast and does nothing.
_HOMES = {
    "frames": "check_frame describe_frame",
    "tabular": "write_table",
    "method": "describe_method",
    "read": "read_articles read_corpus make_articles find_blocks find_copies find_reprints "
    "keep_language",
    "quotations": "find_quotations compare_quotations",
    "attribution": "find_attributions find_contents",
    "speakers": "resolve_speakers attribute_speakers find_said",
    "speakers.decisions": "read_decisions write_decisions",
    "evaluation": "evaluate read_gold read_said write_said",
    "terms": "find_terms find_tokens map_terms stem_terms lemmatise_terms add_voice load_stopwords "
    "find_ngrams find_phrases find_multiword_terms join_surnames find_collocations "
    "count_terms count_trend keep_first_prints rank_keywords measures "
    "measure_diversity choose_base choose_period scale_rates "
    "add_written concordance read_terms name_terms split_queries count_followed find_sayings "
    "save_reference load_reference to_matrix from_matrix to_nltk_text "
    "NARRATOR UNDECIDED TOKEN WORD WORD_WITHOUT_HYPHENS",
    "show": "show_table show_quotations show_lines show_groups show_files show_outlets "
    "show_accuracy count_outlets count_left_out count_speakers count_named count_cues "
    "count_together show_concordance choose_said rank_groups rank_voices rank_new_terms "
    "rank_against find_unsaid",
    "show.speaker_charts": "draw_network draw_speakers draw_speakers_by draw_timeline",
    "show.vocabulary.time_charts": "draw_dispersion draw_trend",
    "show.vocabulary.keyness_charts": "draw_keyness",
    "show.vocabulary.term_charts": "draw_terms draw_terms_by_group",
    "report": "from_root publish",
}
_HOME = {name: home for home, names in _HOMES.items() for name in names.split()}

__all__ = sorted(_HOME)


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(f"dateline.{_HOME[name]}"), name)
    raise AttributeError(f"module 'dateline' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
