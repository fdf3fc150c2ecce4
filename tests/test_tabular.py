"""Tables on disk: whole or not at all, safe in a spreadsheet, exact in JSON."""

import csv
import io

import pandas as pd
import pytest
from dateline.tabular import disarm, list_rows, rearm, safe_cells, to_json_lines, write_table
from hypothesis import given
from hypothesis import strategies as st


def test_a_failed_write_keeps_the_earlier_file(tmp_path):
    path = tmp_path / "table.jsonl"
    path.write_text("before")
    with pytest.raises(TypeError):
        write_table(pd.DataFrame({"a": [object()]}), path)
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@cmd", "\t=1", "\r=1", "＝1", "=HYPERLINK(“x”)"]
)
def test_no_cell_is_a_formula(cell):
    table = pd.DataFrame({"cell": [cell], "n": [-1], "list": [[cell]]})
    safe = safe_cells(table)
    assert safe["cell"].tolist() == ["'" + cell]
    assert safe["n"].tolist() == [-1]
    assert safe["list"][0].startswith("[")
    assert table["cell"].tolist() == [cell]


def test_usual_text_is_left_as_it_is():
    table = pd.DataFrame({"cell": ["– Orla", "“=”", "a=b", "", None]})
    assert safe_cells(table)["cell"].tolist()[:4] == ["– Orla", "“=”", "a=b", ""]


@given(st.lists(st.text(max_size=20).filter(lambda text: "\r" not in text), min_size=1))
def test_csv_cells_never_start_a_formula(cells):
    csv = safe_cells(pd.DataFrame({"cell": cells})).to_csv(index=False)
    read = pd.read_csv(io.StringIO(csv), keep_default_na=False, skip_blank_lines=False, dtype=str)
    assert not read["cell"].str.match(r"[=+\-@\t＝＋－＠]").any()


def test_a_bare_carriage_return_starts_no_row_and_a_heading_no_formula(tmp_path):
    write_table(pd.DataFrame({"=a": ["x\r=1+1", "y"]}), tmp_path / "f.csv")
    with (tmp_path / "f.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [["'=a"], ["x\r=1+1"], ["y"]]


def test_csv_opens_in_excel_as_utf_8(tmp_path):
    write_table(pd.DataFrame({"cell": ["“ä”"]}), tmp_path / "t.csv")
    assert (
        tmp_path / "t.csv"
    ).read_bytes() == b"\xef\xbb\xbfcell\r\n\xe2\x80\x9c\xc3\xa4\xe2\x80\x9d\r\n"


def test_dates_and_unknown_values_in_json():
    table = pd.DataFrame(
        {
            "on": pd.Series(["2025-03-11", None], dtype="datetime64[s]"),
            "n": pd.Series([1, None], dtype="Int64"),
            "share": [0.5, None],
            "is": [True, False],
        }
    )
    assert to_json_lines(table) == (
        '{"on": "2025-03-11", "n": 1, "share": 0.5, "is": true}\n'
        '{"on": null, "n": null, "share": null, "is": false}\n'
    )


@given(st.text("'=-a\n", max_size=5))
def test_what_is_disarmed_can_be_rearmed(words):
    assert rearm(disarm(words)) == words


def test_infinity_has_a_name_in_json():
    table = pd.DataFrame({"log_ratio": [float("inf"), float("-inf"), float("nan")]})
    assert to_json_lines(table) == (
        '{"log_ratio": "inf"}\n{"log_ratio": "-inf"}\n{"log_ratio": null}\n'
    )


def test_rows_are_those_of_pandas_with_na_left():
    table = pd.DataFrame(
        {
            "words": pd.Series(["ferry", None], dtype="str"),
            "n": pd.Series([1, None], dtype="Int64"),
            "on": pd.Series(["2026-01-02", None], dtype="datetime64[s]"),
            "spans": [[[0, 4]], []],
        }
    )
    first, second = list_rows(table)
    assert first == table.to_dict("records")[0]
    assert second["n"] is pd.NA
    assert second["on"] is pd.NaT
    assert pd.isna(second["words"])
    assert second["spans"] == []
    assert [type(first["n"]), type(first["words"])] == [int, str]
    assert list_rows(table.head(0)) == []
