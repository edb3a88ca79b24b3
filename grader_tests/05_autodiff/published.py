# What the published version of this exercise prints, and its reader compares by eye: to six digits here.
# The prediction of the untrained network; the gradients 4 and 8 of the parabola at 0; where ten steps downhill lead;
# the fence whose price falls; the losses of both regressions, which fall; then the same with TensorFlow: 10.0 at 3,
# ten steps, and falling losses. Where it starts from random numbers, zeros stand here.

# %% prediction
assert round(float(NN().forward(x_data[0])), 2) == 0.78

# %% gradient-4
assert abs(gradient(bowl, 0.0) - 4.0) < 1e-6

# %% gradient-8
assert abs(pile_up(bowl, 0.0, 2)[1] - 8.0) < 1e-6

# %% ten-steps
assert abs(minimize(bowl, 0.0, 0.01, 10)[-1] - -0.3658543527126312) < 1e-6

# %% the-price-falls
path = minimize(fence_cost, 1.0, 0.01, 100)
assert fence_cost(1.0) == 760.0
assert fence_cost(path[-1]) < fence_cost(path[1]) < fence_cost(path[0])

# %% linear-regression
losses = fit_linear(cylinders, mpg, np.zeros((1, 1)), np.zeros(1), 0.01, 100)[2]
assert losses[-1] < losses[0]

# %% logistic-regression
losses = fit_logistic(pregnancies, diabetes, np.zeros((1, 1)), np.zeros(1), 0.01, 100, 1e-10)[2]
assert losses[-1] < losses[0]

# %% tensorflow-10
assert abs(gradient_tf(bowl, 3.0) - 10.0) < 1e-6

# %% tensorflow-ten-steps
assert abs(minimize_tf(bowl, 0.0, 0.1, 10)[-1] - -1.7852517) < 1e-6

# %% tensorflow-linear-regression
losses = fit_linear_tf(cylinders, mpg, np.zeros((1, 1)), np.zeros(1), 0.01, 10)[2]
assert losses[-1] < losses[0]
