# Draws from a normal distribution, which has no border.
# loses: init-range
# says: above 0.5

# %% solution="init"
def initialize_parameters(layers, epsilon, seed):
    generator = np.random.default_rng(seed)
    return [generator.normal(0, epsilon / 3**0.5, (n_out, n_in + 1)) for n_in, n_out in pairwise(layers)]
