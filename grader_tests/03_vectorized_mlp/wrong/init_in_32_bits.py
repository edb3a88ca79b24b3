# The weights are kept in numbers of 32 bits.
# loses: init-range
# says: Take float64
# also: 32 bits

# %% solution="init"
def initialize_parameters(layers, epsilon, seed):
    g = np.random.default_rng(seed)
    return [g.uniform(-epsilon, epsilon, (b, a + 1)).astype(np.float32) for a, b in pairwise(layers)]
