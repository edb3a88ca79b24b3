# Appends to a list of the notebook, so the list grows at each call, as in the article.
# loses: init-shapes init-range init-random
# says: THETA

# %% own
THETA = []

# %% solution="init"
def initialize_parameters(layers, epsilon, seed):
    generator = np.random.default_rng(seed)
    for n_in, n_out in pairwise(layers):
        THETA.append(generator.uniform(-epsilon, epsilon, (n_out, n_in + 1)))
    return THETA
