"""An answered command is on disk: seen from outside, by counting what the kernel asks of the disk."""
import os
import re
import shutil
import signal
import subprocess

import pytest

from conftest import BIN, until


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")
def test_every_commit_is_flushed_before_its_answer(empty_desk):
    desk = empty_desk
    trace = desk.folder / "trace"
    log = open(desk.folder / "oporad.log", "a")
    desk.kernel = subprocess.Popen(
        ["strace", "-f", "-qq", "-e", "trace=fdatasync,fsync", "-o", trace, BIN / "oporad", "--data-dir", desk.data, "--run-dir", desk.run],
        stderr=log, stdout=log)
    until(lambda: (desk.run / "kernel.json").exists() or desk.kernel.poll() is not None, "the kernel")
    client = desk.client()
    client.call("user.create", name="first")

    def flushes():
        return len(re.findall(r"fdatasync\(\d+\)\s*=|resumed>\)\s*=|fsync\(\d+\)\s*=", trace.read_text()))

    for number in range(20):
        before = flushes()
        client.call("user.create", name=f"n{number}")
        assert flushes() > before, "a command was answered before its commit was flushed"
    before = flushes()
    for _ in range(20):
        client.call("ping")
        client.call("user.list")
    assert flushes() == before
    # strace itself does not hand a signal on.
    os.kill(desk.discovery["pid"], signal.SIGTERM)
    desk.kernel.wait(60)
