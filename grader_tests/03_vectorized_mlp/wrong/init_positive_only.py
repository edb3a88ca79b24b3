# Draws from 0 to epsilon, as the code of the article does, so no weight is negative.
# loses: init-range
# says: no weight is negative

# %% solution="init"
def initialize_parameters(layers, epsilon, seed):
    generator = np.random.default_rng(seed)
    return [epsilon * generator.random((n_out, n_in + 1)) for n_in, n_out in pairwise(layers)]
