# The published version of this exercise has no graders. It prints the values that training starts from, and it draws
# the losses and the decision boundary. So this is what its reader can see: the two curves fall, and a picture appears.
# Its curves run over 3000 iterations; these stop at 600, where both are well on their way, to be fast.

# %% the-curve-falls
np.random.seed(123456)
W_init = 0.2 * np.random.rand(2, 3) - 0.1
b_init = 0.2 * np.random.rand(1, 3) - 0.1
v_init = 0.2 * np.random.rand(3, 1) - 0.1
c_init = 0.2 * np.random.rand() - 0.1
np.random.seed(12345)
xs = np.random.uniform(low=-2, high=2, size=1000).reshape((500, 2))
ys = (xs[:, :1] * xs[:, 1:] > 0) * 1.0
start = [W_init, b_init, v_init, c_init]
trajectories_standard, losses_standard = gradient_descent(xs, ys, start, iterations=600, lr=1e-4)
assert losses_standard[-1] < losses_standard[0]

# %% the-curve-with-momentum-falls
trajectories_momentum, losses_momentum = gradient_descent_momentum(xs, ys, start, iterations=600, lr=1e-4, alpha=0.5)
assert losses_momentum[-1] < losses_momentum[0]

# %% the-boundary-is-drawn
side = np.linspace(-2, 2, 250)
assert np.shape(decision_grid(side, side, trajectories_momentum[-1])) == (250, 250)
