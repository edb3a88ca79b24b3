# Forgets the column for the biases.
# loses: init-shapes
# says: one more is for the bias
# never: are equal

# %% solution="init"
def initialize_parameters(layers, epsilon, seed):
    generator = np.random.default_rng(seed)
    return [generator.uniform(-epsilon, epsilon, (n_out, n_in)) for n_in, n_out in pairwise(layers)]
