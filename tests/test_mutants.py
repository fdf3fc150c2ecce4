"""What the mutation run changes, and that what it is told to expect is still there."""

from mutants import EXPLAINED, LIBRARY, list_mutants, read_explained

SOURCE = '''
NEAR = 0.4

def pick(words: list[str], n: int = 2):
    """Not 3."""
    if n <= len(words) < 9 and not words[0].isupper() or n is None:
        print(f"{n + 1}")
        return words[n] * (n + 1)
    raise ValueError("less than 5")
'''


def test_each_change_is_one_of_a_number_a_condition_or_a_result():
    changed = {(m.function, m.after) for m in list_mutants(SOURCE)}
    condition = "if n <= len(words) < 9 and not words[0].isupper() or n is None:"
    assert changed == {
        ("", "NEAR = 0.6"),
        ("", "NEAR = 0.2"),
        ("pick", "def pick(words: list[str], n: int = 3):"),
        ("pick", "def pick(words: list[str], n: int = 1):"),
        ("pick", "if (n is None):"),
        ("pick", "if (n <= len(words) < 9 and (not words[0].isupper())):"),
        ("pick", condition.replace("9", "10")),
        ("pick", condition.replace("9", "8")),
        ("pick", condition.replace("[0]", "[1]")),
        ("pick", condition.replace("[0]", "[-1]")),
        ("pick", condition.replace("n <= len(words) < 9", "(n < len(words) < 9)")),
        ("pick", condition.replace("not words[0].isupper()", "(words[0].isupper())")),
        ("pick", "if (not words[0].isupper()) or n is None:"),
        ("pick", "if (n <= len(words) < 9) or n is None:"),
        ("pick", condition.replace("n is None", "(n is not None)")),
        ("pick", "pass"),
        ("pick", "return None"),
        ("pick", "return (words[n] / (n + 1))"),
        ("pick", "return words[n] * ((n - 1))"),
        ("pick", "return words[n] * (n + 2)"),
        ("pick", "return words[n] * (n + 0)"),
    }


def test_each_changed_module_can_be_read():
    for mutant in list_mutants(SOURCE):
        compile(mutant.source, mutant.after, "exec")


def test_what_is_explained_is_still_there_and_has_a_reason():
    listed = {}
    for key, reason in read_explained().items():
        path = LIBRARY / key[0]
        if key[0] not in listed:
            source = path.read_text("utf-8") if path.is_file() else ""
            listed[key[0]] = {mutant.key for mutant in list_mutants(source, key[0])}
        assert key in listed[key[0]], f"{EXPLAINED.name}: {key} is gone, delete its line"
        assert len(reason) > 10, key
