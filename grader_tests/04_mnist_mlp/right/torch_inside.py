# Torch in double precision inside, dataclasses, generators, type hints and a global state object.

# %% solution="softmax"
def softmax(x: np.ndarray) -> np.ndarray:
    import torch
    return torch.softmax(torch.as_tensor(np.array(x)).flatten(), 0).reshape(x.shape)

# %% solution="one-hot"
def integer_to_one_hot(x: int, max: int):
    import torch
    return torch.nn.functional.one_hot(torch.tensor(int(x)), max)

# %% solution="cross-entropy"
def cross_entropy_loss(y, yHat):
    import torch
    p = torch.as_tensor(np.array(yHat)).flatten().clamp(min=1e-300)
    return -(torch.as_tensor(np.array(y)) * p.log()).sum()

# %% solution="initialize"
from dataclasses import dataclass, field


@dataclass
class Net:
    weights: list = field(default_factory=list)
    biases: list = field(default_factory=list)


def initialize_parameters(rng):
    net = Net()
    all_at_once = rng.standard_normal(784 * 32 + 32 * 32 + 320)
    cuts = np.split(all_at_once, [784 * 32, 784 * 32 + 1024])
    for part, shape in zip(cuts, ((784, 32), (32, 32), (32, 10))):
        net.weights.append(np.asfortranarray(part.reshape(shape) / np.sqrt(max(shape))))
        net.biases.append(np.full((1, shape[1]), 0.0))
    return net.weights, net.biases

# %% solution="feed-forward-sample"
def _layers(row):
    for W, b in zip(weights, biases):
        yield (row := row @ W + b)
        row = sigmoid(row)


def feed_forward_sample(sample, y):
    *_, scores = _layers(np.array(sample, dtype=float).ravel())
    loss = np.logaddexp.reduce(scores.ravel()) - scores.ravel()[y]
    return np.array(loss), np.isin(np.arange(10), scores.argmax())

# %% solution="feed-forward-dataset"
def feed_forward_dataset(x, y):
    def each():
        for i, _ in enumerate(y):
            yield feed_forward_sample(x[i], y[i])
    losses, guesses = map(np.array, zip(*each()))
    average_loss, correct = losses.mean(), np.sum(guesses[np.arange(len(y)), y])
    return print_scores(average_loss, correct, len(x))

# %% solution="train-one-sample"
def train_one_sample(sample, y, learning_rate=0.003):
    import torch
    leaves = [torch.tensor(np.array(one), requires_grad=True) for one in [*weights, *biases]]
    row = torch.tensor(np.array(sample, dtype=float)).reshape(1, 784)
    for i in range(3):
        z = row @ leaves[i] + leaves[3 + i]
        row = torch.sigmoid(z)
    torch.nn.functional.cross_entropy(z, torch.tensor([int(y)])).backward()
    moved = [(leaf - learning_rate * leaf.grad).detach().numpy() for leaf in leaves]
    weights[:], biases[:] = moved[:3], moved[3:]

# %% solution="train-one-epoch"
def train_one_epoch(learning_rate=0.003):
    i = 0
    while i < len(x_train):
        train_one_sample(x_train[i], y_train[i], learning_rate)
        i += 1

# %% solution="scale-pixels"
def scale_pixels(images):
    import torch
    return torch.as_tensor(np.array(images)).double() / 255
