# Returns the loss of the last image.
# loses: feed-forward-dataset-loss
# says: loss of the last image

# %% solution="feed-forward-dataset"
def feed_forward_dataset(x, y):
    losses, correct = [], 0
    for i in range(len(x)):
        loss, guess = feed_forward_sample(x[i], y[i])
        losses.append(loss)
        correct += int(guess[y[i]])
    average_loss = loss
    print_scores(average_loss, correct, len(x))
    return average_loss, correct / len(x)
