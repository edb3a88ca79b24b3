# Trains on the test images.
# loses: train-one-epoch-steps train-one-epoch-rate
# says: variable x_test

# %% solution="train-one-epoch"
def train_one_epoch(learning_rate=0.003):
    for i in range(len(x_test)):
        train_one_sample(x_test[i], y_test[i], learning_rate)
