import pytest
from dateline.report.worker import describe_place, find_result, find_warnings
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output


def make_cell(*outputs, tags=(), source="x = 1"):
    return new_code_cell(source, outputs=list(outputs), metadata={"tags": list(tags)})


def fail(name="KeyError", value="'n'"):
    lines = ["\x1b[31mTraceback\x1b[0m", "\x1b[36mCell In[3], line 2\x1b[0m", f"{name}: {value}"]
    return new_output("error", ename=name, evalue=value, traceback=lines)


@pytest.fixture
def notebook():
    cells = [
        new_markdown_cell("# Title"),
        make_cell(tags=["parameters"]),
        make_cell(tags=["injected-parameters"]),
        new_markdown_cell("## First\n\nwords\n\n### Deeper ###"),
        make_cell(),
    ]
    return new_notebook(cells=cells)


def test_a_place_is_counted_as_the_notebook_was_written(notebook):
    assert describe_place(notebook, notebook.cells[4]) == {"cell": 4, "heading": "Deeper"}
    assert describe_place(notebook, None) == {"cell": None, "heading": None}


def test_an_error_is_told_with_its_line_and_without_colours(notebook):
    notebook.cells[4].outputs = [fail()]
    result = find_result(notebook)
    assert result["status"] == "failed"
    assert result["error"] == {
        "cell": 4,
        "heading": "Deeper",
        "line": 2,
        "message": "KeyError: 'n'",
        "traceback": ["Traceback", "Cell In[3], line 2", "KeyError: 'n'"],
    }


def test_an_error_that_was_expected_is_no_failure(notebook):
    notebook.cells[4] = make_cell(fail(), tags=["raises-exception"])
    assert find_result(notebook) == {"status": "ok"}


@pytest.mark.parametrize(
    ("value", "status"),
    [
        ("[Errno 28] No space left on device", "cannot_write"),
        ("[Errno 30] Read-only file system: 'x'", "cannot_write"),
        ("[Errno 2] No such file or directory: 'x'", "failed"),
    ],
)
def test_a_full_disk_is_told_apart_from_a_mistake(notebook, value, status):
    notebook.cells[4].outputs = [fail("OSError", value)]
    assert find_result(notebook)["status"] == status


@pytest.mark.parametrize(
    ("metadata", "n_warnings"),
    [
        ({}, 1),
        ({"alt": ""}, 1),
        ({"alt": "Bars: tide leads"}, 0),
        ({"image/png": {"alt": "Bars: tide leads"}}, 0),
        ({"image/png": {"width": 10}}, 1),
    ],
)
def test_a_figure_without_words_is_a_warning(notebook, metadata, n_warnings):
    figure = new_output("display_data", data={"image/png": "iVBOR"}, metadata=metadata)
    notebook.cells[4].outputs = [figure]
    assert len(find_warnings(notebook)) == n_warnings


def test_what_is_written_to_standard_error_is_a_warning(notebook):
    notebook.cells[4].outputs = [new_output("stream", name="stderr", text=" low tide\n")]
    assert find_warnings(notebook) == ["cell 4: low tide"]
