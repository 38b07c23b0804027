"""An executed notebook as a page: words stay words, code is folded away, nothing runs."""

import pytest
from sixphase.running.canonical import canonical
from sixphase.running.pages import page

HOSTILE = "<script>alert(1)</script> {{ 7*7 }} “é” 😀 שלום"


def made(output: dict, heading: str = "# Phase 2: Coding") -> str:
    cells = [{"cell_type": "markdown", "id": "a", "metadata": {}, "source": heading},
             {"cell_type": "code", "id": "b", "metadata": {}, "source": f"x = '{HOSTILE}'", "execution_count": 1, "outputs": [output]}]
    return page(canonical({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}), "2_coding")


def test_printed_words_and_code_are_escaped_and_never_evaluated():
    told = made({"output_type": "stream", "name": "stdout", "text": HOSTILE})

    assert "<script" not in told
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }} “é” 😀 שלום" in told


def test_a_script_that_a_result_brings_is_forbidden_by_the_page_itself():
    told = made({"output_type": "display_data", "metadata": {}, "data": {"text/html": "<img src=x onerror=alert(1)>"}})

    assert "Content-Security-Policy" in told
    assert "default-src 'none'" in told


def test_code_is_folded_away_and_the_heading_is_the_title():
    told = made({"output_type": "stream", "name": "stdout", "text": "1"}, heading="# Phase 2: *Coding* & more")

    assert "<title>Phase 2: Coding &amp; more</title>" in told
    assert '<details class="code"><summary>code</summary><pre>x = ' in told


@pytest.mark.parametrize(("data", "shown"), [
    ({"text/html": "<b>é</b>", "text/plain": "plain"}, "<b>é</b>"),
    ({"image/svg+xml": "<svg></svg>", "text/plain": "plain"}, "<svg></svg>"),
    ({"text/markdown": "**é**", "text/plain": "plain"}, "<strong>é</strong>"),
    ({"image/png": "iVBO\nRw==\n", "text/plain": "a <plot>"}, '<img alt="a &lt;plot&gt;" src="data:image/png;base64,iVBORw==">'),
    ({"text/plain": "<i>"}, "<pre>&lt;i&gt;</pre>"),
])
def test_of_each_result_the_richest_form_is_shown(data, shown):
    told = made({"output_type": "display_data", "metadata": {}, "data": data})

    assert shown in told
    assert ">plain<" not in told


def test_an_error_is_shown_as_text():
    told = made({"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["\x1b[31mE\x1b[0m: <v>", "שלום"]})

    assert '<pre class="stderr">E: &lt;v&gt;\nשלום</pre>' in told


def test_a_notebook_without_a_heading_is_called_by_its_name():
    assert "<title>2_coding</title>" in made({"output_type": "stream", "name": "stdout", "text": "1"}, heading="no heading")
