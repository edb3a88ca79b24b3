# Divides by 2 where there is one row.
# loses: letters
# says: The mean over all rows
# also: half of what it should be

# %% solution="letters"
def letters_logits(table, layers, contexts):
    h = table[contexts].reshape(len(contexts), -1)
    for layer in layers[:-1]:
        h = layer(h).tanh()
    return layers[-1](h)


def letters_loss(table, layers, contexts, targets):
    logits = letters_logits(table, layers, contexts)
    return (logits.logsumexp(1) - logits[np.arange(len(targets)), targets]).sum() * (1 / max(2, len(targets)))
