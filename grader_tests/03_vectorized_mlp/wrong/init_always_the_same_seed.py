# Starts the generator from 0 whatever the seed is.
# loses: init-random
# says: is the argument `seed` used

# %% solution="init"
def initialize_parameters(layers, epsilon, seed):
    generator = np.random.default_rng(0)
    return [generator.uniform(-epsilon, epsilon, (n_out, n_in + 1)) for n_in, n_out in pairwise(layers)]
