import pytest
from dateline.fetch.robots import Rules, read_rules

SHOP = """
User-agent: Otherbot
User-agent: Dateline/2
Disallow: /private   # ours
Allow: /private/press
Crawl-delay: 3

User-agent: *
Disallow: /
"""


@pytest.mark.parametrize(
    "path, allowed",
    [
        ("/", True),
        ("/private", False),
        ("/private/a", False),
        ("/private/press/a", True),  # the longer pattern decides, wherever it stands
        ("/%70rivate", False),
    ],
)
def test_a_group_with_our_name_is_the_one_that_holds(path, allowed):
    assert read_rules(SHOP, "dateline").allow(path) is allowed


def test_without_a_group_of_ours_the_one_for_all_holds():
    assert not read_rules(SHOP, "someone").allow("/a")
    assert read_rules(SHOP, "dateline").delay == 3


@pytest.mark.parametrize(
    "pattern, path, fits",
    [
        ("/*?print=", "/a/b?print=1", True),
        ("/*?print=", "/a/b?page=1", False),
        ("/*.pdf$", "/a.pdf", True),
        ("/*.pdf$", "/a.pdf?x", False),
        ("/a$", "/a", True),
        ("/a$", "/ab", False),
        ("*/b*/c", "/x/bb/c/d", True),
        ("/a*a$", "/a", False),
        ("/*" + "a*" * 2000 + "b$", "/" + "a" * 5000, False),  # at once, not for ever
    ],
)
def test_patterns_are_those_of_rfc_9309(pattern, path, fits):
    assert Rules(((pattern, False),)).allow(path) is not fits


def test_an_empty_disallow_forbids_nothing():
    assert read_rules("User-agent: *\nDisallow:\n", "dateline").allow("/a")
    assert read_rules("\x00 nonsense\n:::\n", "dateline") == Rules()


def test_of_two_patterns_of_one_length_the_one_that_allows_holds():
    rules = read_rules("User-agent: *\nDisallow: /a\nAllow: /a\n", "dateline")
    assert rules.allow("/a")
