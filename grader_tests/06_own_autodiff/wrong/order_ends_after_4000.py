# Ends after 4,000 circles.
# loses: order-deep
# says: Does it end early

# %% solution="order"
def order(root):
    found, seen, waiting = [], set(), [(root, False)]
    while waiting and len(found) < 4000:
        circle, parents_done = waiting.pop()
        if parents_done:
            found.append(circle)
        elif id(circle) not in seen:
            seen.add(id(circle))
            waiting.append((circle, True))
            waiting += [(parent, False) for parent in circle.parents]
    return found
