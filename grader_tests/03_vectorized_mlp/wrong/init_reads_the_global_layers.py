# Uses LAYERS of the notebook and not its argument.
# loses: init-shapes init-range init-random
# says: LAYERS
# never: as wide as it should be

# %% solution="init"
def initialize_parameters(layers, epsilon, seed):
    generator = np.random.default_rng(seed)
    return [generator.uniform(-epsilon, epsilon, (n_out, n_in + 1)) for n_in, n_out in pairwise(LAYERS)]
