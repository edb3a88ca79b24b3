# Prints without end, in one line and in many, and shows a picture of many megabytes.
# family: bombs
# after: Output is cut while it arrives; the honest answer keeps its marks.
# earns: double
# stock: it would harm the machine

# %% own
from IPython.display import Image, display

print("x" * 20_000_000)
display(Image(data=b"\x89PNG\r\n" + b"x" * 12_000_000))

# %% own
while True:
    print("and on and on")
