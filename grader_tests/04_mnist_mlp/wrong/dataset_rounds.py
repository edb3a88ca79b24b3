# Returns the average rounded to two digits, as it is printed.
# loses: feed-forward-dataset-loss
# says: rounded

# %% solution="feed-forward-dataset"
def feed_forward_dataset(x, y):
    losses, correct = [], 0
    for i in range(len(x)):
        loss, guess = feed_forward_sample(x[i], y[i])
        losses.append(loss)
        correct += int(guess[y[i]])
    average_loss = round(float(np.mean(losses)), 2)
    print_scores(average_loss, correct, len(x))
    return average_loss, correct / len(x)
