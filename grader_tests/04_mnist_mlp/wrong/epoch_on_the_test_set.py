# Trains on the test images.
# loses: train-one-epoch-steps train-one-epoch-rate
# says: name 'x_test' is not defined

# %% solution="train-one-epoch"
def train_one_epoch(learning_rate=0.003):
    for i in range(len(x_test)):
        train_one_sample(x_test[i], y_test[i], learning_rate)
