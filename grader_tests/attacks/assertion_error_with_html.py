# Raises an exception named AssertionError whose message holds scripts, for the page that comes back.
# family: exceptions
# after: The check fails, and the page runs nothing.

# %% own
class AssertionError(Exception):
    pass


HTML = "<script>pwned()</script><img src=x onerror=pwned()>\x1b]8;;javascript:pwned()\x07x\x1b]8;;\x07 $\\href{javascript:pwned()}{x}$"
Evil = type("<img src=x onerror=pwned()>", (ValueError,), {"__module__": "<script>pwned()</script>"})


# %% solution="double"
def double(x):
    raise AssertionError(HTML)

# %% solution="total"
def total(numbers):
    raise Evil(HTML)

# %% solution="corners"
def corner(x):
    return HTML
