# Returns texts, huge numbers and nested lists where a message quotes what came.
# family: leaks through outputs and feedback
# after: The check fails; the page runs nothing and says nothing that is hidden.

# %% solution="double"
def double(x):
    return "<script>pwned()</script>{want}%s" + "\u202e\ud800\x00"

# %% solution="total"
def total(numbers):
    return 10**4999

# %% solution="corners"
def corner(x):
    return [[[["<img src=x onerror=pwned()>"]]]] * 1000

# %% solution="shift"
def shift(amount):
    global weights
    weights = {"<script>pwned()</script>": float("nan")}
