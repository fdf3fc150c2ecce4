"""From a line of a page to whether it belongs to the story, or to the page around it."""

from __future__ import annotations

import re

# Whole paragraphs that pages put around a story or between its paragraphs. Each pattern is an
# order or offer to the reader, or a label; what a story could say of others must not fit ("the
# firm changed its privacy policy"), so that no sentence of it is lost.
_LABELS = re.compile(
    r"""(?:advertisement|sponsored|promoted|recommended|supported\ by|topics|tags|comments?
    |(?:story|article)\ continues\ below.*|copy\ link|link\ copied.*|print|e-?mail|save|tweet
    |share(?:\ (?:this|on|via|the|full)\b.*)?|(?:read|see|find\ out|learn|watch|hear)\ more\W*
    |more\ on\ this(?:\ story)?|most\ (?:read|popular)|trending(?:\ now)?|up\ next
    |editors?.?\ picks?
    |related(?:\ (?:articles?|stories|topics?|content|links?|news|coverage))?
    |you\ (?:may|might)\ (?:also\ )?(?:like|be\ interested).*|slideshow\b.*|view\ comments
    |listen\ to\ (?:this|the)\ (?:article|story).*|(?:less\ than\ )?\d+\ min(?:ute)?s?\ (?:read|ago)
    |show\ more|load\ more|back\ to\ top|skip\ to.*
    |おすすめ情報|関連(?:キーワード|記事|ニュース)|このニュースをシェア|カテゴリーをフォローする)""",
    re.IGNORECASE | re.VERBOSE,
)
_OFFERS = re.compile(
    r"""(?:(?:follow|join|like|find)\ us\ on\b.*
    |follow\ @?[\w ]+\ on\ (?:twitter|x|facebook|instagram)\b.*
    |(?:sign\ up|subscribe|register)\b.*\b(?:newsletter|inbox|e-?mail|alert|update|briefing)s?\b.*
    |(?:get|receive)\b.*\ (?:in|to)\ your\ inbox.*|download\ (?:our|the)\ .*\bapp\b.*
    |.{0,80}\bour\ (?:[\w-]+\ ){0,4}newsletter\b.{0,80}|you\b.*\bpromotional\b.*
    |join\ (?:our|the)\ (?:\w+\ )?(?:forum|conversation|discussion|debate)\b.*
    |join\ thought-provoking\ conversations.*
    |.*\b(?:offers|adverts|promotions)\b.*\bfrom\ us\ and\b.*
    |.*\bby\ (?:signing|clicking|subscribing|submitting|registering|entering|continuing)\b.*
    \byou\b.*\b(?:privacy|terms|cookie).*|.*\bunsubscribe\b.*\byou\b.*|.*\byou\b.*\bunsubscribe\b.*
    |(?:all\ rights\ reserved|©|\(c\)\ \d{4}|copyright\ (?:©|ⓒ|\d{4}|the\b)).*
    |.{0,150}\ball\ rights\ reserved\W*)""",
    re.IGNORECASE | re.VERBOSE,
)
# A line that points to another story; it is dropped where what it points to is a link.
TEASER = re.compile(
    r"(?:read(?: more| also| next| full story)?|related(?: \w+)?|more|see also|also read|watch"
    r"|listen|don[’']t miss|recommended|in pictures|opinion|must read)\s*[:|»>–-]",
    re.IGNORECASE,
)
# What stands where the rest of an article is kept for those who pay or log in.
SELLS = re.compile(
    r"(?:subscribe|sign in|log in|register|become a (?:member|subscriber)|create an account)\b"
    r".{0,60}\b(?:to (?:continue|read|keep)|for (?:full|unlimited) access|already)"
    r"|(?:article|story|content) is (?:only )?(?:for|available to|reserved for) (?:our )?"
    r"(?:subscribers|members)|already a (?:subscriber|member)|会員限定|有料会員|続きを読む",
    re.IGNORECASE,
)
# Notes that follow a story; Reuters closes with its standards.
_TRAILER = re.compile(
    r"\W*(?:corrections?\b|clarification\b|editor[’']?s[’']? note\b|this (?:article|story|report) "
    r"(?:was|has been|is) (?:\w+ )?(?:amended|updated|corrected|republished|published|originally)"
    r"|(?:additional |with )?(?:reporting|writing|editing) by\b"
    r"|(?:the )?[\w .,’'-]{3,80} contributed to this|with files from\b|our standards:"
    r"|(?:source|via): )",
    re.IGNORECASE,
)
_BIO_VERB = r"\W+(?:is|was|are|covers|writes|reports|joined|has (?:been|written|covered|worked))\b"
_CREDIT = re.compile(
    r"\([^()]{1,80}\)|(?:photo(?:graph)?|image|picture|credit|illustration|©)s?\b[^.]{1,80}",
    re.IGNORECASE,
)
_STAMP = re.compile(
    r"(?:(?:first|last)\s)?(?:published|updated|posted|modified|created)\b.{0,80}", re.IGNORECASE
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
ENDS = tuple(".!?…:;。！？」』”’\"'")


def is_furniture(words: str) -> bool:
    """Whether a paragraph is an order, offer or label of the page, and not of the story."""
    n = len(words.split())
    if n > 60 or len(words) > 600:
        return False
    quoted = "“" in words or '"' in words  # somebody says it, so it is the story's
    return bool((n <= 12 and _LABELS.fullmatch(words)) or (not quoted and _OFFERS.fullmatch(words)))


def is_stamp(words: str) -> bool:
    """Whether a line above a story is the time of publication."""
    signs = [c for c in words if c.isalnum()]
    if len(signs) > 60:
        return False
    digits = sum(c.isdigit() for c in signs)
    dated = len(words.split()) < 9 and not words.endswith(ENDS) and _YEAR.search(words)
    return bool(digits > 0.4 * len(signs) or _STAMP.fullmatch(words) or dated)


def is_fragment(words: str) -> bool:
    """Whether a line is no sentence: a label, a tag, a teaser's headline."""
    return len(words.split()) < 8 and len(words) < 60 and not words.endswith(ENDS)


def is_note(words: str) -> bool:
    """Whether a paragraph at the end is a note on the story: a correction, who contributed."""
    return bool(_TRAILER.match(words))


def find_bios(lines: list[str], byline: str) -> list[bool]:
    """Which paragraphs say who one of the writers is: they begin with the name, and a verb."""
    names = "|".join(re.escape(name) for name in byline.split("; ") if " " in name)
    if not names:
        return [False] * len(lines)
    bio = re.compile(rf"(?:by )?(?:{names}){_BIO_VERB}", re.IGNORECASE)
    return [bool(bio.match(words)) for words in lines]


def name_caption(words: str) -> str:
    """What the words below a figure are: a caption, or only a credit."""
    return "credit" if _CREDIT.fullmatch(words) else "caption"
