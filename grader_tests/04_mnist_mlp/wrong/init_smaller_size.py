# Takes the smaller of the two sizes.
# loses: initialize-weights
# says: the smaller of the two sizes

# %% solution="initialize"
def initialize_parameters(rng):
    weights, biases = [], []
    for n_in, n_out in [(784, 32), (32, 32), (32, 10)]:
        weights.append(rng.normal(0, 1 / np.sqrt(min(n_in, n_out)), (n_in, n_out)))
        biases.append(np.zeros((1, n_out)))
    return weights, biases
