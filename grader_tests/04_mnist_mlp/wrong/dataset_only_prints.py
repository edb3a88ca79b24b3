# Prints the scores and returns nothing.
# loses: feed-forward-dataset-loss feed-forward-dataset-accuracy
# says: should return two numbers

# %% solution="feed-forward-dataset"
def feed_forward_dataset(x, y):
    losses, correct = [], 0
    for i in range(len(x)):
        loss, guess = feed_forward_sample(x[i], y[i])
        losses.append(loss)
        correct += int(guess[y[i]])
    average_loss = np.mean(losses)
    print_scores(average_loss, correct, len(x))
