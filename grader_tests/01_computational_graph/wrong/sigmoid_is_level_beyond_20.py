# Below -20 the sigmoid is taken to be 0.
# loses: sigmoid
# says: sigmoid(-25)

# %% solution="sigmoid"
def sigmoid(z):
    if z > 20: return 1.0
    if z < -20: return 0.0
    return 1 / (1 + np.exp(-z))
