# Takes epsilon for the width of the interval, so weights reach only half as far.
# loses: init-range
# says: as wide as it should be

# %% solution="init"
def initialize_parameters(layers, epsilon, seed):
    generator = np.random.default_rng(seed)
    return [epsilon * (generator.random((n_out, n_in + 1)) - 0.5) for n_in, n_out in pairwise(layers)]
