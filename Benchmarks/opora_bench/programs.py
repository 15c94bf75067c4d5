"""Runs the programs of the benchmark; what they print is JSON."""
import contextlib
import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time

from . import desk, places


class ProgramFailed(Exception):
    """A program of the benchmark ended with an error."""


def run(name, *arguments, seconds=600):
    """Runs a program to its end and gives what it measured."""
    command = [str(places.PROGRAMS / name), *(str(argument) for argument in arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)
    if done.returncode or not done.stdout.strip():
        raise ProgramFailed(f"{' '.join(command)}\n{done.stderr or done.stdout}")
    return json.loads(done.stdout.splitlines()[-1])


def load(endpoint, method, **options):
    """A load on a kernel; options as loadgen has them, with `_` for `-`."""
    return run("loadgen", *load_arguments(endpoint, method, options))


def load_arguments(endpoint, method, options):
    words = ["--endpoint", endpoint, "--method", method]
    for name, value in options.items():
        words += [f"--{name.replace('_', '-')}"] + ([] if value is True else [value])
    return words


def stop(process):
    """Ends a program, whatever it does."""
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        raise ProgramFailed(f"{process.args[0]} does not end with SIGTERM") from None


@contextlib.contextmanager
def beside(name, *arguments):
    """Runs a program while something else is done; the last line that it prints is in `result` then."""
    command = [str(places.PROGRAMS / name), *(str(argument) for argument in arguments)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    state = {"process": process}
    try:
        yield state
        out, error = process.communicate(timeout=120)
        if process.returncode or not out.strip():
            raise ProgramFailed(f"{' '.join(command)}\n{error or out}")
        state["result"] = json.loads(out.splitlines()[-1])
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


@contextlib.contextmanager
def server(name, *arguments):
    """A program that serves until it is told to end; gives an endpoint for each `{socket}` among the arguments."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="opora-bench-"))
    endpoints = []
    words = []
    for argument in arguments:
        if argument == "{socket}":
            endpoints.append(f"ipc://{folder}/{len(endpoints)}")
            argument = endpoints[-1]
        words.append(str(argument))
    process = subprocess.Popen([str(places.PROGRAMS / name), *words], stdout=subprocess.PIPE, text=True)
    try:
        if process.stdout.readline().strip() != "ready":
            raise ProgramFailed(f"{name} does not start")
        yield endpoints
    finally:
        stop(process)
        process.stdout.close()
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def redis():
    """A Redis that flushes each write before it answers; gives the path of its socket."""
    folder = places.WORK / "redis"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    short = pathlib.Path(tempfile.mkdtemp(prefix="opora-bench-"))
    socket = short / "redis.sock"
    process = subprocess.Popen(
        ["redis-server", "--port", "0", "--unixsocket", socket, "--dir", folder, "--appendonly", "yes", "--appendfsync", "always",
         "--save", "", "--loglevel", "warning"], stdout=subprocess.DEVNULL)
    try:
        end = time.monotonic() + 20
        while not socket.exists():
            if process.poll() is not None or time.monotonic() > end:
                raise ProgramFailed("redis-server does not start")
            time.sleep(0.01)
        yield socket
    finally:
        stop(process)
        shutil.rmtree(short, ignore_errors=True)


def busy_seconds():
    """Processor time that anybody but us has used since the start of the machine, all cores together."""
    words = pathlib.Path("/proc/stat").read_text().split("\n", 1)[0].split()
    user, nice, system, _, _, interrupts, soft, steal = (int(word) for word in words[1:9])
    return (user + nice + system + interrupts + soft + steal) / os.sysconf("SC_CLK_TCK") - sum(os.times()[:4])


def versions():
    """What the figures depend on besides the machine."""
    def of(*command):
        try:
            return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip().splitlines()[0]
        except (OSError, IndexError):
            return "not there"
    import sqlite3
    import zmq
    return {
        "oporad": of(places.KERNEL / "oporad", "--version"), "commit": of("git", "-C", places.ROOT, "rev-parse", "--short=12", "HEAD"),
        "swift": of("swift", "--version"), "sqlite": sqlite3.sqlite_version, "libzmq": of("dpkg-query", "-W", "-f=${Version}", "libzmq5"),
        "redis": of("redis-server", "--version"), "linux": os.uname().release,
    }


def machine():
    lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
    model = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), os.uname().machine)
    memory = int(pathlib.Path("/proc/meminfo").read_text().split()[1]) // 1024
    where = subprocess.run(["df", "--output=source,fstype", places.WORK], capture_output=True, text=True, check=False).stdout.split()
    return {"processor": model, "cores": os.cpu_count(), "memory_mib": memory, "disk": " ".join(where[-2:])}
