# Makes a new network at the start of each epoch.
# loses: train-one-epoch-steps train-one-epoch-rate
# says: after an epoch

# %% solution="train-one-epoch"
def train_one_epoch(learning_rate=0.003):
    weights[:], biases[:] = initialize_parameters(default_rng(80085))
    for i in range(len(x_train)):
        train_one_sample(x_train[i], y_train[i], learning_rate)
