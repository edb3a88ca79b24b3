# Has a list as a default argument, which is made once and remembers all calls.
# loses: init-shapes init-range init-random
# says: start empty

# %% solution="init"
def initialize_parameters(layers, epsilon, seed, theta=[]):
    generator = np.random.default_rng(seed)
    for n_in, n_out in pairwise(layers):
        theta.append(generator.uniform(-epsilon, epsilon, (n_out, n_in + 1)))
    return theta
