# Notes each circle on the way down, before what it was made from: depth first, and no topological order.
# loses: order
# says: on the way up

# %% solution="order"
def order(root):

    found, seen, waiting = [], set(), [root]
    while waiting:
        circle = waiting.pop()
        if id(circle) not in seen:
            seen.add(id(circle))
            found.append(circle)
            waiting += circle.parents
    return found[::-1]
