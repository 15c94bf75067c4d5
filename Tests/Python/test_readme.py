"""The script in the README, as it stands there."""
import re
import subprocess
import sys

from conftest import ROOT, until


def test_the_python_script_of_the_readme(desk):
    desk.furnish(desk.client())
    script = re.search(r"```python\n(.*?)```", (ROOT / "README.md").read_text(), re.S)[1]
    assert len([line for line in script.splitlines() if line.strip()]) == 15
    (desk.folder / ".opora").mkdir()
    (desk.folder / ".opora" / "run").symlink_to(desk.run)
    process = subprocess.Popen(
        [sys.executable, "-u", "-c", script], cwd=desk.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    lines = []
    until(lambda: lines.append(process.stdout.readline()) or len(lines) == 2, "two lines")
    process.kill()
    process.wait()
    assert lines[0] == "T-1\n"
    assert lines[1].startswith("ticket.created/T-1 {'ticket': 'T-1'")
