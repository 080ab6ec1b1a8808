"""What the prompt must show, each point in a narrow, a usual and a wide window."""

import pytest

import points_screen  # noqa: F401
import points_statements  # noqa: F401
from onlooker import POINTS, Onlooker

WIDTHS = (40, 80, 200)


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize("name", POINTS)
def test_point(name, columns, shell, tmp_path):
    (tmp_path / "work").mkdir()
    POINTS[name](Onlooker(shell, tmp_path / "work", columns))
