# Hands the variance over where the standard deviation is wanted.
# loses: initialize-weights
# says: take its square root

# %% solution="initialize"
def initialize_parameters(rng):
    weights, biases = [], []
    for n_in, n_out in [(784, 32), (32, 32), (32, 10)]:
        weights.append(rng.normal(0, 1 / max(n_in, n_out), (n_in, n_out)))
        biases.append(np.zeros((1, n_out)))
    return weights, biases
