"""Definition cards without a kernel: everything of the form, none of it markup, no words of anybody in what notebooks store."""

import json

from sixphase import files, show


def test_a_card_says_what_was_written_what_it_rests_on_and_what_it_lacks(opened):
    page = show.definer(files.desk(opened, by="am")).still().html

    assert "Subtheme: Asking shrinks" in page and "The plainest words for it." in page
    assert "2 extracts from 2 of 2 participants and 2 of 2 groups; heard in the theme: 1 participant of 1 group." in page
    assert "what was looked for against it is not written" in page and "“none found” will do" in page
    assert "may not be quoted" in page


def test_what_a_researcher_typed_is_escaped(waiting):
    files.append_definition(files.open_study(waiting), "silence-teaches", "concept", "<img src=x onerror=alert(1)>", by="am")
    files.append_move(files.open_study(waiting), "theme named", by="am", theme_id="shrinking", name="<script>x</script>")

    page = show.definer(files.desk(files.open_study(waiting), by="am")).still().html
    assert "<img" not in page and "<script" not in page and "&lt;img src=x" in page


def test_no_words_of_anybody_are_part_of_the_widgets_state(opened):
    made = show.definer(files.desk(opened, by="am"))
    state = json.dumps({name: value for name, value in made.get_state().items() if name not in ("_esm", "_css")}, default=str)

    assert "rang back" not in state and "worth" not in state


def test_a_study_without_a_theme_says_what_to_do(waiting):
    (waiting / "themes.yaml").write_text("themes: {}\n", encoding="utf-8")

    assert "board of notebook 3" in show.definer(files.desk(files.open_study(waiting), by="am")).still().html
