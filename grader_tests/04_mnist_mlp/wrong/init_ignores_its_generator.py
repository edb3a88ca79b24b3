# Draws from np.random although it is given a generator.
# loses: initialize-weights initialize-generator
# says: Draw from `rng`

# %% solution="initialize"
def initialize_parameters(rng):
    weights, biases = [], []
    for n_in, n_out in [(784, 32), (32, 32), (32, 10)]:
        weights.append(np.random.normal(0, 1 / np.sqrt(max(n_in, n_out)), (n_in, n_out)))
        biases.append(np.zeros((1, n_out)))
    return weights, biases
