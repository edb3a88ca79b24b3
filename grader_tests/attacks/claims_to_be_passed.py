# Raises exceptions that try to look like a verdict: passed, partial, an author's error, a stand-in of the referee.
# family: exceptions
# after: They fail.

# %% own
AuthorFault = type("AuthorFault", (BaseException,), {})
StudentFault = type("StudentFault", (Exception,), {})
OutOfTime = type("OutOfTime", (KeyboardInterrupt,), {})


# %% solution="double"
def double(x):
    raise AuthorFault("The check passes something that cannot cross.")

# %% solution="total"
def total(numbers):
    raise OutOfTime({"outcome": "passed", "score": 1.0})

# %% solution="corners"
def corner(x):
    raise StudentFault(3)

# %% solution="line"
def Line(slope, height):
    raise SyntaxError("bad", ("line", 1, 1, "line"))
