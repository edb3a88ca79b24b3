# Makes a generator without the seed, so no run can be repeated.
# loses: init-random init-shapes
# says: different weights

# %% solution="init"
def initialize_parameters(layers, epsilon, seed):
    generator = np.random.default_rng()
    return [generator.uniform(-epsilon, epsilon, (n_out, n_in + 1)) for n_in, n_out in pairwise(layers)]
