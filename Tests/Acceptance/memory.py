"""Runs a command and measures its peak memory."""

import subprocess
import sys

# A process inherits the peak memory of its parent, so a small process starts it.
MEASURED = """if True:
    import resource, subprocess, sys
    status = subprocess.run(sys.argv[1:]).returncode
    print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
    sys.exit(status)
"""


def measured(command, environment):
    """Returns the exit status, the output on both streams, and the peak memory in bytes."""
    done = subprocess.run(
        [sys.executable, "-S", "-c", MEASURED, *command], env=environment, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )
    *printed, held = done.stdout.splitlines()
    return done.returncode, "\n".join(printed), int(held) * 1024
