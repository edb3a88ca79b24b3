# Gives a row to each unit that a step comes from, and a column to each that it leads to.
# loses: init-shapes
# says: rows lead to the next layer

# %% solution="init"
def initialize_parameters(layers, epsilon, seed):
    generator = np.random.default_rng(seed)
    return [generator.uniform(-epsilon, epsilon, (n_in + 1, n_out)) for n_in, n_out in pairwise(layers)]
