"""Where things are."""
import pathlib

BENCHMARKS = pathlib.Path(__file__).resolve().parents[1]
ROOT = BENCHMARKS.parent
#: The programs of the benchmark, optimised.
PROGRAMS = BENCHMARKS / ".build" / "release"
#: The kernel and the command line, optimised.
KERNEL = ROOT / ".build" / "release"
#: Desks and databases of a run; on the disk that is measured.
WORK = BENCHMARKS / ".work"
#: What the last recorded run measured.
RECORDED = BENCHMARKS / "results"
PAGE = ROOT / "docs" / "performance.md"
CHARTS = ROOT / "docs" / "performance"
