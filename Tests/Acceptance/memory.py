"""A command, and the most memory that it held."""

import subprocess
import sys

# A process begins with the high-water mark of the one that started it, so a small one does.
MEASURED = """if True:
    import resource, subprocess, sys
    status = subprocess.run(sys.argv[1:]).returncode
    print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
    sys.exit(status)
"""


def measured(command, environment):
    """The exit status, what was printed to both outputs, and bytes of memory."""
    done = subprocess.run(
        [sys.executable, "-S", "-c", MEASURED, *command], env=environment, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )
    *printed, held = done.stdout.splitlines()
    return done.returncode, "\n".join(printed), int(held) * 1024
