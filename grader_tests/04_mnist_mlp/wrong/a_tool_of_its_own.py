# Overflows, and brings a tool of its own that hears no warning.
# loses: sigmoid-stable
# says: makes numpy warn

# %% solution="sigmoid"
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

# %% own
def complaints(function, *arguments):
    return []
