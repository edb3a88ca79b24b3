# Only the last digit of the seed counts.
# loses: init-random
# says: all of it

# %% solution="init"
def initialize_parameters(layers, epsilon, seed):
    """Random weights for a network.

    Args:
        layers: the sizes of the layers, a list of whole numbers such as [2, 2, 2, 1].
        epsilon: every weight (biases too) is drawn uniformly from [-epsilon, epsilon).
        seed: a whole number; the same seed gives the same weights.

    Returns:
        a new list of arrays, one for each step; number l has shape
        (layers[l + 1], layers[l] + 1).

    Example: for [3, 5, 2] the shapes are (5, 4) and (2, 6).
    """
    generator = np.random.default_rng(seed % 10)
    theta = []
    for n_in, n_out in pairwise(layers):
        theta.append(generator.uniform(-epsilon, epsilon, (n_out, n_in + 1)))
    return theta
