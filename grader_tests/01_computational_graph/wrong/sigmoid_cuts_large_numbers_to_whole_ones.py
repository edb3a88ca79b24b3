# Beyond 10 the digits behind the point are cut off.
# loses: sigmoid
# says: sigmoid(-14.4)

# %% solution="sigmoid"
def sigmoid(z):
    z = int(z) if isinstance(z, (int, np.integer)) or abs(z) > 10 else z
    return 1 / (1 + np.exp(-z))
