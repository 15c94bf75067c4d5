"""A desk under faults, restarts and repeats, by seeds: nothing is found, and a planted bug is."""
import subprocess

import pytest

from conftest import BIN

#: Longer than a run ever takes.
SECONDS = 240


def simulate(*arguments):
    return subprocess.run([str(BIN / "simulation"), *arguments], capture_output=True, text=True, timeout=SECONDS)


@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_is_found(seed):
    done = simulate("--steps", "6000", "--seed", str(seed))
    assert done.returncode == 0 and "without a finding" in done.stdout, done.stdout[-1000:]


@pytest.mark.parametrize("kind", ["lost-update", "lost-receipt", "silent-change"])
def test_a_planted_bug_is_found(kind):
    done = simulate("--steps", "40000", "--seed", "3", "--plant", kind)
    assert done.returncode == 1 and "seed 3" in done.stdout, done.stdout[-1000:]
