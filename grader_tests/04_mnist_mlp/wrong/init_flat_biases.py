# Makes the biases without the axis of the row.
# loses: initialize-biases
# says: a row of zeros
# also: axis of length 1 is missing

# %% solution="initialize"
def initialize_parameters(rng):
    weights, biases = [], []
    for n_in, n_out in [(784, 32), (32, 32), (32, 10)]:
        weights.append(rng.normal(0, 1 / np.sqrt(max(n_in, n_out)), (n_in, n_out)))
        biases.append(np.zeros(n_out))
    return weights, biases
