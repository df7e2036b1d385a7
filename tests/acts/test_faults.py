"""System calls that fail, and writers that are killed. The whole sweep: `python -m tests.acts.faults`."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.acts.faults import Sweep, faults, may_trace


@pytest.mark.slow
@pytest.mark.parametrize("start", range(3))
def test_no_fault_loses_an_acknowledged_act_or_forks_the_log(start: int, tmp_path: Path) -> None:
    if why := may_trace():
        pytest.skip(why)
    sweep = Sweep(tmp_path)
    todo = faults(sweep.calls(), 17)[start::3]
    assert todo
    for fault in todo:
        told, _ = sweep.run(fault.option)
        sweep.check(told)


@pytest.mark.slow
def test_a_writer_that_is_killed_at_any_time_loses_nothing(tmp_path: Path, address: str | None) -> None:
    sweep = Sweep(tmp_path, address)
    for seconds in (0.0, 0.001, 0.004, 0.01):
        home, notes = sweep.ready()
        command = [sys.executable, "-m", "tests.acts.appender", str(home), str(notes), str(tmp_path / "signed")]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0) as child:
            assert child.stdin is not None
            assert child.stdout is not None
            assert child.stdout.readline() == b"ready\n"
            child.stdin.write(b"go\n")
            try:
                child.wait(seconds)
            except subprocess.TimeoutExpired:
                child.send_signal(signal.SIGKILL)
            told = child.stdout.read()
        sweep.check(told)
