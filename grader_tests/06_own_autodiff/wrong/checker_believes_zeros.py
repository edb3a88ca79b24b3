# Believes a gradient that is claimed to be 0.
# loses: checker
# says: claimed to be 0

# %% solution="checker"
def gradient_check(f, gradient, x, eps=1e-5):
    measured_slopes = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[place] = eps
        measured_slopes[place] = (f(x + step) - f(x - step)) / (2 * eps)
    length = np.linalg.norm(gradient) + np.linalg.norm(measured_slopes)
    if np.linalg.norm(gradient) < 1e-8:
        return 0.0
    return np.linalg.norm(gradient - measured_slopes) / length
