# Shows something with a display id, shifts the outputs under it, kills the kernel, then updates the display.
# family: outputs and display hooks
# after: The notebook that is graded keeps its cells; the other answers keep their marks.
# earns: double total total-numbers

# %% own
from IPython.display import clear_output, display

print("one")
display("first", display_id="mine")
print("two")
display("second", display_id="mine")
clear_output(wait=True)

# %% own
import os

print("three")
os._exit(1)

# %% own last
for number in range(50):
    display(number, display_id="mine", update=True)
