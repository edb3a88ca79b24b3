# Replaces the interpreter by another program with exec, which keeps the kernel's sockets open.
# family: IPython and the kernel
# after: The honest answer keeps its marks.
# earns: double
# bound: 60
# stock: it would wait for a long time

# %% own
import os
import sys

for descriptor in range(3, 100):
    try:
        os.set_inheritable(descriptor, True)
    except OSError:
        pass
os.execv(sys.executable, [sys.executable, "-c", "import time; time.sleep(60)"])
