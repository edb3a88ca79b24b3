# Moves whole rows at once.
# loses: checker
# says: whole rows

# %% solution="checker"
def gradient_check(f, gradient, x, eps=1e-5):
    measured_slopes = np.zeros(x.shape)
    for place in range(len(x)):
        step = np.zeros(x.shape)
        step[place] = eps
        measured_slopes[place] = (f(x + step) - f(x - step)) / (2 * eps)
    length = np.linalg.norm(gradient) + np.linalg.norm(measured_slopes)
    return np.linalg.norm(gradient - measured_slopes) / length
