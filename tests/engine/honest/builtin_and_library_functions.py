# The answer is a function of the library.

# %% answer="mean"
mean = np.mean
