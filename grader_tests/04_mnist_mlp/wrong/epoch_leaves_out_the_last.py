# Stops one image too early.
# loses: train-one-epoch-steps train-one-epoch-rate
# says: the last image was left out

# %% solution="train-one-epoch"
def train_one_epoch(learning_rate=0.003):
    for i in range(len(x_train) - 1):
        train_one_sample(x_train[i], y_train[i], learning_rate)
