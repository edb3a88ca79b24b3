# Adds the one for the bias to the units that a step leads to.
# loses: init-shapes
# says: columns come from the layer before
# never: are equal

# %% solution="init"
def initialize_parameters(layers, epsilon, seed):
    generator = np.random.default_rng(seed)
    return [generator.uniform(-epsilon, epsilon, (n_out + 1, n_in)) for n_in, n_out in pairwise(layers)]
