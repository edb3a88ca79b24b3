# Moves the entries of x itself, and never puts them back.
# loses: checker
# says: stays where it was moved to

# %% solution="checker"
def gradient_check(f, gradient, x, eps=1e-5):
    measured_slopes = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        x[place] += eps
        above = f(x)
        x[place] -= 2 * eps
        measured_slopes[place] = (above - f(x)) / (2 * eps)
    length = np.linalg.norm(gradient) + np.linalg.norm(measured_slopes)
    return np.linalg.norm(gradient - measured_slopes) / length
