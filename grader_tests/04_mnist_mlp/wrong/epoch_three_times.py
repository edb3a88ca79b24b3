# Goes three times through the images in one epoch.
# loses: train-one-epoch-steps train-one-epoch-rate
# says: three times

# %% solution="train-one-epoch"
def train_one_epoch(learning_rate=0.003):
    for _ in range(3):
        for i in range(len(x_train)):
            train_one_sample(x_train[i], y_train[i], learning_rate)
