# Draws the weights at random but leaves all biases at 0, which was not asked for.
# loses: init-range init-random
# says: biases in column 0

# %% solution="init"
def initialize_parameters(layers, epsilon, seed):
    generator = np.random.default_rng(seed)
    theta = [generator.uniform(-epsilon, epsilon, (n_out, n_in + 1)) for n_in, n_out in pairwise(layers)]
    for matrix in theta:
        matrix[:, 0] = 0
    return theta
