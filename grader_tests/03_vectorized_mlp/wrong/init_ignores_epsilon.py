# Always draws from -1 to 1.
# loses: init-range
# says: above 0.5

# %% solution="init"
def initialize_parameters(layers, epsilon, seed):
    generator = np.random.default_rng(seed)
    return [generator.uniform(-1, 1, (n_out, n_in + 1)) for n_in, n_out in pairwise(layers)]
