# Starts with all weights 0, so that all units of a layer stay equal.
# loses: initialize-weights initialize-generator initialize-biases
# says: It is zero

# %% solution="initialize"
def initialize_parameters(rng):
    weights, biases = [], []
    for n_in, n_out in [(784, 32), (32, 32), (32, 10)]:
        weights.append(np.zeros((n_in, n_out)))
        biases.append(np.zeros((1, n_out)))
    return weights, biases
