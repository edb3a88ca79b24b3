# Gives up as soon as a loss is above 10,000.
# loses: train-loop
# says: also where the loss rises

# %% solution="train"
def train(loss_of, optimizer, batches):
    """Train on one batch after the other.

    Args:
        loss_of: a function of a batch that returns a loss, a Tensor with a single number.
        optimizer: an object with a method `step()`.
        batches: a list of batches.

    Returns:
        a list of floats: the loss of each batch before its step.
    """
    losses = []
    for batch in batches:
        loss = loss_of(batch)
        loss.backward()
        optimizer.step()
        losses.append(float(loss.data))
        if losses[-1] > 1e4:
            break
    return losses


def write(odds, rng, longest=15):
    """Draw a word, letter by letter.

    Args:
        odds: a function of the last three letters, a list of three whole numbers; returns 27 probabilities.
        rng: a numpy generator.
        longest: how many letters the word may have.

    Returns:
        a list of whole numbers from 1 to 26.
    """
    letters = [0, 0, 0]
    while len(letters) < 3 + longest:
        letter = int(rng.choice(27, p=odds(letters[-3:])))
        if letter == 0:
            break
        letters.append(letter)
    return letters[3:]
