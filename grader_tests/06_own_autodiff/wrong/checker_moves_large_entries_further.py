# Moves an entry by eps times its own size where it is above 1.
# loses: checker
# says: Every entry moves by eps, however large the entry or eps is

# %% solution="checker"
def gradient_check(f, gradient, x, eps=1e-5):
    measured_slopes = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[place] = eps * max(1.0, abs(x[place]))
        measured_slopes[place] = (f(x + step) - f(x - step)) / (2 * step[place])
    length = np.linalg.norm(gradient) + np.linalg.norm(measured_slopes)
    return np.linalg.norm(gradient - measured_slopes) / length
