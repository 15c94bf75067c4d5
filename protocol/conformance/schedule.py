"""Runs cases: those of one shared kernel one after another, several kernels side by side, the heavy ones at the end, alone."""
import faulthandler
import os
import threading
import time

from conformance.case import Failure, NotHere
from conformance.report import Result, explain
from conformance.trial import Trial
from conformance.wire import Refused
from conformance.worlds import SETTINGS

#: Lanes that take turns on the cases of a world. One where nothing is said: the cases of one kernel must not disturb each other.
LANES = {"own": 3}
#: Seconds beyond its limit after which a case that hangs ends the run.
GRACE = 15


class Schedule:
    """The runs of all chosen cases, and where each lane is."""

    def __init__(self, worlds, endpoint, terminal):
        self.worlds, self.endpoint, self.terminal = worlds, endpoint, terminal
        self.results = []
        self.lock = threading.Lock()
        self.running = {}
        self.desks = {}

    def run(self, cases):
        """Runs all; returns the results in the cases' order. Ends the process where a case hangs for good."""
        order = {case.id: index for index, case in enumerate(cases)}
        light = [case for case in cases if not case.heavy]
        queues = {}
        for case in light:
            queues.setdefault(self._world(case), []).append(case)
        threads = []
        for world, queue in queues.items():
            self._prepare(world)
            for _ in range(LANES.get(world, 1)):
                threads.append(threading.Thread(target=self._lane, args=(world, queue), daemon=True))
        self._wait(threads)
        heavy = [case for case in cases if case.heavy]
        for case in heavy:
            self._prepare(self._world(case))
        self._wait([threading.Thread(target=self._alone, args=(heavy,), daemon=True)])
        return sorted(self.results, key=lambda result: order[result.case.id])

    def close(self):
        if self.worlds:
            self.worlds.close()

    def _world(self, case):
        return "main" if case.world == "live" else case.world

    def _prepare(self, world):
        """Starts the kernel of a world, once."""
        if world in self.desks or world == "own":
            return
        if self.worlds is None:
            self.desks[world] = (self.endpoint, None)
            return
        desk = None
        try:
            desk = self.worlds.make(SETTINGS[world])
            desk.start()
            self.desks[world] = (desk, None)
        except Failure as failure:
            if desk:
                desk.close()
            self.desks[world] = (None, failure)

    def _wait(self, threads):
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            for thread in threads:
                thread.join(0.2)
            with self.lock:
                hung = [case for case, begin in self.running.values() if time.monotonic() - begin > case.limit + GRACE]
            if hung:
                for case in hung:
                    self._note(Result(case, "failed", case.limit + GRACE, f"still running after {case.limit + GRACE:g} s"))
                print("the run ends: a case hangs; where each thread is:", flush=True)
                faulthandler.dump_traceback()
                self.close()
                os._exit(3)

    def _lane(self, world, queue):
        while True:
            with self.lock:
                if not queue:
                    return
                case = queue.pop(0)
            self._one(case, world)

    def _alone(self, cases):
        for case in cases:
            self._one(case, self._world(case))

    def _one(self, case, world):
        begin = time.monotonic()
        with self.lock:
            self.running[threading.get_ident()] = (case, begin)
        result = self._try(case, world, begin)
        with self.lock:
            del self.running[threading.get_ident()]
        self._note(result)

    def _try(self, case, world, begin):
        reason = self._missing(case)
        if reason:
            return Result(case, "skipped", 0.0, reason)
        desk, failure = (None, None) if world == "own" else self._desk(world)
        if failure:
            return Result(case, "failed", 0.0, f"the kernel of these cases did not start: {failure}")
        trial = Trial(case, desk, self.worlds)
        try:
            case.run(trial)
            seconds = time.monotonic() - begin
            if world != "own" and not desk.is_running:
                raise Failure(desk.ended())
            if seconds > case.limit:
                raise Failure(f"took {seconds:.1f} s; its limit is {case.limit:g} s")
            return Result(case, "ok", seconds)
        except NotHere as reason:
            return Result(case, "skipped", 0.0, str(reason))
        except (Failure, Refused) as error:
            return Result(case, "failed", time.monotonic() - begin, explain(case, error, trial.log))
        except Exception as error:  # noqa: BLE001 - whatever goes wrong in a case is its failure, and the others go on
            place = error.__traceback__
            while place.tb_next:
                place = place.tb_next
            where = f"{os.path.basename(place.tb_frame.f_code.co_filename)}:{place.tb_lineno}"
            text = Failure(f"{type(error).__name__}: {error} ({where})")
            return Result(case, "failed", time.monotonic() - begin, explain(case, text, trial.log))
        finally:
            trial.close()

    def _desk(self, world):
        """The kernel of a world; a new one in the place of one that ended."""
        desk, failure = self.desks[world]
        if desk and not desk.is_running:
            del self.desks[world]
            self._prepare(world)
            desk, failure = self.desks[world]
        return desk, failure

    def _missing(self, case):
        """Why a case can't be shown here; nothing where it can."""
        if self.worlds:
            return None
        if case.world != "live":
            return "needs a kernel that the runner may start, stop and configure: --oporad"
        if "events" in case.needs and not self.endpoint.events:
            return "needs the endpoint of the events: --events or --run-dir"
        if "conformance" in case.needs and not self.endpoint.is_conformance:
            return "needs a kernel started with --conformance"
        return None

    def _note(self, result):
        with self.lock:
            self.results.append(result)
        self.terminal.add(result)
