# ---
# jupyter:
#   chainrule:
#     title: Mistakes
# ---

# %% solution="a" difficulty="hard"
#: unknown marker `difficulty`
def a():
    ### BEGIN SOLUTION
    return 1
    ### END SOLUTION


# %% check="a" points=1
assert a() == 1

# %% colour="red"
#: unknown marker `colour`
x = 1
