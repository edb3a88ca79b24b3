# Makes one array of zeros, which all biases look into.
# loses: initialize-biases
# says: share their memory

# %% solution="initialize"
def initialize_parameters(rng):
    weights = []
    biases = []
    for n_in, n_out in [(784, 32), (32, 32), (32, 10)]:
        weights.append(rng.normal(0, 1 / np.sqrt(max(n_in, n_out)), (n_in, n_out)))
        biases.append(np.zeros((1, n_out)))
    biases = [biases[0]] * 2 + [biases[0][:, :10]]
    return weights, biases
