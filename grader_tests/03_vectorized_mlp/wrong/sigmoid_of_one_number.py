# Uses math.exp, which takes one number and no array.
# loses: sigmoid-value
# says: array

# %% solution="sigmoid"
import math


def sigmoid(z):
    return 1 / (1 + math.exp(-z))


def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))
