# Puts a tanh after the last layer, too.
# loses: letters
# says: tanh after the last layer

# %% solution="letters"
def letters_logits(table, layers, contexts):
    h = table[contexts].reshape(len(contexts), -1)
    for layer in layers[:-1]:
        h = layer(h).tanh()
    return layers[-1](h).tanh()


def letters_loss(table, layers, contexts, targets):
    logits = letters_logits(table, layers, contexts)
    return (logits.logsumexp(1) - logits[np.arange(len(targets)), targets]).mean()
