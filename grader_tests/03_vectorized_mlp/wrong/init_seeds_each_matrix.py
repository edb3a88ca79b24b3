# Starts the generator again for each matrix, so matrices of one shape are equal.
# loses: init-random
# says: not started again

# %% solution="init"
def initialize_parameters(layers, epsilon, seed):
    theta = []
    for n_in, n_out in pairwise(layers):
        generator = np.random.default_rng(seed)
        theta.append(generator.uniform(-epsilon, epsilon, (n_out, n_in + 1)))
    return theta
