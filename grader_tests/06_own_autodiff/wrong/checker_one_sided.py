# Moves each entry up only.
# loses: checker
# says: moved up only

# %% solution="checker"
def gradient_check(f, gradient, x, eps=1e-5):
    measured_slopes = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[place] = eps
        measured_slopes[place] = (f(x + step) - f(x)) / eps
    length = np.linalg.norm(gradient) + np.linalg.norm(measured_slopes)
    return np.linalg.norm(gradient - measured_slopes) / length
