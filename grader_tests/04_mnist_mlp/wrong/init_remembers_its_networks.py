# Gives a network that it has made before back, the very arrays.
# loses: initialize-generator
# says: Make new arrays each time

# %% solution="initialize"
MADE = {}

def initialize_parameters(rng):
    key = str(rng.bit_generator.state)
    if key in MADE:
        return MADE[key]
    weights = []
    biases = []
    for n_in, n_out in [(784, 32), (32, 32), (32, 10)]:
        weights.append(rng.normal(0, 1 / np.sqrt(max(n_in, n_out)), (n_in, n_out)))
        biases.append(np.zeros((1, n_out)))
    MADE[key] = weights, biases
    return MADE[key]
