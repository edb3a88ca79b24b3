# Notes a circle as often as it is met.
# loses: order order-deep
# says: twice

# %% solution="order"
def order(root):

    found, waiting = [], [root]
    while waiting and len(found) < 20000:
        circle = waiting.pop()
        found.append(circle)
        waiting += circle.parents
    return found[::-1]
