"""Key sequences that once made a shell crash or hang, found by `scripts/soak keys`."""

import pathlib
import sys

import pytest

from terminal import ROOT, binary

sys.path.insert(0, str(ROOT / "scripts"))
import randomkeys  # noqa: E402

SEEDS = sorted((ROOT / "Tests" / "Fixtures" / "keystrokes").glob("*.jsonl"))


@pytest.mark.parametrize("mode", ["emacs", "vi"])
@pytest.mark.parametrize("seed", SEEDS, ids=[seed.stem for seed in SEEDS])
def test_a_shell_lives_on_and_leaves_the_terminal_as_it_was(tmp_path, seed, mode):
    _, events = randomkeys.read(seed)
    randomkeys.live(binary(), pathlib.Path(tmp_path), mode, [events])
