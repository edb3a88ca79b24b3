# Makes biases of 32 bits.
# loses: initialize-biases
# says: 32 bits

# %% solution="initialize"
def initialize_parameters(rng):
    weights = []
    biases = []
    for n_in, n_out in [(784, 32), (32, 32), (32, 10)]:
        weights.append(rng.normal(0, 1 / np.sqrt(max(n_in, n_out)), (n_in, n_out)))
        biases.append(np.zeros((1, n_out), np.float32))
    return weights, biases
