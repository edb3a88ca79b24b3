# Measures the slope with two values of f.
# loses: gradient
# says: measured with two values

# %% solution="gradient"
def gradient(f, x0):
    place, h = torch.tensor(x0, dtype=torch.float64), 1e-4
    return float(f(place + h) - f(place - h)) / (2 * h)
