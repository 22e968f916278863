"""Killed at any moment, nothing that was decided is lost, and every file is whole.

FAQBOT_KILLS=500 in the environment kills so often for each kind of work, and at other moments each time.
"""

import json
import os
import random
import subprocess
import sys

import pytest

import killed

KILLS = int(os.environ.get("FAQBOT_KILLS", "0"))
USUAL = 6


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no fork")
@pytest.mark.parametrize("kind", killed.KINDS)
def test_killed_at_any_moment_nothing_is_lost(kind):
    seed = random.randrange(10**6) if KILLS else 1
    command = [sys.executable, killed.__file__, kind, KILLS or USUAL, seed]
    run = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False, timeout=600)
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout)["lost"] == [], f"seed {seed}"
