# Reads its parents' memory, files and descriptors through /proc, ptrace and process_vm_readv.
# family: reading what is not theirs
# after: It sees its own processes only.

# %% own
import ctypes
import glob
import os
import re

WORD = b"umb" + b"ra"
me = os.getpid()
for pid in sorted(int(path.split("/")[2]) for path in glob.glob("/proc/[0-9]*")):
    if pid in (me, 1 if me == 1 else me) or pid < os.getppid() - 2 or pid > me + 20:
        continue
    try:
        for name in os.listdir(f"/proc/{pid}/fd"):
            text = open(f"/proc/{pid}/fd/{name}", "rb").read(10**6) if os.path.isfile(f"/proc/{pid}/fd/{name}") else b""
            if WORD in text:
                print(pid, name, text[text.index(WORD) :][:80])
        with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb", 0) as memory:
            for line in maps:
                if " rw" in line:
                    low, high = (int(part, 16) for part in line.split()[0].split("-"))
                    memory.seek(low)
                    text = memory.read(min(high - low, 2**24))
                    for found in re.finditer(WORD, text):
                        print(pid, text[found.start() : found.start() + 80])
    except (OSError, OverflowError):
        continue
    print(pid, ctypes.CDLL(None).ptrace(16, pid, 0, 0))
