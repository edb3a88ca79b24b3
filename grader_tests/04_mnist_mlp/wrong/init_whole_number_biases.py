# Makes biases of whole numbers, which cannot be changed in place.
# loses: initialize-biases
# says: whole numbers cannot learn

# %% solution="initialize"
def initialize_parameters(rng):
    weights, biases = [], []
    for n_in, n_out in [(784, 32), (32, 32), (32, 10)]:
        weights.append(rng.normal(0, 1 / np.sqrt(max(n_in, n_out)), (n_in, n_out)))
        biases.append(np.zeros((1, n_out), dtype=int))
    return weights, biases
