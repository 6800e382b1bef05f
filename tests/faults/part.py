"""A process of the shop that is killed and started again, and what it promised in all its lives."""

import subprocess
import sys
from threading import Thread

from pet_app.core.settings import ROOT


class Part:
    """One process: `python -m {module} {role}`. `promised` are the whole lines it has said."""

    def __init__(self, module: str, role: str) -> None:
        self.module, self.role = module, role
        self.promised: list[str] = []
        self.start()

    def start(self) -> None:
        """Start it, and listen to what it promises."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", self.module, self.role],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.listener = Thread(target=self._listen)
        self.listener.start()

    def kill(self) -> None:
        """Kill it as the kernel would."""
        self.process.kill()
        self.process.wait()
        self.listener.join()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            # A line without its end was cut off by the kill.
            if line.endswith("\n"):
                self.promised.append(line.strip())
