# Gives every weight the same value.
# loses: init-range init-random
# says: all weights are the same number

# %% solution="init"
def initialize_parameters(layers, epsilon, seed):
    return [np.full((n_out, n_in + 1), epsilon / 2) for n_in, n_out in pairwise(layers)]
