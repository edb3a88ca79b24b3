# Stretches one zero to a row, which cannot be changed in place.
# loses: initialize-biases
# says: cannot be changed in place

# %% solution="initialize"
def initialize_parameters(rng):
    weights = []
    biases = []
    for n_in, n_out in [(784, 32), (32, 32), (32, 10)]:
        weights.append(rng.normal(0, 1 / np.sqrt(max(n_in, n_out)), (n_in, n_out)))
        biases.append(np.broadcast_to(0.0, (1, n_out)))
    return weights, biases
