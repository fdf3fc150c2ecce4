"""Tables of every form: columns known or named, rows read, left out and told. All made up."""

import io
import json
import zipfile

import pandas as pd
import pytest
from dateline.read.forms.item import Source, Unreadable
from dateline.read.forms.tables import row_files as table
from dateline.read.forms.tables import table_columns
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

CSV = (
    "id,Headline,Publication Date,Newspaper,Author,Full Text,Desk\n"
    "1,Ferry aground,2031-05-06,Orrin Post,Oda Lindt,"
    '"The ferry ran aground.\nNobody was hurt.",Coast\n'
    '2,"Tide, at last",2031-05-07,Orrin Post,,"“It floats,” said Ines Maro.",Coast\n'
    "3,No words,2031-05-08,Orrin Post,Per Voss,,Town\n"
)


def read(data, name="a.csv", columns=None):
    data = data.encode() if isinstance(data, str) else data
    return list(table.read_table_file(Source(name, data=data), columns).items)


def test_columns_are_known_by_their_names_and_the_others_are_kept():
    first, second, third = read(CSV)
    assert first.text == "Ferry aground\n\nThe ferry ran aground.\n\nNobody was hurt."
    assert [part.kind for part in first.parts] == ["heading", "body", "body"]
    assert first.fields == {
        "source_id": "1",
        "title": "Ferry aground",
        "date": "2031-05-06",
        "outlet": "Orrin Post",
        "byline": "Oda Lindt",
        "desk": "Coast",
    }
    assert second.fields["title"] == "Tide, at last" and "byline" not in second.fields
    assert (third.number, third.left_out) == (3, "the row has no text")


def test_named_columns_come_before_guesses():
    data = "title,Überschrift,text,body\nA,B,C,D\n"
    (item,) = read(data, columns={"title": "überschrift", "text": "body"})
    assert item.text == "B\n\nD"
    assert item.fields == {"title": "B", "title_column": "A", "text_column": "C"}


def test_a_table_without_a_text_or_a_named_column_is_refused_with_those_it_has():
    with pytest.raises(Unreadable, match="known as the text: it has 'title', 'url'"):
        read("title,url\nFerry,http://a.example/1\n")
    with pytest.raises(Unreadable, match="has no column 'Headline', only 'title', 'text'"):
        read("title,text\nFerry,It floats.\n", columns={"title": "Headline"})


def test_a_column_never_takes_a_name_of_ours_or_of_another():
    chosen = table_columns.choose_columns(["text", "Path", "a b", "A-B", "", "pageTitle", "url"])
    assert chosen.ours == {"text": "text", "url": "url"}
    assert list(chosen.others.values()) == ["path_column", "a_b", "a_b_2", "column_5", "page_title"]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found(separator):
    rows = [["title", "text", "outlet"], ["Ferry", '"It, floats; again\tand | again."', "Post"]]
    data = "".join(separator.join(row) + "\r\n" for row in rows)
    for name in ("a.csv", "a.txt"):
        (item,) = read(data, name)
        assert item.fields["outlet"] == "Post"
        assert item.text == "Ferry\n\nIt, floats; again and | again."


def test_excel_s_line_and_a_mark_before_the_header_are_no_columns():
    assert (
        read("\ufeffsep=;\r\ntitle;text\r\nFerry;It floats.\r\n")[0].text == "Ferry\n\nIt floats."
    )
    assert read("\ufefftext,title\nIt floats.,Ferry\n")[0].text == "Ferry\n\nIt floats."
    assert read("title,text\nFerry,It floats.\n".encode("utf-16"))[0].text == "Ferry\n\nIt floats."


def test_quotation_marks_may_be_escaped_with_a_stroke():
    (item,) = read('title,text\nFerry,"\\"It floats, again,\\" said Ms Maro."\n')
    assert item.text == 'Ferry\n\n"It floats, again," said Ms Maro.'


def test_a_row_with_too_many_cells_is_left_out_by_number():
    items = read("title,text\nA,One.\nB,Two,and,more\nC,Three.\n")
    assert [(item.number, item.left_out) for item in items if item.left_out] == [
        (2, "the row has 4 cells where the header has 2")
    ]
    assert items[2].text == "C\n\nThree."


def test_a_quotation_mark_that_is_never_closed_stops_reading_by_name(monkeypatch):
    monkeypatch.setattr(table, "_MOST_CELL", 1000)
    data = 'title,text\nA,One.\nB,"Two\n' + "line\n" * 500
    items = []
    with pytest.raises(Unreadable, match=r"line .* and what follows: field larger than"):
        for item in table.read_table_file(Source("a.csv", data=data.encode())).items:
            items.append(item)
    assert [item.text for item in items] == ["A\n\nOne."]


def test_one_endless_line_is_refused(monkeypatch):
    monkeypatch.setattr(table, "_MOST_CELL", 1000)
    with pytest.raises(Unreadable, match="a line of more than"):
        read('title,text\nA,"' + "word " * 500)


def test_letters_are_right_in_windows_1252_and_told():
    (item,) = read("title,text\nCafé,Señor Peña was naïve.\n".encode("cp1252"))
    assert item.text == "Café\n\nSeñor Peña was naïve."
    assert item.doubts == ("not UTF-8: read as cp1252, which is a guess",)


def test_prose_with_commas_is_no_table():
    prose = b"The text, the author, and the date\nwere, she said, all of them,\nlost, in, May.\n"
    for name in ("a.txt", "a"):
        assert not any(form.fits(prose, name) for form in table.FORMS)


def test_json_in_its_usual_shapes():
    row = {"headline": "Ferry", "body": "It floats.", "authors": ["Oda Lindt", "Per Voss"], "n": 2}
    nested = {
        "response": {"total": 1, "results": [{"webTitle": "Ferry", "fields": {"body": "It"}}]}
    }
    for value in ([row], {"status": "ok", "articles": [row]}, row):
        (item,) = read(json.dumps(value), "a.json")
        assert item.text == "Ferry\n\nIt floats."
        assert item.fields == {"title": "Ferry", "byline": "Oda Lindt; Per Voss", "n": "2"}
    assert read(json.dumps(nested), "a.json")[0].text == "It"


def test_news_formats_in_json_are_left_to_their_readers():
    for key in ("body_html", "bodies", "versioncreated"):
        head = json.dumps({"headline": "Ferry", key: "x", "text": "y"}).encode()
        assert not any(form.fits(head, "a.json") for form in table.FORMS)


def test_a_bad_line_of_json_lines_is_left_out_by_number():
    lines = '{"text": "One."}\n\n{"text": \n[1]\n{"title": "T", "text": "Two."}\n'
    items = read(lines, "a.jsonl")
    assert [item.text for item in items] == ["One.", "", "", "T\n\nTwo."]
    assert [item.left_out for item in items[1:3]] == [
        "line 3 is no JSON object: '{\"text\": \\n'",
        "line 4 is no JSON object: '[1]\\n'",
    ]


def test_html_in_a_cell_is_read_as_its_words():
    data = json.dumps([{"title": "Ferry", "content": "<p>It <b>floats</b>.</p><p>At last.</p>"}])
    assert read(data, "a.json")[0].text == "Ferry\n\nIt floats.\n\nAt last."


def test_lines_that_were_broken_to_a_width_are_joined():
    assert table_columns.split_text("The ferry ran\naground.\nIt floats.") == [
        "The ferry ran aground.",
        "It floats.",
    ]
    assert table_columns.split_text("It ran.\nIt sank.\n\nIt floats.") == [
        "It ran. It sank.",
        "It floats.",
    ]


def test_parquet_is_read_in_batches_and_states_its_rows(tmp_path):
    rows = pd.DataFrame(
        {
            "title": [f"Boat {i}" for i in range(1200)],
            "text": ["It left." if i != 7 else None for i in range(1200)],
            "date": pd.to_datetime(["2031-05-06"] * 1200),
            "depth": [1.5] * 1200,
        }
    )
    rows.to_parquet(tmp_path / "a.parquet")
    contents = table.read_table_file(Source("a", path=tmp_path / "a.parquet"))
    items = list(contents.items)
    assert contents.n_stated == len(items) == 1200
    assert items[7].left_out == "the row has no text"
    assert items[8].fields == {"title": "Boat 8", "date": "2031-05-06", "depth": "1.5"}


SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    "{}</sheetData></worksheet>"
)


def make_workbook(**sheets):
    """A workbook of the fewest parts: each sheet a list of rows of words."""
    main = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    cell = '<c t="inlineStr"><is><t>{}</t></is></c>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{package}/content-types"><Override PartName="/xl/workbook.xml" '
            f'ContentType="{kind}.sheet.main+xml"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="r" '
            f'Type="{main}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        names = "".join(
            f'<sheet name="{name}" sheetId="{i}" r:id="r{i}"/>' for i, name in enumerate(sheets, 1)
        )
        archive.writestr(
            "xl/workbook.xml",
            '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
            f'xmlns:r="{main}"><sheets>{names}</sheets></workbook>',
        )
        links = "".join(
            f'<Relationship Id="r{i}" Type="{main}/worksheet" Target="worksheets/s{i}.xml"/>'
            for i in range(1, len(sheets) + 1)
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{package}/relationships">{links}</Relationships>',
        )
        for i, rows in enumerate(sheets.values(), 1):
            lines = "".join(f"<row>{''.join(map(cell.format, row))}</row>" for row in rows)
            archive.writestr(f"xl/worksheets/s{i}.xml", SHEET.format(lines))
    return out.getvalue()


def test_each_sheet_of_a_workbook_is_read_or_left_out_by_name():
    data = make_workbook(
        May=[["Title", "Text"], ["Ferry", "It floats."], ["Tide", ""]],
        Notes=[["who", "when"], ["Oda", "May"]],
        June=[["Text", "Desk"], ["It sank.", "Coast"]],
    )
    contents = table.read_table_file(Source("a.bin", data=data))
    items = list(contents.items)
    assert [item.text for item in items] == ["Ferry\n\nIt floats.", "", "It sank.", ""]
    assert items[1].left_out == "the row has no text"
    assert items[3].left_out.startswith("no column of the sheet 'Notes' is known as the text")
    assert contents.n_stated == 4 and [item.number for item in items] == [1, 2, 3, 4]


def test_a_workbook_that_is_a_bomb_or_broken_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", " " * 50_000_000)
    with pytest.raises(Unreadable, match="unpacks to 50 MB from"):
        read(out.getvalue(), "a.xlsx")
    with pytest.raises(Unreadable, match="damaged workbook"):
        read(make_workbook(May=[["text"], ["x"]])[:300], "a.xlsx")


def make_parquet():
    out = io.BytesIO()
    pd.DataFrame({"title": ["A", "B"], "text": ["One.", "Two."]}).to_parquet(out)
    return out.getvalue()


SAMPLES = {
    "a.csv": CSV.encode(),
    "a.jsonl": b'{"text": "One."}\n{"text": "Two."}\n',
    "a.json": b'{"articles": [{"text": "One."}, {"title": "T", "text": "<p>Two.</p>"}]}',
    "a.parquet": make_parquet(),
    "a.xlsx": make_workbook(May=[["Title", "Text"], ["Ferry", "It floats."]]),
}


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    name=st.sampled_from(sorted(SAMPLES)),
    cut=st.integers(0, 4000),
    at=st.integers(0, 4000),
    junk=st.binary(max_size=30),
)
def test_damaged_tables_raise_nothing_else(name, cut, at, junk):
    whole = SAMPLES[name]
    try:
        read((whole[:at] + junk + whole[at:])[:cut], name)
    except Unreadable as error:
        assert str(error)


def test_a_key_that_holds_more_keys_is_no_text():
    data = {"bridge": {"article": {"title": "Late"}, "n": 3}}
    (item,) = read(json.dumps(data), "a.json")
    assert item.left_out == "what is called the text holds none, but more keys"
