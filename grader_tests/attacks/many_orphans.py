# Leaves twenty sleeping processes behind, each in a session of its own, ignoring every signal.
# family: processes and signals
# after: None of them is left.
# earns: double

# %% own
import subprocess

for number in range(20):
    subprocess.Popen(
        ["sh", "-c", "trap '' HUP INT TERM QUIT; sleep 15"],
        start_new_session=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
