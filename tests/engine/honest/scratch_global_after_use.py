# A scratch cell with a mistake that only the compiler notices.

# %% before="mean"
count = 0
def bump():
    print(count)
    global count
