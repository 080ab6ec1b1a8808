"""The README's pictures: their text stands where the terminal had it, whatever font a viewer has."""

import re
import xml.etree.ElementTree

import pytest

from terminal import ROOT

PICTURES = sorted((ROOT / ".pictures").glob("*.svg"))


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.stem)
def test_each_character_has_a_place_of_its_own(picture):
    root = xml.etree.ElementTree.parse(picture).getroot()
    texts = [element for element in root.iter() if element.tag.endswith("}text")]
    places = []
    for text in texts:
        xs = text.get("x").split()
        assert len(xs) == len(text.text) and not re.search(r"\s", text.text), text.text
        assert not set(text.keys()) & {"textLength", "lengthAdjust", "dx", "rotate"}, text.text
        places += [(text.get("y"), x) for x in xs]
    assert places and len(set(places)) == len(places)
    # The columns are of one width.
    columns = sorted({float(x) for _, x in places})
    assert all(abs((x - columns[0]) / 8.4 - round((x - columns[0]) / 8.4)) < 0.02 for x in columns)


def test_the_readme_shows_all_pictures():
    shown = re.findall(r"!\[[^\]]+\]\((\.pictures/[^)]+)\)", (ROOT / "README.md").read_text())
    assert sorted(shown) == [str(picture.relative_to(ROOT)) for picture in PICTURES] and shown
