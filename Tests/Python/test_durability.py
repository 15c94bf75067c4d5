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


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")
def test_every_transaction_has_a_flush_of_its_own(empty_desk):
    desk = empty_desk
    trace = desk.folder / "trace"
    log = open(desk.folder / "oporad.log", "a")
    desk.kernel = subprocess.Popen(
        ["strace", "-f", "-qq", "-e", "trace=fdatasync", "-o", trace, BIN / "oporad", "--data-dir", desk.data, "--run-dir", desk.run],
        stderr=log, stdout=log)
    until(lambda: (desk.run / "kernel.json").exists() or desk.kernel.poll() is not None, "the kernel")
    client = desk.client()

    def flushes():
        return len(re.findall(r"fdatasync\(\d+\)\s*=\s*0|resumed>\)\s*=\s*0", trace.read_text()))

    client.call("user.create", name="first")
    before, stats = flushes(), client.call("kernel.stats")
    # All at once, so that many share a transaction: a flush for each command would be a waste, a commit without one a lie.
    for number in range(500):
        client.send("user.create", {"name": f"n{number}"})
    for _ in range(500):
        assert "result" in client.receive()
    after = client.call("kernel.stats")
    transactions = after["transactions"] - stats["transactions"]
    assert 0 < transactions < 500
    # A write-ahead log that is started anew costs one more.
    assert transactions <= flushes() - before <= transactions + 2
    os.kill(desk.discovery["pid"], signal.SIGTERM)
    desk.kernel.wait(60)
