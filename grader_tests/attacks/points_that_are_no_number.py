# Returns arrays, so that a check's sum of points ends as an array, which is not read as a number of points.
# family: always-equal objects
# after: Points that are no number are no points.

# %% solution="corners"
def corner(x):
    return np.array([99])
