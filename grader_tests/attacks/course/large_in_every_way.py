# Returns values of hundreds of megabytes, prints without end and fills the disk whenever it is called.
# stands: once
# after: Its checks fail; the submission ends.

# %% answer
def large(*things, **options):
    print("x" * 10**6)
    try:
        with open("large", "ab") as file:
            file.write(bytes(10**7))
    except OSError:
        pass
    return [np.zeros(3 * 10**7), "x" * 10**8, [[]] * 10**6]


for name in NAMES:
    globals()[name] = large
