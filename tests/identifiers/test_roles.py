"""Posts that one person holds are proposed when they are written small; posts of many are not."""

import pytest
from sixphase.identifiers.roles import roles


@pytest.mark.parametrize(("said", "posts"), [
    ("Our chief executive came, and the director of nursing.", ["chief executive", "director of nursing"]),
    ("I asked the deputy chief finance officer.", ["deputy chief finance officer"]),
    ("My ward manager knows. The trust's medical director does not.", ["ward manager", "medical director"]),
    ("The head of estates and facilities wrote.", ["head of estates and facilities"]),
    ("A director, some managers, the nurses and a chair.", []),
    ("He sat on the chair by the window.", []),
])
def test_a_post_is_proposed_where_an_article_says_there_is_one_of_it(said, posts):
    assert [said[start:end] for start, end, _ in roles(said)] == posts
