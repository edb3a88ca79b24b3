# Is right, and stops in a deep graph, since it calls itself for each parent.
# loses: order-deep
# says: too deep for a function that calls itself

# %% solution="order"
def order(root):

    found, seen = [], set()

    def visit(circle):
        if id(circle) not in seen:
            seen.add(id(circle))
            for parent in circle.parents:
                visit(parent)
            found.append(circle)

    visit(root)
    return found
