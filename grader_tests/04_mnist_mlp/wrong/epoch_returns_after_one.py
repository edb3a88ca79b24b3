# Has a return inside the loop.
# loses: train-one-epoch-steps
# says: `return` inside the loop

# %% solution="train-one-epoch"
def train_one_epoch(learning_rate=0.003):
    for i in range(len(x_train)):
        train_one_sample(x_train[i], y_train[i], learning_rate)
        return
