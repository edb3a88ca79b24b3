# Makes a generator of its own with the seed of the text.
# loses: initialize-weights initialize-generator initialize-biases
# says: no generator of your own

# %% solution="initialize"
def initialize_parameters(rng):
    rng = np.random.default_rng(80085)
    weights, biases = [], []
    for n_in, n_out in [(784, 32), (32, 32), (32, 10)]:
        weights.append(rng.normal(0, 1 / np.sqrt(max(n_in, n_out)), (n_in, n_out)))
        biases.append(np.zeros((1, n_out)))
    return weights, biases
