# The notebook changes its folder, and writes a file there.

# %% before="mean"
import os
os.makedirs("work", exist_ok=True)
os.chdir("work")
open("notes.txt", "w").write("mine")
