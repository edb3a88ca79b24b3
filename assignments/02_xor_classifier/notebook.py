# ---
# jupyter:
#   chainrule:
#     title: A network that learns XOR
#     files: []
#   kernelspec: {display_name: Python 3, language: python, name: python3}
# ---

# %% [markdown]
# # A network that learns XOR
#
# Four clouds of points sit in the four quarters of a square.
# Opposite quarters have the same colour.
# No straight line can part the two colours, so no linear classifier can learn them.
# Three hidden units can.
#
# In this notebook you build that network with nothing but numpy.
# You derive every one of its gradients on paper, turn them into code, and train it in two ways.
# In the end you see the very lines that your network drew through the square.
#
# **What you need:** matrix products, the chain rule, numpy arrays. A third of the time is pencil and paper.
#
# [questions]
#
# Every question works in the same way.
# You read, you fill in a function, you run the check below it, and you look at a picture that your own code draws.
# The checks that count run again when you hand in, with other numbers.
# So let every function work from its arguments alone, never from a variable of the notebook.
#
# **What a check takes:** a number may be a Python float, a number of numpy or an array of shape `()`, and a tensor counts as an array.
# It compares seven to nine digits, so stay in float64, which numpy uses by itself: float32 is refused. Functions leave their arguments as they are.

# %% given include="checkkit"

# %% include="pictures"

# %% given
# @title Numbers for the checks: run me, nothing to change here
def sigmoid(z):
    """Squeeze every entry of z, of any shape, into the range from 0 to 1. You wrote it in the first notebook."""
    return 1 / (1 + np.exp(-z))


def example():
    """A small example, made anew for each check: five points, their classes, and parameters with no special values."""
    points = np.array([[1.0, -0.5], [-1.5, 2.0], [0.5, 1.0], [-1.0, -2.0], [2.0, 0.25]])
    labels = np.array([[0.0], [0.0], [1.0], [1.0], [1.0]])
    W, b, v = [[0.8, -0.6, 0.3], [-0.4, 0.7, 0.9]], [[0.1, -0.2, 0.3]], [[0.5], [-1.2], [0.9]]
    return points, labels, [np.array(W), np.array(b), np.array(v), 0.25]


EXAMPLE_X, EXAMPLE_Y, EXAMPLE_PARAMS = example()

# What the functions should give for the example, and what some known mistakes would give.
WANTED = {
    "yhat":
        np.array([[0.7180885751833498], [0.31324327335609836], [0.7815974639023655], [0.574442516811659],
            [0.8872045937171068]]),
    "W":
        np.array([[0.40442698887854356, 0.6948794136995577, -0.07791157391886133], [0.12273464555832465,
            -0.4897008127374747, 0.018756784306947695]]),
    "b": np.array([[-0.019333425192759435, -0.11380888471015665, 0.6301205155430284]]),
    "v": np.array([[0.5450287807204581], [0.6141303668282796], [0.2028264315150033]]),
    "c": 0.2745764229705796,
}
MISTAKES = {
    "yhat": {
        "you forgot the sigmoid at the end":
            np.array([[0.935], [-0.7849999999999995], [1.2750000000000001], [0.3], [2.0625]]),
        "you forgot the relu in the hidden layer":
            np.array([[0.9101117367460411], [0.14994914166403883], [0.7815974639023655], [0.4700359482354282],
                [0.9715984808875816]]),
        "you forgot the bias c of the output":
            np.array([[0.6648537304059736], [0.2621158988083652], [0.7359453939271485], [0.5124973964842103],
                [0.8596637505099167]]),
        "you forgot the bias b of the hidden layer":
            np.array([[0.679178699175393], [0.21500771137189242], [0.6715050342254059], [0.5621765008857981],
                [0.8510043336046155]]),
        "you added b after the relu, not before it":
            np.array([[0.7875131558774608], [0.3240984722740594], [0.7815974639023655], [0.6921095043017882],
                [0.9090838763672522]]),
        "you used the sigmoid in the hidden layer":
            np.array([[0.6942851635030113], [0.5002430919801734], [0.6381642838443011], [0.5786967834383363],
                [0.7451600624476151]]),
        "you returned the class, 0 or 1, where a probability was asked for":
            np.array([[1.0], [0.0], [1.0], [1.0], [1.0]]),
        "you reshaped W where it should keep its rows":
            np.array([[0.6283161882953663], [0.8698915256370021], [0.8402380030563309], [0.5621765008857981],
                [0.7662936430859597]]),
        "you put relu around the weighted sum of the output as well":
            np.array([[0.7180885751833498], [0.5], [0.7815974639023655], [0.574442516811659],
                [0.8872045937171068]]),
        "you applied the sigmoid twice":
            np.array([[0.6721859695056261], [0.5776767093193758], [0.6860243018183427], [0.6397876295009314],
                [0.7083129621635468]]),
        "you used relu at the output, where the sigmoid belongs":
            np.array([[0.935], [0.0], [1.2750000000000001], [0.3], [2.0625]]),
    },
    "W": {
        "you compared the decided class with y, where the probability belongs": [[0.5, 0.0, 0.9], [-0.25, 0.0, -0.45]],
        "you averaged over the points; this course sums":
            np.array([[0.08088539777570872, 0.13897588273991154, -0.015582314783772266], [0.02454692911166493,
                -0.09794016254749494, 0.003751356861389539]]),
        "you multiplied by y_hat - y and by the slope of the sigmoid; y_hat - y already holds that slope":
            np.array([[0.10409129973015968, 0.14366305637045362, 0.0027659624680928495], [0.04763713670090409,
                -0.11698686310517381, 0.019784823853799063]]),
        "you started from the slope of the loss by y_hat and left out the slope of the sigmoid":
            np.array([[1.1970223642229754, 3.388674044146996, -1.3778577404228045], [0.07340740551975783,
                -1.9593701224198463, -0.38032400407737665]]),
        "you used only the last point":
            np.array([[-0.1127954062828932, 0.0, -0.20303173130920776], [-0.01409942578536165, 0.0,
                -0.02537896641365097]]),
        "you used only the first point":
            np.array([[0.3590442875916749, 0.0, 0.6462797176650148], [-0.17952214379583745, 0.0,
                -0.3231398588325074]]),
        "you compared y with the weighted sum s, before the sigmoid":
            np.array([[1.94875, -1.577999999999999, 3.9374999999999996], [0.7365625, 1.5539999999999985,
                -1.347187499999999]]),
        "your gradient belongs to the squared error, not to the cross-entropy":
            np.array([[0.20818259946031936, 0.28732611274090725, 0.005531924936185699], [0.09527427340180818,
                -0.23397372621034762, 0.039569647707598125]]),
        "you left out the slope of the relu":
            np.array([[0.1694945338614698, -0.4067868812675276, 0.3050901609506456], [0.435977918914423,
                -1.0463470053946151, 0.7847602540459615]]),
        "you took the slope of the sigmoid for the hidden units; they are relu units":
            np.array([[0.06436548516662825, -0.1230506745427438, 0.09650145868564661], [0.07873698344142453,
                -0.12437089398681296, 0.052286048405035694]]),
        "you let relu act on the error that flows back, instead of multiplying by its slope":
            np.array([[0.12411183257460112, -0.10891848308848479, 0.22340129863428196], [0.13372112956026092,
                -0.7254162944499889, 0.24069803320846972]]),
        "you left out v, the edge between the hidden unit and the output":
            np.array([[0.8088539777570871, -0.5790661780829648, -0.0865684154654014], [0.2454692911166493,
                0.40808401061456223, 0.02084087145216404]]),
        "you multiplied by the value of the hidden unit instead of the slope of its relu":
            np.array([[0.23029387705518944, 1.2102678776177676, -0.9618976721531287], [-0.18839781791804744,
                -1.526329489051303, 0.587951124468753]]),
        "you left out the input x, the edge between the input and the hidden unit":
            np.array([[-0.019333425192759435, -0.11380888471015665, 0.6301205155430284], [-0.019333425192759435,
                -0.11380888471015665, 0.6301205155430284]]),
        "you multiplied by the number of points one time too often":
            np.array([[2.0221349443927177, 3.4743970684977885, -0.38955786959430666], [0.6136732277916233,
                -2.4485040636873734, 0.09378392153473847]]),
    },
    "b": {
        "you compared the decided class with y, where the probability belongs": [[0.5, 0.0, 0.9]],
        "you averaged over the points; this course sums":
            np.array([[-0.003866685038551887, -0.022761776942031332, 0.12602410310860568]]),
        "you multiplied by y_hat - y and by the slope of the sigmoid; y_hat - y already holds that slope":
            np.array([[-0.0036163840434141085, -0.03612426793595759, 0.14776541257959314]]),
        "you started from the slope of the loss by y_hat and left out the slope of the sigmoid":
            np.array([[-0.30008573204807654, -0.21202648027707882, 2.337089812534083]]),
        "you used only the last point":
            np.array([[-0.0563977031414466, 0.0, -0.10151586565460388]]),
        "you used only the first point":
            np.array([[0.3590442875916749, -0.0, 0.6462797176650148]]),
        "you compared y with the weighted sum s, before the sigmoid":
            np.array([[0.7862500000000001, 0.6119999999999992, 1.3387500000000006]]),
        "your gradient belongs to the squared error, not to the cross-entropy":
            np.array([[-0.007232768086828217, -0.07224853587191518, 0.2955308251591863]]),
        "you left out the slope of the relu":
            np.array([[0.1372882114852898, -0.3294917075646954, 0.24711878067352153]]),
        "you took the slope of the sigmoid for the hidden units; they are relu units":
            np.array([[-0.003175894309874123, -0.004900311999995188, 0.10122627250223003]]),
        "you let relu act on the error that flows back, instead of multiplying by its slope":
            np.array([[0.5156659242697241, 0.9081065106826423, 0.9281986636855033]]),
        "you left out v, the edge between the hidden unit and the output":
            np.array([[-0.03866685038551887, 0.09484073725846387, 0.7001339061589206]]),
        "you multiplied by the value of the hidden unit instead of the slope of its relu":
            np.array([[0.272514390360229, -0.7369564401939355, 0.182543788363503]]),
        "you multiplied by the number of points one time too often":
            np.array([[-0.09666712596379717, -0.5690444235507832, 3.150602577715142]]),
    },
    "v": {
        "you compared the decided class with y, where the probability belongs": [[1.1], [0.0], [0.15]],
        "you averaged over the points; this course sums":
            np.array([[0.10900575614409162], [0.12282607336565592], [0.04056528630300066]]),
        "you multiplied by y_hat - y and by the slope of the sigmoid; y_hat - y already holds that slope":
            np.array([[0.1277130933988494], [0.13405315367391862], [0.06996194886969437]]),
        "you started from the slope of the loss by y_hat and left out the slope of the sigmoid":
            np.array([[1.796492711931339], [2.801965180105561], [-0.060579980040283476]]),
        "you used only the last point":
            np.array([[-0.18047265005262914], [0.0], [-0.12689483206825486]]),
        "you used only the first point":
            np.array([[0.7898974327016848], [0.0], [0.10771328627750244]]),
        "you compared y with the weighted sum s, before the sigmoid":
            np.array([[2.6860000000000004], [-1.5934999999999986], [0.41156250000000083]]),
        "your gradient belongs to the squared error, not to the cross-entropy":
            np.array([[0.2554261867976988], [0.26810630734783725], [0.13992389773938874]]),
        "you used z, the weighted sum before the relu, where the edge carries a":
            np.array([[-0.05013343865612872], [0.35206036125231255], [0.9688299012540171]]),
        "you used the slope of the relu, where the edge carries a":
            np.array([[-0.03866685038551887], [0.09484073725846387], [0.7001339061589206]]),
        "you multiplied by v itself":
            np.array([[0.1372882114852898], [-0.32949170756469554], [0.24711878067352164]]),
        "you multiplied by the number of points one time too often":
            np.array([[2.725143903602291], [3.070651834141398], [1.0141321575750164]]),
    },
    "c": {
        "you compared the decided class with y, where the probability belongs": 1.0,
        "you averaged over the points; this course sums":
            0.05491528459411592,
        "you multiplied by y_hat - y and by the slope of the sigmoid; y_hat - y already holds that slope":
            0.060152727887518666,
        "you started from the slope of the loss by y_hat and left out the slope of the sigmoid":
            0.8559482376894865,
        "you used only the last point":
            -0.1127954062828932,
        "you used only the first point":
            0.7180885751833498,
        "you compared y with the weighted sum s, before the sigmoid":
            0.7875000000000008,
        "your gradient belongs to the squared error, not to the cross-entropy":
            0.12030545577503733,
        "you multiplied by the number of points one time too often":
            1.372882114852898,
    },
}


# Variables that many notebooks have. A function that peeks at one of them fails while it is checked.
BLANK = dict.fromkeys(
    ["W", "b", "v", "c", "x", "y", "X", "Y", "z", "a", "s", "params", "xs", "ys", "Xs", "Ys", "Zs",
     "W_init", "b_init", "v_init", "c_init", "params_init", "params_trained",
     "EXAMPLE_X", "EXAMPLE_Y", "EXAMPLE_PARAMS", "WANTED", "MISTAKES", "WALKED"],
    GONE,
)


def on_its_own(**others):
    """Check one question apart: the small functions of questions 1 and 2 are the course's for a while.

    So a slip in an early question costs its own points only.
    """
    lent = {"sigmoid": course_sigmoid, "relu": course_relu, "relu_prime": course_relu_prime}
    return notebook_with(**BLANK, **lent, **others)


def one_gradient(gradients, name):
    """Take one of the four gradients out of what grad_f returned."""
    assert gradients is not None, "grad_f returned None. Is there a `return` at the end?"
    assert isinstance(gradients, list | tuple) and len(gradients) == 4, (
        f"grad_f should return a list of four gradients, [dW, db, dv, dc], but it returned {described(gradients)}."
    )
    shapes, asked = [f"{np.shape(part)}" for part in gradients], ["(2, 3)", "(1, 3)", "(3, 1)", "()"]
    assert shapes == asked or sorted(shapes) != sorted(asked), (
        f"The order of the four is [dW, db, dv, dc], but your shapes are {', '.join(shapes)}."
    )
    return gradients["Wbvc".index(name)]


def check_gradient(name, hint):
    """Check one of the four gradients at the example."""
    points, labels, place = example()
    with on_its_own():
        gradient = one_gradient(ask(grad_f, place, points, labels), name)
    check_value(f"d{name}", gradient, WANTED[name], known=MISTAKES[name], hint=hint)


# One point, and a network that is sure beyond any digit that it belongs to class 1.
CERTAIN_POINT = np.array([[2.0, 1.0]])
CERTAIN_PLACE = [np.array([[10.0, -10.0, 5.0], [10.0, -10.0, -4.0]]), np.zeros((1, 3)), np.array([[2.0], [-2.0], [1.0]]), 0.5]


def hint_for_certain(dc):
    """What to say to a dc that should be 1."""
    hint = "Such a point must pull with full force: use the form without a division."
    if np.all(np.abs(dc) < 1):
        hint += (" The pull gets lost where y_hat is kept away from 0 and 1 before a division, "
                 "or where a slope of the sigmoid, which is 0 here, stays in the product.")
    return hint


def history(result, function, iterations):
    """Take (trajectories, losses) apart, and see that both have one entry more than there are iterations."""
    assert result is not None, f"{function} returned None. Is there a `return` at the end?"
    assert isinstance(result, list | tuple) and len(result) == 2, (
        f"{function} should return two things, trajectories and losses, but it returned {described(result)}."
    )
    for name, entries in zip(("trajectories", "losses"), result):
        assert isinstance(entries, list | tuple | np.ndarray), f"{name} should be a list. It is {described(entries)}."
        assert len(entries) == iterations + 1, (
            f"After {iterations} iterations {name} should have {iterations + 1} entries: one for the start, and one "
            f"after each step. Yours has {len(entries)}. Is the start, or the end, missing?"
        )
    return result


def parameters(trajectories, k):
    """Take the four parameters out of entry k of the trajectories."""
    entry = trajectories[k]
    assert isinstance(entry, list | tuple) and len(entry) == 4, (
        f"trajectories[{k}] should be a list of four parameters, [W, b, v, c], but it is {described(entry)}."
    )
    return entry


def check_parameters(when, got, want, known=None, hint=""):
    """Check the four parameters one by one; each known mistake is a list of four as well."""
    for i, name in enumerate("Wbvc"):
        wrong = {mistake: values[i] for mistake, values in (known or {}).items()}
        check_value(f"{name} {when}", got[i], want[i], atol=1e-12, known=wrong, hint=hint)


def moved(params, directions, length):
    """Move each parameter in its direction."""
    return [value + length * direction for value, direction in zip(params, directions)]


def at_the_kink(points, place):
    """The same in eighths, which are exact, with biases that put the first point on all three folds: z is 0 there."""
    points, W = np.round(8 * points) / 8, np.round(8 * place[0]) / 8
    return points, [W, -points[:1] @ W, *place[2:]]


def long_way(points, W, b, v, far):
    """Every class is guessed wrong, so that gradients are long: by long edges v, or by points that are far away."""
    points, place = (100 * points, [W, b, v / 200, 0.4]) if far else (points, [W / 20, b / 20, 120 * v, 3.0])
    scores = np.maximum(points @ place[0] + place[1], 0) @ place[2] + place[3]
    return points, (scores < 0) * 1.0, place


def pretend_start():
    """Points, labels and a place to start from, with numbers that are easy to follow by hand."""
    points, labels = [[1.0, 2.0], [2.0, -4.0], [1.0, 0.0], [0.0, 0.0]], [[1.0], [1.0], [0.0], [0.0]]
    W, b, v, c = [[1.0, 2.0, 0.0], [0.0, -1.0, 4.0]], [[1.0, 0.0, -2.0]], [[2.0], [1.0], [-1.0]], 3.0
    return np.array(points), np.array(labels), [np.array(W), np.array(b), np.array(v), c]


# Where the journey from there leads, with a learning rate of 0.25 (and with alpha = 0.25).
WALKED = {
    "one step": [[[0.125, 1.0, -0.75], [-0.75, -1.625, 2.75]], [[0.6875, -0.0625, -1.5625]], [[2.5], [2.0], [1.0]], 3.375],
    "two steps": [[[-0.734375, 0.03125, -1.5], [-1.5, -2.265625, 1.5625]], [[0.453125, -0.109375, -1.234375]],
        [[1.4375], [1.1875], [0.6875]], 3.734375],
    "two with momentum": [[[-0.953125, -0.21875, -1.6875], [-1.6875, -2.421875, 1.25]], [[0.375, -0.125, -1.125]],
        [[1.5625], [1.4375], [1.1875]], 3.828125],
    "three with momentum": [[[-2.060546875, -1.453125, -2.66796875], [-2.66796875, -3.275390625, -0.23828125]],
        [[0.140625, -0.171875, -0.796875]], [[-0.8828125], [-0.8515625], [-0.7890625]], 4.28515625],
}


def descent_slips():
    """Where known mistakes lead in one step of gradient descent; `momentum_slips` alike, in one step with momentum."""
    points, labels, start = pretend_start()
    uphill = pretend_gradients(start, points, labels)
    in_turns = list(start)
    for i in range(4):
        in_turns[i] = moved(start, pretend_gradients(in_turns, points, labels), -0.25)[i]
    return {
        "each parameter moved before the next gradient was taken": in_turns,
        "you went uphill: the step is added where it should be taken away": moved(start, uphill, 0.25),
        "the gradient was used without the learning rate": moved(start, uphill, -1),
        "the step was divided by the number of points; grad_f has summed, and the sum is what is asked for":
            moved(start, uphill, -0.25 / 4),
        "nothing moved: trajectories[1] is the start once more": moved(start, uphill, 0),
        "the learning rate was applied twice": moved(start, uphill, -(0.25**2)),
        "the gradient was divided by the learning rate": moved(start, uphill, -4),
        "the gradient itself was stored, not the parameter": uphill,
        "the learning rate is 0.0001 whatever the argument says": moved(start, uphill, -1e-4),
        "x and y changed places when grad_f was called": moved(start, pretend_gradients(start, labels, points), -0.25),
    }


def momentum_slips():
    points, labels, start = pretend_start()
    uphill = pretend_gradients(start, points, labels)
    return {
        "the gradient was multiplied by 1 - alpha; in this course's form it is not": moved(start, uphill, -0.25 * 0.875),
        "the gradient was multiplied by alpha": moved(start, uphill, -0.25 * 0.125),
        "you went uphill: look at the signs of velocity and gradient": moved(start, uphill, 0.25),
        "nothing moved: is the velocity brought up to date before it is used?": moved(start, uphill, 0),
        "the gradient was used without the learning rate": moved(start, uphill, -1),
        "the learning rate was applied twice, once in the velocity and once in the step": moved(start, uphill, -(0.25**2)),
        "the step was divided by the number of points; the sum is what is asked for": moved(start, uphill, -0.25 / 4),
        "the first velocity is the gradient, and then the gradient came on top of it": moved(start, uphill, -0.25 * 1.125),
    }


def path_slips():
    """Where known mistakes lead in two steps of gradient descent; `velocity_slips` alike, in two with momentum."""
    points, labels, start = pretend_start()
    uphill = pretend_gradients(start, points, labels)
    return {
        "the second step used the gradient of the start again": moved(start, uphill, -0.5),
        "the second step did not go on from where the first one ended": moved(start, uphill, -0.25),
    }


def velocity_slips():
    points, labels, start = pretend_start()
    first = moved(start, pretend_gradients(start, points, labels), -0.25)
    u = moved(first, start, -1)
    uphill, uphill_there = pretend_gradients(start, points, labels), pretend_gradients(first, points, labels)
    ahead = moved(first, u, 0.25)
    return {
        "the velocity of the first step is forgotten, which is plain gradient descent": moved(first, uphill_there, -0.25),
        "the velocity of the first step was kept whole, without alpha": moved(moved(first, u, 1), uphill_there, -0.25),
        "1 - alpha stands where alpha belongs": moved(moved(first, u, 0.75), uphill_there, -0.25),
        "the velocity pulls back instead of carrying on": moved(moved(first, u, -0.25), uphill_there, -0.25),
        "the gradient was taken a little ahead, which is Nesterov's method":
            moved(ahead, pretend_gradients(ahead, points, labels), -0.25),
        "the second step used the gradient of the start again": moved(ahead, uphill, -0.25),
        "the velocity was used without a new gradient": ahead,
        "alpha is 0.5 whatever the argument says": moved(moved(first, u, 0.5), uphill_there, -0.25),
        "alpha is 0.9 whatever the argument says": moved(moved(first, u, 0.9), uphill_there, -0.25),
    }


def check_where_it_starts(trajectories):
    """Check that a journey from `pretend_start` begins there, in its list too."""
    check_parameters("in trajectories[0], where the journey starts,", parameters(trajectories, 0), pretend_start()[2],
        hint="Is it the place where the journey ended? Then all entries are one and the same array, changed in place.")


def check_losses(trajectories, losses):
    """Check the losses of two iterations on the example, each at its own place, whatever the places are."""
    points, labels, _ = example()
    guesses = [pretend_probabilities(points, parameters(trajectories, k)) for k in range(3)]
    prices = [pretend_prices(labels, guess) for guess in guesses]
    itself = [pretend_prices(guess, guess) for guess in guesses]
    for k in range(3):
        check_value(
            f"losses[{k}]", losses[k], np.mean(prices[k]),
            known={
                "this is the total; asked for is the mean over the points": np.sum(prices[k]),
                "this is the loss of the last point only": np.ravel(prices[k])[-1],
                "this is the loss of the first point only": np.ravel(prices[k])[0],
                "it belongs to the place one step later": np.mean(prices[min(k + 1, 2)]),
                "it belongs to the place one step earlier": np.mean(prices[max(k - 1, 0)]),
                "the prediction was compared with itself, not with the class": np.mean(itself[k]),
            },
            hint=f"It should be the mean of loss(y, yhat(x, params)) at trajectories[{k}].",
        )


def described(value):
    """Say in a few words what kind of thing this is."""
    count = f" of {len(value)}" if isinstance(value, list | tuple | dict) else ""
    return f"a {type(value).__name__}{count}"


def pretend_gradients(params, x, y):
    """Not the gradient of anything: four simple formulas, each of which depends on other parameters, too.

    With these in the place of grad_f, a training loop can be checked by itself.
    """
    W, b, v, c = params
    return [0.5 * W + c, b + np.mean(x), 2.0 * v - np.sum(W), np.sum(b) - np.mean(y)]


def pretend_probabilities(X, params):
    """Not a network, but as simple as one can be: it looks at c only. Shape (n, 1)."""
    return 0.5 + params[3] * (np.reshape(X, (-1, 2)) @ np.array([[1.0], [4.0]]) + 1.0) / 16


def pretend_prices(y, y_hat):
    """Not a loss, but one price for each point, in which y and y_hat play different parts."""
    return (y - y_hat) ** 2 + 0.25 * y


def pretend_network(X, W, b, v, c):
    return pretend_probabilities(X, [W, b, v, c])


def training_on_its_own():
    """Check a training loop apart: gradients, predictions and prices are the simple ones above for a while."""
    return on_its_own(grad_f=pretend_gradients, yhat=pretend_probabilities, loss=pretend_prices)


# While a later question is checked, these take the place of your earlier functions.
# They are written in another way on purpose.
@stand_in
def course_sigmoid(z):
    return 0.5 + 0.5 * np.tanh(0.5 * np.asarray(z))


@stand_in
def course_relu(z):
    return 0.5 * (np.asarray(z) + np.abs(z))


@stand_in
def course_relu_prime(z):
    return np.heaviside(z, 0.0)

# %% [markdown] section="network"
# ## The network
#
# A point has two inputs, $x_1$ and $x_2$.
# Three hidden units look at both. One output unit looks at the three.
# Run the next cell to see which letter sits on which edge.
#
# For one point, written as a column $\mathbf x$, the network computes
#
# $$
# \mathbf z = W^{\mathsf T}\mathbf x + \mathbf b,
# \qquad \mathbf a = \max(0, \mathbf z),
# \qquad s = \mathbf v^{\mathsf T}\mathbf a + c,
# \qquad \hat y = \sigma(s).
# $$
#
# Here $w_{ij}$ is the weight from input $i$ to hidden unit $j$, so $z_j = w_{1j}x_1 + w_{2j}x_2 + b_j$.
# The output $\hat y$ is the probability that the point belongs to class 1.
#
# **In code, a point is a row.**
# Data sets come with one point in each row, and $n$ points are handled in one matrix product.
# A row is a transposed column, so every product turns around: $W^{\mathsf T}\mathbf x$ becomes `X @ W`.
#
# | symbol | in code | shape | what it is |
# |---|---|---|---|
# | $X$ | `X` or `x` | $(n, 2)$ | $n$ points, one in each row |
# | $Y$ | `y` | $(n, 1)$ | their classes, 0 or 1 |
# | $W$ | `W` | $(2, 3)$ | column $j$ belongs to hidden unit $j$ |
# | $\mathbf b$ | `b` | $(1, 3)$ | one bias for each hidden unit |
# | $Z$, $A$ | | $(n, 3)$ | before and after the relu |
# | $\mathbf v$ | `v` | $(3, 1)$ | one weight for each hidden unit |
# | $c$ | `c` | $()$ | the bias of the output: a single number |
# | $S$, $\hat Y$ | | $(n, 1)$ | before and after the sigmoid |
#
# The four parameters always travel together, in this order: `params = [W, b, v, c]`.
#
# Two habits save hours.
# Write the shape of each factor beside every product: in $(n,2)(2,3)$ the inner numbers must agree.
# And stay with plain arrays, where `*` multiplies entry by entry and `@` is the matrix product.
# In older code you may meet `np.asmatrix`, which silently gives `*` the other meaning.

# %%
# @title Draw the network
from matplotlib import colors

CLASS_COLOURS = colors.ListedColormap([BLUE, ORANGE])


def draw_network():
    places = {"$x_1$": (0, 1.5), "$x_2$": (0, 0.5), r"$\hat y$": (4, 1)}
    places |= {f"$a_{j}$": (2, 3 - j) for j in (1, 2, 3)}
    figure, axes = plt.subplots(figsize=(7, 3.6))
    for i in (1, 2):
        for j in (1, 2, 3):
            draw_edge(axes, places[f"$x_{i}$"], places[f"$a_{j}$"], f"$w_{{{i}{j}}}$", BLUE, 0.34 if i == 1 else 0.66)
    for j in (1, 2, 3):
        draw_edge(axes, places[f"$a_{j}$"], places[r"$\hat y$"], f"$v_{j}$", RED, 0.5)
        axes.annotate(f"$b_{j}$", places[f"$a_{j}$"], (0, 24), textcoords="offset points", ha="center", color=BLUE)
    axes.annotate("$c$", places[r"$\hat y$"], (0, 24), textcoords="offset points", ha="center", color=RED)
    for name, (across, up) in places.items():
        axes.scatter(across, up, s=900, color="white", edgecolor="black", zorder=3)
        axes.text(across, up, name, ha="center", va="center", zorder=4, fontsize=12)
    for across, text in ((0, "inputs"), (2, "relu of\n$z_j$"), (4, "sigmoid of\n$s$")):
        axes.text(across, -0.62, text, ha="center", va="center", color=GREY)
    axes.set(title="Which parameter sits on which edge?", xlim=(-0.5, 4.5), ylim=(-0.95, 2.5))
    axes.axis("off")
    show("Two inputs, three hidden units, one output. Weights w on the blue edges with biases b, weights v on the red ones with the bias c.")


def draw_edge(axes, start, end, name, colour, where):
    axes.plot(*zip(start, end), color=colour, alpha=0.5, linewidth=1.2, zorder=1)
    middle = [a + where * (b - a) for a, b in zip(start, end)]
    axes.text(*middle, name, color=colour, ha="center", va="center", fontsize=10,
              bbox={"facecolor": "white", "edgecolor": "none", "pad": 1})


draw_network()

# %% [markdown] question="activations" minutes=20 level=1 lines=3
# ## 1. A bend, and two slopes
#
# A chain of matrix products is only one more matrix product.
# What lets a network draw anything but a straight line are the bends between the products.
# Yours has two kinds:
#
# $$\sigma(z) = \frac{1}{1 + e^{-z}}, \qquad \operatorname{relu}(z) = \max(0, z).$$
#
# The sigmoid squeezes any number into a probability. It belongs at the output, and it is given.
# The relu lets positive numbers pass and stops the others. It belongs in the hidden layer.
#
# On the way back, each bend multiplies what passes through it by its slope at the point where it stood.
# So you need the two slopes, $\sigma'(z)$ and $\operatorname{relu}'(z)$, as functions of the same $z$.
# Work out $\sigma'(z)$ on paper first.
# You will find that it can be written with $\sigma(z)$ alone, which saves a second exponential.
#
# The relu has a corner at 0, so it has no slope there.
# Any number from 0 to 1 would do. We agree on 0, as PyTorch and TensorFlow do.
# The slope is 1 on the right of the corner and 0 on its left.
#
# All of them work entry by entry: the result has the shape of $z$, whatever that shape is.
#
# Hint: `max(0, z)` is Python's own `max`. It cannot choose entry by entry. Numpy has a function that can.
#
# Hint: The argument of a slope is $z$, not $\sigma(z)$: it needs the sigmoid of it first.
#
# Hint: `(z > 0)` is an array of `True` and `False`. Numpy can turn it into numbers.

# %% solution="activations"
def relu(z):
    """Let positive entries of z pass, and turn the others into 0.

    Args:
        z: an array of any shape; a single number has shape (). It stays as it is.

    Returns:
        The values, in the shape of z.

    Example: relu of [-1.5, 0.0, 2.0] is [0.0, 0.0, 2.0].
    """
    ### BEGIN SOLUTION
    return np.maximum(0, z)
    ### END SOLUTION

# %% check="activations-relu" points=1
numbers = np.array([[-1.5, 0.0, 2.0], [0.25, -0.01, 30.0]])
check_value(
    "What relu gives for a (2, 3) array",
    ask(relu, numbers),
    [[0.0, 0.0, 2.0], [0.25, 0.0, 30.0]],
    known={
        "the negative entries lost their sign instead of becoming 0": np.abs(numbers),
        "relu returned its slope, 0 or 1, and not its value": [[0.0, 0.0, 1.0], [1.0, 0.0, 1.0]],
        "relu kept the negative entries and stopped the positive ones": np.minimum(0, numbers),
        "relu returned what it was given": numbers,
        "negative entries still leak through a little; that is the leaky relu":
            [[-0.015, 0.0, 2.0], [0.25, -0.0001, 30.0]],
        "positive entries are cut off at 1": np.clip(numbers, 0, 1),
    },
    hint="Positive entries stay what they are, all others become 0.",
)
### BEGIN HIDDEN TESTS
check_kept(relu, [np.array([-1.0, 2.0])], [np.array([0.5, 1.0])], "z",
           hint="Let it make a new array: z itself is needed again on the way back.")
for shape, seed in (((5,), 1), ((2, 3), 2), ((3, 1, 2), 3), ((), 4), ((), 6), ((1, 3), 7)):
    numbers = np.random.default_rng(seed).normal(0.0, 3.0, shape) * (1e-4 if seed == 7 else 1.0)
    with notebook_with(**BLANK):
        got = ask(relu, numbers)
    check_value(f"What relu gives for an array of shape {shape}", got, np.where(numbers > 0, numbers, 0.0))
check_value("What relu gives for large numbers", ask(relu, np.array([1500.0, -2000.0, 7e4])), [1500.0, 0.0, 7e4])
### END HIDDEN TESTS

# %% solution="slopes"
def sigmoid_prime(z):
    """The slope of the sigmoid at z. Note that z is what goes into the sigmoid, not what comes out.

    Args:
        z: an array of any shape; a single number has shape (). It stays as it is.

    Returns:
        The slopes, in the shape of z.

    Example: sigmoid_prime(0.0) is 0.25, the steepest slope there is.
    """
    ### BEGIN SOLUTION
    return sigmoid(z) * (1 - sigmoid(z))
    ### END SOLUTION


def relu_prime(z):
    """The slope of the relu at z: 1 where z is above 0, and 0 elsewhere, also at 0 itself.

    Args:
        z: an array of any shape; a single number has shape (). It stays as it is.

    Returns:
        The slopes, in the shape of z.

    Example: relu_prime of [-1.5, 0.0, 2.0] is [0, 0, 1].
    """
    ### BEGIN SOLUTION
    return np.where(z > 0, 1.0, 0.0)
    ### END SOLUTION

# %% check="slopes-sigmoid" points=1
numbers = np.array([[-3.0, -0.5, 0.0], [0.25, 2.0, 6.0]])
with on_its_own():
    got = ask(sigmoid_prime, numbers)
check_value(
    "What sigmoid_prime gives for a (2, 3) array",
    got,
    [[0.045176659730912, 0.2350037122015945, 0.25], [0.24613408273759835, 0.1049935854035065, 0.002466509291359931]],
    atol=1e-15,
    known={
        "you took z for a value that had already gone through the sigmoid": numbers * (1 - numbers),
        "the sigmoid is applied twice before the slope is taken":
            [[0.2498594768403093, 0.24129887788965604, 0.2350037122015945],
             [0.23124305656447242, 0.20715622948838924, 0.19683648191315697]],
        "one of the two factors is missing, and the other one is left":
            [[0.04742587317756678, 0.3775406687981454, 0.5],
             [0.5621765008857981, 0.8807970779778823, 0.9975273768433653]],
        "this is the slope of tanh": 1 - np.tanh(numbers) ** 2,
        "one minus the square belongs to tanh; the slope of the sigmoid has two different factors":
            [[0.9977507865533454, 0.8574630434034491, 0.75],
             [0.6839575818518002, 0.22419650742562425, 0.004939132447994599]],
    },
    hint="At z = 0 the slope is one quarter; far away on both sides it goes to 0.",
)
### BEGIN HIDDEN TESTS
for shape, seed in (((4,), 1), ((2, 3), 2), ((3, 1, 2), 3), ((), 4), ((1, 3), 5)):
    numbers = np.random.default_rng(seed).normal(0.5, 2.0, shape) - (12.0 if seed == 5 else 0.0)
    with on_its_own():
        got = ask(sigmoid_prime, numbers)
    check_value(
        f"What sigmoid_prime gives for an array of shape {shape}", got, 0.25 / np.cosh(numbers / 2) ** 2, atol=1e-14
    )
with on_its_own():
    got = ask(sigmoid_prime, np.array([1e-5, -2e-5]))
check_value("What sigmoid_prime gives near 0", got, 0.25 / np.cosh(np.array([1e-5, -2e-5]) / 2) ** 2, atol=1e-14)
with on_its_own():
    check_kept(sigmoid_prime, [np.array([-1.0, 2.0])], [np.array([0.5, 1.0])], "z", hint="Let it make a new array.")
far = np.array([-25.0, -15.0, 14.0])
with on_its_own():
    got = ask(sigmoid_prime, far)
check_value("What sigmoid_prime gives far from 0", got, 0.25 / np.cosh(far / 2) ** 2, rtol=1e-5,
            hint="The slope is small there, but it is not 0.")
### END HIDDEN TESTS

# %% check="slopes-relu" points=1
numbers = np.array([[-1.5, 0.0, 2.0], [0.25, -0.01, 30.0]])
with notebook_with(relu=course_relu, **BLANK):
    got = ask(relu_prime, numbers)
check_value(
    "What relu_prime gives for a (2, 3) array",
    got,
    [[0.0, 0.0, 1.0], [1.0, 0.0, 1.0]],
    known={
        "the slope at exactly 0 is 1; we agreed on 0": [[0.0, 1.0, 1.0], [1.0, 0.0, 1.0]],
        "the slope at exactly 0 is one half; we agreed on 0": [[0.0, 0.5, 1.0], [1.0, 0.0, 1.0]],
        "this is the value of relu, not its slope": [[0.0, 0.0, 2.0], [0.25, 0.0, 30.0]],
        "this is the sign of z: left of the corner the relu is flat, and the slope there is 0": np.sign(numbers),
        "the two sides of the corner have changed places": [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]],
        "the two sides of the corner have changed places, and 0 counts as the flat side":
            [[1.0, 1.0, 0.0], [0.0, 1.0, 0.0]],
        "the slope is 1 everywhere": np.ones((2, 3)),
    },
    hint="The slope is 1 where z is above 0, and 0 elsewhere.",
)
with notebook_with(relu=course_relu, **BLANK):
    check_kept(relu_prime, [np.array([-1.0, 2.0])], [np.array([0.5, -3.0])], "z", hint="Let it make a new array.")
### BEGIN HIDDEN TESTS
for shape, seed in (((5,), 1), ((2, 3), 2), ((3, 1, 2), 3), ((), 4), ((), 6), ((1, 3), 7)):
    numbers = np.random.default_rng(seed).normal(0.0, 3.0, shape) * (1e-4 if seed == 7 else 1.0)
    with notebook_with(relu=course_relu, **BLANK):
        got = ask(relu_prime, numbers)
    check_value(f"What relu_prime gives for an array of shape {shape}", got, (np.sign(numbers) + 1) / 2)
for numbers in (np.array([1e-12, -1e-12, 3e-10]), np.array([[0.5, 2.0], [7.0, 1e-3]]), np.array([[-0.5], [-3.0]])):
    with notebook_with(relu=course_relu, **BLANK):
        got = ask(relu_prime, numbers)
    check_value("What relu_prime gives for tiny numbers, or for numbers on one side of 0", got, (np.sign(numbers) + 1) / 2,
                hint="Entry by entry, and however small z is.")
### END HIDDEN TESTS

# %% [markdown]
# **Look:** the line is your slope. The dots are slopes that a ruler measured on the two curves. Do they lie on the line?
# What the picture means for a network: at best, a sigmoid passes on a quarter of what arrives.
# Far from 0 it passes on nothing. A relu passes on all or nothing.

# %%
# @title Draw your slopes over measured ones
def draw_slopes():
    z, dots = np.linspace(-6, 6, 481), np.linspace(-5.75, 5.75, 24)
    figure, both = plt.subplots(1, 2, figsize=(7.2, 3.4))
    pairs = ((sigmoid, sigmoid_prime, "sigmoid", RED), (relu, relu_prime, "relu", BLUE))
    for axes, (function, prime, name, colour) in zip(both, pairs):
        measured = (function(dots + 1e-5) - function(dots - 1e-5)) / 2e-5
        axes.plot(z, prime(z), color=colour, label=f"your {name}_prime")
        axes.plot(dots, measured, "o", color=GREY, markersize=4, label="measured")
        axes.set(title=f"Does {name}_prime fit your {name}?", xlabel="z", ylabel="slope", ylim=(-0.05, None))
        axes.legend()
    show("The slope of the sigmoid is a bell with its top at 1/4; that of the relu jumps from 0 to 1 at 0. Measured dots lie on both lines.")


draw_slopes()

# %% [markdown] question="loss" minutes=20 level=1 lines=2
# ## 2. The price of a prediction
#
# To improve a prediction you must first say how bad it is.
# The network says: with probability $\hat y$ this is class 1.
# The binary cross-entropy charges it for the surprise:
#
# $$L(y, \hat y) = -\,y \log \hat y \;-\; (1 - y) \log(1 - \hat y).$$
#
# The class $y$ is 0 or 1, so only one of the two terms is alive. The logarithm is the natural one.
# A coin flip, $\hat y = 0.5$, costs $\log 2 = 0.693$ whatever the class.
# Remember that number: it is where training starts.
#
# All symbols have the same shape, and the loss has it too: **one price for each point**. The mean comes later.
#
# **One trap.** After long training a prediction can be so sure that the computer stores exactly 1.0.
# Then the dead term is $0 \cdot \log 0$, which the computer calls `nan`, and one `nan` ruins every sum.
# So before taking logarithms, keep $\hat y$ a tiny distance, $10^{-15}$, away from 0 and from 1.
#
# Hint: A logarithm of a number below 1 is negative. Where does the minus go?
#
# Hint: The result is a single number? Then a mean or a sum came too early: each point keeps its own price.
#
# Hint: `nan` only for the surest predictions? Numpy has a function that keeps numbers between two bounds.

# %% solution="loss"
def loss(y, y_hat):
    """Binary cross-entropy of each point, with the natural logarithm.

    Args:
        y: the classes, 0 or 1; an array of any shape, or a single number.
        y_hat: the predicted probabilities of class 1, from 0 to 1 with both ends included, in the same shape.
        Both stay as they are.

    Returns:
        The price of each prediction, in the same shape. It is finite even where y_hat is exactly 0 or 1.

    Example: loss(1, 0.8) is 0.223144 and loss(0, 0.8) is 1.609438 (to six digits).
    """
    ### BEGIN SOLUTION
    y_hat = np.clip(y_hat, 1e-15, 1 - 1e-15)
    return -y * np.log(y_hat) - (1 - y) * np.log(1 - y_hat)
    ### END SOLUTION

# %% check="loss-value" points=2
labels = np.array([[1.0], [0.0], [1.0], [0.0]])
predictions = np.array([[0.8], [0.8], [0.3], [0.1]])
check_value(
    "The loss of four points",
    ask(loss, labels, predictions),
    [[0.2231435513142097], [1.6094379124341005], [1.203972804325936], [0.10536051565782628]],
    rtol=1e-7,
    known={
        "the class and the prediction have changed places: y comes first":
            [[6.907915198468175], [27.631021115928547], [24.177703194638614], [3.4538776394910693]],
        "the term for class 0 is missing": [[0.2231435513142097], [0.0], [1.203972804325936], [0.0]],
        "the term for class 1 is missing": [[0.0], [1.6094379124341005], [0.0], [0.10536051565782628]],
        "this is the squared error": (labels - predictions) ** 2,
        "the two logarithms have changed places":
            [[1.6094379124341005], [0.2231435513142097], [0.35667494393873245], [2.302585092994046]],
        "the logarithm is the one of base 2":
            [[0.3219280948873623], [2.321928094887362], [1.7369655941662063], [0.15200309344504997]],
        "the logarithm is the one of base 10":
            [[0.09691001300805639], [0.6989700043360189], [0.5228787452803376], [0.045757490560675115]],
    },
    hint="One price for each point; loss(1, 0.8) is about 0.2231.",
)
### BEGIN HIDDEN TESTS
for shape, seed in (((6, 1), 1), ((5,), 2), ((2, 3), 3), ((), 4), ((), 5), ((1, 4), 6)):
    random = np.random.default_rng(seed)
    labels, predictions = random.integers(0, 2, shape) * 1.0, random.uniform(0.02, 0.98, shape)
    predictions = np.abs(labels - predictions / 2048) if seed == 6 else predictions
    with notebook_with(**BLANK):
        got = ask(loss, labels, predictions)
    truth = -np.log(1 - np.abs(labels - predictions))
    check_value(f"The loss for arrays of shape {shape}", got, truth, rtol=2e-8)
labels, predictions = np.zeros((2, 1)), np.array([[1e-4], [7e-4]])
check_value("The loss of predictions near 0 for class 0", ask(loss, labels, predictions), -np.log(1 - predictions), rtol=2e-8)
check_value("The loss of predictions that are nearly sure and wrong",
            ask(loss, np.array([1.0, 0.0]), np.array([1e-9, 1 - 1e-10])), -np.log([1e-9, 1e-10]), rtol=1e-6,
            hint="The distance that y_hat keeps from 0 and 1 is 1e-15: a larger one changes this price.")
check_kept(loss, [np.array([0.0, 1.0, 0.0]), np.array([0.2, 0.9, 0.4])],
           [np.array([0.0, 1.0, 0.0]), np.array([0.3, 0.5, 0.1])], "y y_hat", hint="Let it make new arrays.")
check_value("The loss of a prediction that is as good as sure, and wrong", ask(loss, 1.0, 1e-13), -np.log(1e-13), rtol=2e-3,
            hint="The distance that y_hat keeps from 0 and 1 is 1e-15, and nothing else is cut off.")
check_value("The loss of a prediction that is as good as sure, and right", ask(loss, 0.0, 1e-7), 1e-7, rtol=1e-5)
### END HIDDEN TESTS

# %% check="loss-certain" points=1
sure_and_right = ask(loss, np.array([1.0, 0.0]), np.array([1.0, 0.0]))
sure_and_wrong = ask(loss, np.array([1.0, 0.0]), np.array([0.0, 1.0]))
unsure = ask(loss, np.array([1.0, 0.0]), np.array([0.8, 0.8]))
why = "Look at the check above first."
if same_data(unsure, -np.log([0.8, 0.2]), 1e-6):
    why = "Is the distance that you keep from 0 and 1 too large?"
assert np.all(np.isfinite(sure_and_right)), (
    "A prediction of exactly 1 for class 1 (or 0 for class 0) should cost next to nothing, but yours costs nan or inf. "
    "Somewhere 0 meets log(0): keep y_hat a little away from both ends first."
)
assert np.all(np.isfinite(sure_and_wrong)), (
    "A prediction that is certain and wrong should cost a lot, but yours costs nan or inf. "
    "Keep y_hat a little away from both ends, 0 and 1, before you take logarithms."
)
assert np.max(np.abs(sure_and_right)) < 1e-6, (
    "A prediction that is certain and right should cost next to nothing, and yours costs more than 0.000001. "
    + why
)
assert np.min(np.abs(sure_and_wrong)) > 10, (
    "A prediction that is certain and wrong should cost more than 10, and yours costs less. " + why
)
### BEGIN HIDDEN TESTS
for label in (0.0, 1.0):
    for prediction in (0.0, 1.0):
        price = np.abs(ask(loss, np.array([[label]]), np.array([[prediction]])))
        assert np.all(price < 1000), "Even a prediction that is certain and wrong should have a price below 1000."
        assert np.all(price < 1e-6) == (label == prediction), (
            "Only a certain prediction that is right should be free of charge."
        )
### END HIDDEN TESTS

# %% [markdown]
# **Look:** how much dearer is it to be sure and wrong than to be unsure?

# %%
# @title Draw the price of a prediction
def draw_loss():
    predictions = np.linspace(0.002, 0.998, 400)
    figure, axes = plt.subplots()
    axes.plot(predictions, loss(np.ones(400), predictions), color=ORANGE, label="the point is of class 1")
    axes.plot(predictions, loss(np.zeros(400), predictions), color=BLUE, label="the point is of class 0")
    axes.axhline(np.log(2), color=GREY, linewidth=1, linestyle=":", label="a coin flip, 0.693")
    axes.set(title="What does a prediction cost?", xlabel=r"prediction $\hat y$", ylabel="loss")
    axes.legend()
    show("Two curves: the price of a prediction for a point of class 1 falls to 0 at 1, that of class 0 falls to 0 at 0. They cross at a coin flip, 0.693.")


draw_loss()

# %% [markdown] question="derivative" minutes=15 level=2 lines=1
# ## 3. The slope of the price
#
# The backward pass starts here: if the prediction moves a little, how does the price move?
#
# Differentiate $L(y, \hat y)$ by $\hat y$, with $y$ fixed. All symbols keep one and the same shape.
# Before you write code, predict two things.
# Which sign should the slope have for a point of class 1?
# And what should happen to its size as $\hat y$ goes to 0?
#
# Here you need no protection: this function is only called with predictions strictly between 0 and 1.
# (Keep in mind that it *would* need some. Question 6 comes back to that.)
#
# Hint: Two logarithms, two fractions. Which sign has each?
#
# Hint: The second logarithm holds $1 - \hat y$. The chain rule gives its slope a factor of its own.
#
# Hint: A short and pretty result without any fraction? That is the slope by another variable. You will meet it soon.

# %% solution="derivative"
def loss_derivative(y, y_hat):
    """The slope of the loss with respect to the prediction y_hat, for each point.

    Args:
        y: the classes, 0 or 1; an array of any shape, or a single number.
        y_hat: the predicted probabilities of class 1, strictly between 0 and 1, in the same shape.
        Both stay as they are.

    Returns:
        The slopes, in the same shape.

    Example: loss_derivative(1, 0.8) is -1.25.
    """
    ### BEGIN SOLUTION
    return (1 - y) / (1 - y_hat) - y / y_hat
    ### END SOLUTION

# %% check="derivative" points=2
labels = np.array([[1.0], [0.0], [1.0], [0.0]])
predictions = np.array([[0.8], [0.75], [0.25], [0.2]])
check_value(
    "The slope of the loss for four points",
    ask(loss_derivative, labels, predictions),
    [[-1.25], [4.0], [-4.0], [1.25]],
    known={
        "this is the slope by s, the number before the sigmoid; asked for is the slope by y_hat": predictions - labels,
        "the slope of 1 - y_hat, which is -1, is missing in the second term": [[-1.25], [-4.0], [-4.0], [-1.25]],
        "the term for class 0 is missing": [[-1.25], [0.0], [-4.0], [0.0]],
        "the term for class 1 is missing": [[0.0], [4.0], [0.0], [1.25]],
        "this is the loss itself, not its slope":
            [[0.2231435513142097], [1.3862943611198906], [1.3862943611198906], [0.2231435513142097]],
        "this is the slope of the squared error": 2 * (predictions - labels),
        "the two denominators have changed places": [[-5.0], [1.3333333333333333], [-1.3333333333333333], [5.0]],
        "y_hat (1 - y_hat) is multiplied where it should divide": [[-0.032], [0.140625], [-0.140625], [0.032]],
    },
    hint="For class 1 a higher prediction is cheaper, so the slope is negative there.",
)
### BEGIN HIDDEN TESTS
for shape, seed in (((6, 1), 1), ((5,), 2), ((2, 3), 3), ((), 4), ((), 5), ((1, 3), 6)):
    random = np.random.default_rng(seed)
    labels, predictions = random.integers(0, 2, shape) * 1.0, random.uniform(0.02, 0.98, shape)
    with notebook_with(**BLANK):
        got = ask(loss_derivative, labels, predictions)
    truth = np.where(labels == 1, -1.0, 1.0) / (1 - np.abs(labels - predictions))
    check_value(f"The slope of the loss for arrays of shape {shape}", got, truth)
labels, predictions = np.zeros((2, 1)), np.array([[1e-4], [7e-4]])
check_value("The slope of the loss near 0 for class 0", ask(loss_derivative, labels, predictions), 1 / (1 - predictions))
labels, predictions = np.array([[1.0], [0.0]]), np.array([[1e-6], [1 - 1e-5]])
check_value("The slope of the loss for predictions that are nearly sure and wrong", ask(loss_derivative, labels, predictions),
            [[-1e6], [1e5]], rtol=1e-7, hint="It grows without a bound: nothing needs protection here.")
check_kept(loss_derivative, [np.array([0.0, 1.0, 0.0]), np.array([0.2, 0.9, 0.4])],
           [np.array([0.0, 1.0, 0.0]), np.array([0.3, 0.5, 0.1])], "y y_hat", hint="Let it make new arrays.")
check_value("The slope of the loss for a prediction that is as good as sure, and wrong", ask(loss_derivative, 1.0, 1e-10), -1e10,
            rtol=1e-6, hint="It grows without a bound: nothing needs protection here.")
### END HIDDEN TESTS

# %% [markdown] question="forward" minutes=20 level=1 lines=3
# ## 4. From points to probabilities
#
# Now put the pieces together, for $n$ points at once:
#
# $$
# \underset{(n,3)}{Z} = \underset{(n,2)}{X}\,\underset{(2,3)}{W} + \underset{(1,3)}{\mathbf b},
# \qquad \underset{(n,3)}{A} = \max(0, Z),
# $$
#
# $$
# \underset{(n,1)}{S} = \underset{(n,3)}{A}\,\underset{(3,1)}{\mathbf v} + \underset{()}{c},
# \qquad \underset{(n,1)}{\hat Y} = \sigma(S).
# $$
#
# The bias $\mathbf b$ has one row and $Z$ has $n$. Numpy adds that one row to every row, so no loop is needed.
#
# **By hand, once.** Take the point $(1, -0.5)$ and the parameters of the example:
#
# $$
# W = \begin{bmatrix} 0.8 & -0.6 & 0.3 \\ -0.4 & 0.7 & 0.9 \end{bmatrix},
# \qquad \mathbf b = \begin{bmatrix} 0.1 & -0.2 & 0.3 \end{bmatrix},
# $$
#
# $$
# \mathbf v = \begin{bmatrix} 0.5 \\ -1.2 \\ 0.9 \end{bmatrix},
# \qquad c = 0.25.
# $$
#
# Then $\mathbf z = (1.1,\ -1.15,\ 0.15)$, so the second unit is off and $\mathbf a = (1.1,\ 0,\ 0.15)$.
# The output sums up $0.55 + 0 + 0.135 + 0.25 = 0.935$, and $\hat y = \sigma(0.935) = 0.7181$.
# Follow each number before you go on.
#
# Hint: "operands could not be broadcast" or "matmul: mismatch": write the shapes beside the product. Which way round does it fit?
#
# Hint: The message speaks of shape `(n,)`? Some axis was flattened. Keep $\mathbf v$ as a column.
#
# Hint: Right for the example, wrong for other parameters? Look for a name that is not an argument of yours.

# %% solution="forward"
def yhat(X, params):
    """Predict the probability of class 1 for each point.

    Args:
        X: the points, shape (n, 2).
        params: the list [W, b, v, c], with shapes (2, 3), (1, 3), (3, 1) and (); use these, not a variable
            of the notebook. X and params stay as they are.

    Returns:
        The probabilities, shape (n, 1).

    Example: for the point (1, -0.5) and EXAMPLE_PARAMS, [[0.718089]] (to six digits).
    """
    ### BEGIN SOLUTION
    W, b, v, c = params
    a = relu(X @ W + b)
    return sigmoid(a @ v + c)
    ### END SOLUTION

# %% check="forward" points=3
points, _, place = example()
with on_its_own():
    got = ask(yhat, points, place)
check_value("What yhat gives for the five example points", got, WANTED["yhat"], known=MISTAKES["yhat"],
            hint="Compute the first point by hand, as in the text, and print z, a and s beside it.")
### BEGIN HIDDEN TESTS
for n, seed in ((7, 1), (1, 2), (2, 3), (3, 4), (7, 5), (4, 6), (5, 7)):
    random = np.random.default_rng(seed)
    points = random.uniform(-2, 2, (n, 2)) * (0 if n == 4 else 2 if n == 1 else 1)
    place = [random.normal(0, 1.1, shape) for shape in ((2, 3), (1, 3), (3, 1))] + [float(random.normal())]
    place[3] -= 14.0 * (n == 5)
    with on_its_own():
        got = ask(yhat, points, place)
    hidden = np.maximum(np.einsum("ni,ij->nj", points, place[0]) + place[1], 0)
    truth = np.exp(-np.logaddexp(0, -(np.einsum("nj,jk->nk", hidden, place[2]) + place[3])))
    check_value(f"What yhat gives for {n} points and other parameters", got, truth,
                hint="Does yhat use its own arguments only, and treat every point alike?")
with on_its_own():
    check_kept(yhat, [points, place], [points + 1, place], "X params")
random = np.random.default_rng(9)
W, b, v = (random.normal(0, 1.1, shape) for shape in ((2, 3), (1, 3), (3, 1)))
points = random.uniform(-2, 2, (4, 2))
for what, far, place in (
    ("points that are far away", 40 * points, [W, b, v / 40, 0.3]), ("a prediction that is nearly 0", points, [W, b, v, -28.0]),
    ("the same points and another v", points, [W, b, v - 1.0, 0.3]),
):
    with on_its_own():
        got = ask(yhat, far, place)
    total = np.maximum(far @ place[0] + place[1], 0) @ place[2] + place[3]
    check_value(f"What yhat gives for {what}", got, np.exp(-np.logaddexp(0, -total)), atol=1e-14,
                hint="Nothing is cut off, and nothing is remembered.")
### END HIDDEN TESTS

# %% [markdown]
# **Look:** the two maps show what two untrained networks think of the whole square.
# Along which lines does the colour change its direction? How many such lines are there?
#
# Each hidden unit adds one fold to the map, along the line where its $z_j$ is 0.
# On one side of its fold the unit takes part; on the other side it is off. Training will move these three folds.

# %%
# @title Draw two untrained networks
def draw_untrained():
    side = np.linspace(-2, 2, 121)
    across, up = np.meshgrid(side, side)
    square = np.column_stack([across.ravel(), up.ravel()])
    other = [np.array([[1.0, -1.2, 0.4], [0.3, 0.8, -1.5]]), np.array([[0.4, 0.2, -0.6]]),
             np.array([[-1.5], [1.2], [1.8]]), 0.2]
    figure, both = plt.subplots(1, 2, figsize=(7.2, 4), sharey=True)
    for axes, params, name in zip(both, (EXAMPLE_PARAMS, other), ("the example", "other parameters")):
        heights = yhat(square, params).reshape(across.shape)
        shades = axes.contourf(across, up, heights, 20, cmap="cividis", vmin=0, vmax=1)
        axes.set(title=name, xlabel="$x_1$", aspect="equal")
    figure.suptitle("Where does the map bend?")
    both[0].set_ylabel("$x_2$")
    figure.colorbar(shades, ax=both, label=r"$\hat y$", shrink=0.85)
    show("Two maps of untrained networks. Along at most three straight lines the shades change their direction.")


draw_untrained()

# %% [markdown] question="derivation" minutes=45 level=3
# ## 5. (A) Every gradient, on paper
#
# Here is the heart of it.
# **Derive the gradient of the loss with respect to each of the parameters: $c$, $v_j$, $b_j$ and $w_{ij}$.**
#
# Do it for one point first. Then write the four results in matrix form for $n$ points, **summed** over the points.
# (Why a sum and not a mean? Question 7 shows you the difference in a picture.)
#
# The path from any parameter to the loss runs from left to right. You walk it from right to left:
#
# $$
# w_{ij},\, b_j \;\longrightarrow\; z_j \;\longrightarrow\; a_j \;\longrightarrow\; s
# \;\longrightarrow\; \hat y \;\longrightarrow\; L,
# \qquad\qquad v_j,\, c \;\longrightarrow\; s.
# $$
#
# Each arrow is one small derivative. A gradient is the product of the arrows on its path.
# Three things to aim for:
#
# 1. Start with the two arrows on the right, $\partial L / \partial \hat y$ and $\partial \hat y / \partial s$.
#    Multiply them and simplify. Something remarkable happens. Call the result $\delta$ and use it from there on.
# 2. Give a name to every product that occurs twice, so that nothing is computed twice.
#    The gradients by $v_j$ and $b_j$ should be one short step from such a name.
# 3. Write the shape of every matrix beside it. A gradient has the shape of its parameter. That alone decides
#    what has to be transposed.
#
# You may type formulas between dollar signs, as in `$\frac{\partial L}{\partial c}$`,
# or put in words what you did on paper, formula by formula.
#
# Hint: Two arrows stand at the right end. Differentiate the loss by $\hat y$, then $\hat y$ by $s$, and multiply.
#
# Hint: The product loses its denominator. Write $\partial s / \partial v_j$ and $\partial s / \partial a_j$ as single letters.
#
# Hint: The slope of the relu is taken at $z_j$. For $n$ points, ask of every product which order of factors gives the shape of the parameter.

# %% [markdown] written="derivation" points=8
# ### BEGIN SOLUTION
# **One point.** Let $s = \sum_j v_j a_j + c$ and $\hat y = \sigma(s)$.
#
# The two arrows on the right are
#
# $$
# \frac{\partial L}{\partial \hat y} = -\frac{y}{\hat y} + \frac{1-y}{1-\hat y} = \frac{\hat y - y}{\hat y\,(1-\hat y)},
# \qquad \frac{\partial \hat y}{\partial s} = \sigma'(s) = \hat y\,(1-\hat y).
# $$
#
# Their product loses its denominator:
#
# $$\delta = \frac{\partial L}{\partial s} = \hat y - y.$$
#
# The output layer is one step further, because $\partial s/\partial c = 1$ and $\partial s/\partial v_j = a_j$:
#
# $$\frac{\partial L}{\partial c} = \delta, \qquad \frac{\partial L}{\partial v_j} = \delta\, a_j.$$
#
# For the hidden layer, $\partial s/\partial a_j = v_j$, and $\partial a_j/\partial z_j$ is 1 where $z_j > 0$
# and 0 elsewhere. So
#
# $$\varepsilon_j = \frac{\partial L}{\partial z_j} = \delta\, v_j\, [z_j > 0].$$
#
# With $\partial z_j/\partial b_j = 1$ and $\partial z_j/\partial w_{ij} = x_i$:
#
# $$\frac{\partial L}{\partial b_j} = \varepsilon_j, \qquad \frac{\partial L}{\partial w_{ij}} = \varepsilon_j\, x_i.$$
#
# **All points.** Stack the points as rows. Then, with $\odot$ for the product entry by entry,
#
# $$
# \underset{(n,1)}{\Delta} = \hat Y - Y, \qquad
# \underset{(n,3)}{E} = \big(\underset{(n,1)}{\Delta}\,\underset{(1,3)}{\mathbf v^{\mathsf T}}\big) \odot [Z > 0],
# $$
#
# $$
# \underset{()}{\frac{\partial L}{\partial c}} = \sum_n \Delta_n, \qquad
# \underset{(3,1)}{\frac{\partial L}{\partial \mathbf v}} = A^{\mathsf T}\Delta, \qquad
# \underset{(1,3)}{\frac{\partial L}{\partial \mathbf b}} = \sum_n E_{n\cdot}, \qquad
# \underset{(2,3)}{\frac{\partial L}{\partial W}} = X^{\mathsf T} E.
# $$
# ### END SOLUTION

# %% [markdown] marking="derivation"
# **How this is marked:** for each of the four gradients, the right result with a path of arrows that leads to it;
# the product of the two arrows on the right, simplified; the matrix form, with shapes.
# A slip in an early step costs its own points only. Another notation, or a proof with single sums, is as good.
#
# ### BEGIN MARK SCHEME
# 8 points. Follow a slip through: later steps that are right for the wrong earlier result keep their points.
#
# One point for each of these:
#
# 1. $\partial L/\partial\hat y = -y/\hat y + (1-y)/(1-\hat y)$, signs right
#    (the inner derivative $-1$ of $1-\hat y$ is seen).
# 2. $\partial\hat y/\partial s = \hat y(1-\hat y)$, and the product simplified to $\delta = \hat y - y$.
#    Half if it is not simplified.
# 3. $\partial L/\partial c = \delta$, from $\partial s/\partial c = 1$.
# 4. $\partial L/\partial v_j = \delta a_j$. No point for $\delta z_j$.
# 5. $\partial L/\partial z_j = \delta v_j [z_j > 0]$: both $v_j$ and the slope of the relu, the latter at $z_j$.
#    Half if one is missing.
# 6. $\partial L/\partial b_j$ equals it, and $\partial L/\partial w_{ij}$ equals it times $x_i$.
#    Half for one of the two.
# 7. The matrix form for $n$ points: a sum over the points in all four (or a mean, if it is said and used throughout).
# 8. Shapes: every gradient has the shape of its parameter, and the transposes fit:
#    $A^{\mathsf T}\Delta$, $\Delta\mathbf v^{\mathsf T}$, $X^{\mathsf T}E$.
#
# Often seen:
# - It stops at $\partial L/\partial\hat y$ and multiplies by $a_j$, so the slope of the sigmoid is missing:
#   lose the second point only.
# - $\delta\,\sigma'(s)$ with $\delta = \hat y - y$ (the slope counted twice): lose the second point only.
# - $\max(0, \delta v_j)$ for $\delta v_j [z_j > 0]$: lose the fifth point.
# - Results without any path, as if copied: at most 4 points.
# ### END MARK SCHEME

# %% [markdown] question="gradient" minutes=45 level=3 lines=8
# ## 6. (B) Every gradient, in code
#
# Your derivation becomes a function. It walks forward once and keeps what the way back needs.
# Then it returns the four gradients in the order of the parameters, each in the shape of its parameter,
# **summed over the points**.
#
# | gradient | passes through | shape |
# |---|---|---|
# | `dc` | the loss, the sigmoid | `()` |
# | `dv` | the loss, the sigmoid, the product with $\mathbf v$ | `(3, 1)` |
# | `db` | all of that, then the relu | `(1, 3)` |
# | `dW` | all of that, then the product with $W$ | `(2, 3)` |
#
# **Read this first: an abandoned attempt.** Somebody started like this, for one point, and went home.
# Three things are wrong with it. Find them before you write your own.
#
# ```python
# z = W.T @ x + b
# a = relu(z)
# y_hat = sigmoid(v.T @ a + c)
# slope_of_loss = -y / y_hat + (1 - y) / (1 - y_hat)
# dv = slope_of_loss * a
# dc = slope_of_loss * 1
# ```
#
# <details><summary>The three things</summary>
#
# - The walk back skips an arrow. From $\hat y$ it jumps to $\mathbf v$ and $c$, past the sigmoid.
# - It stops half-way. $\mathbf b$ and $W$ get no gradient, and nothing is returned.
# - It divides by $\hat y\,(1 - \hat y)$. Once a point is learnt, $\hat y$ is stored as exactly 1.0, and this is a
#   division by zero. Putting the missing arrow in does not help: zero divided by zero is `nan`.
#   The simplified $\delta$ of your derivation has no fraction and cannot fail.
#
# </details>
#
# Each gradient has its own check. Start with `dc`, the shortest path, and work to the left. Until you have all four, you may return `None` in the places of the others.
#
# Hint: Every entry off by the same factor? Look for a mean where a sum is asked for, or a slope that is used twice. The shape right and the numbers not? See whether something is transposed or reshaped that fits by accident.
#
# Hint: `db` has shape `(3,)`? A sum over the points drops an axis, unless you ask it to keep it. `dc` should be a single number, like $c$.
#
# Hint: `db` and `dW` off, `dv` and `dc` right? The mistake sits between the output and the hidden layer: two arrows are there.
# Wrong only where a unit is off? The slope of the relu is taken at the place where the relu stood.

# %% solution="gradient"
def grad_f(params, x, y):
    """Gradients of the loss by all parameters, summed over the points.

    Args:
        params: the list [W, b, v, c], with shapes (2, 3), (1, 3), (3, 1) and (); use these, not a variable
            of the notebook, and leave them as they are.
        x: the points, shape (n, 2).
        y: their classes, 0 or 1, shape (n, 1).

    Returns:
        The list [dW, db, dv, dc], with shapes (2, 3), (1, 3), (3, 1) and (). All are finite, also where a
        prediction is so sure that it is stored as exactly 0 or 1.

    Example: for EXAMPLE_PARAMS, EXAMPLE_X and EXAMPLE_Y, dc is 0.274576 (to six digits).
    """
    ### BEGIN SOLUTION
    W, b, v, c = params
    z = x @ W + b
    a = relu(z)
    delta = sigmoid(a @ v + c) - y
    epsilon = delta @ v.T * relu_prime(z)
    return [x.T @ epsilon, epsilon.sum(axis=0, keepdims=True), a.T @ delta, delta.sum()]
    ### END SOLUTION

# %% check="gradient-dc" points=2
check_gradient("c", hint="The path to c is the shortest: the loss, then the sigmoid. If this is off, so will all others be.")
### BEGIN HIDDEN TESTS
for n, seed in ((6, 61), (1, 62), (2, 63), (3, 64), (124, 65), (25, 66), (4, 67), (8, 68)):
    random = np.random.default_rng(seed)
    points, labels = random.uniform(-2, 2, (n, 2)), random.integers(0, 2, (n, 1)) * 1.0
    place = [random.normal(0, 1.1, shape) for shape in ((2, 3), (1, 3), (3, 1))] + [float(random.normal())]
    points, place = at_the_kink(points, place) if n == 6 else (points * (n != 4), place)
    points, labels, place = long_way(points, *place[:3], n == 25) if n > 20 else (points, labels, place)
    labels, place = (0 * labels, [*place[:2], place[2] / 4, -15.0]) if n == 8 else (labels, place)  # nearly learnt
    truth = 0.0
    for point, label in zip(points, labels[:, 0]):
        sums = [place[0][0, j] * point[0] + place[0][1, j] * point[1] + place[1][0, j] for j in range(3)]
        total = place[3] + sum(place[2][j, 0] * max(sums[j], 0.0) for j in range(3))
        error = np.exp(-np.logaddexp(0, -total)) - label
        truth += error
    with on_its_own():
        dc = one_gradient(ask(grad_f, place, points, labels), "c")
    check_value(f"dc for {n} points and other parameters", dc, truth, atol=1e-14,
                hint="Does grad_f use its own arguments only, and sum over all points, however small their errors are?")
### END HIDDEN TESTS

# %% check="gradient-dv" points=2
check_gradient("v", hint="If dc is right: what does the edge with v_j carry from the left?")
### BEGIN HIDDEN TESTS
for n, seed in ((6, 61), (1, 62), (2, 63), (3, 64), (124, 65), (25, 66), (4, 67), (8, 68)):
    random = np.random.default_rng(seed)
    points, labels = random.uniform(-2, 2, (n, 2)), random.integers(0, 2, (n, 1)) * 1.0
    place = [random.normal(0, 1.1, shape) for shape in ((2, 3), (1, 3), (3, 1))] + [float(random.normal())]
    points, place = at_the_kink(points, place) if n == 6 else (points * (n != 4), place)
    points, labels, place = long_way(points, *place[:3], n == 25) if n > 20 else (points, labels, place)
    labels, place = (0 * labels, [*place[:2], place[2] / 4, -15.0]) if n == 8 else (labels, place)  # nearly learnt
    truth = np.zeros((3, 1))
    for point, label in zip(points, labels[:, 0]):
        sums = [place[0][0, j] * point[0] + place[0][1, j] * point[1] + place[1][0, j] for j in range(3)]
        total = place[3] + sum(place[2][j, 0] * max(sums[j], 0.0) for j in range(3))
        error = np.exp(-np.logaddexp(0, -total)) - label
        for j in range(3):
            truth[j, 0] += error * max(sums[j], 0.0)
    with on_its_own():
        dv = one_gradient(ask(grad_f, place, points, labels), "v")
    check_value(f"dv for {n} points and other parameters", dv, truth, atol=1e-14,
                hint="Does grad_f use its own arguments only, and sum over all points, however small their errors are?")
### END HIDDEN TESTS

# %% check="gradient-db" points=2
check_gradient("b", hint="If dc is right: two arrows lie between s and z_j. Is each of them in your product?")
### BEGIN HIDDEN TESTS
for n, seed in ((6, 61), (1, 62), (2, 63), (3, 64), (124, 65), (25, 66), (4, 67), (8, 68)):
    random = np.random.default_rng(seed)
    points, labels = random.uniform(-2, 2, (n, 2)), random.integers(0, 2, (n, 1)) * 1.0
    place = [random.normal(0, 1.1, shape) for shape in ((2, 3), (1, 3), (3, 1))] + [float(random.normal())]
    points, place = at_the_kink(points, place) if n == 6 else (points * (n != 4), place)
    points, labels, place = long_way(points, *place[:3], n == 25) if n > 20 else (points, labels, place)
    labels, place = (0 * labels, [*place[:2], place[2] / 4, -15.0]) if n == 8 else (labels, place)  # nearly learnt
    truth, open_kink = np.zeros((1, 3)), np.zeros((1, 3))
    for point, label in zip(points, labels[:, 0]):
        sums = [place[0][0, j] * point[0] + place[0][1, j] * point[1] + place[1][0, j] for j in range(3)]
        total = place[3] + sum(place[2][j, 0] * max(sums[j], 0.0) for j in range(3))
        error = np.exp(-np.logaddexp(0, -total)) - label
        for j in range(3):
            truth[0, j] += error * place[2][j, 0] * (sums[j] > 0)
            open_kink[0, j] += error * place[2][j, 0] * (sums[j] >= 0)
    with on_its_own():
        db = one_gradient(ask(grad_f, place, points, labels), "b")
    check_value(f"db for {n} points and other parameters", db, truth, atol=1e-14,
                known={"the slope of the relu at exactly 0 is 1; we agreed on 0": open_kink},
                hint="Does grad_f use its own arguments only, and sum over all points, however small their errors are?")
### END HIDDEN TESTS

# %% check="gradient-dw" points=3
check_gradient("W", hint="If db is right: only one arrow is new, from z_j to w_ij.")
### BEGIN HIDDEN TESTS
for n, seed in ((6, 61), (1, 62), (2, 63), (3, 64), (124, 65), (25, 66), (4, 67), (8, 68)):
    random = np.random.default_rng(seed)
    points, labels = random.uniform(-2, 2, (n, 2)), random.integers(0, 2, (n, 1)) * 1.0
    place = [random.normal(0, 1.1, shape) for shape in ((2, 3), (1, 3), (3, 1))] + [float(random.normal())]
    points, place = at_the_kink(points, place) if n == 6 else (points * (n != 4), place)
    points, labels, place = long_way(points, *place[:3], n == 25) if n > 20 else (points, labels, place)
    labels, place = (0 * labels, [*place[:2], place[2] / 4, -15.0]) if n == 8 else (labels, place)  # nearly learnt
    truth, open_kink = np.zeros((2, 3)), np.zeros((2, 3))
    for point, label in zip(points, labels[:, 0]):
        sums = [place[0][0, j] * point[0] + place[0][1, j] * point[1] + place[1][0, j] for j in range(3)]
        total = place[3] + sum(place[2][j, 0] * max(sums[j], 0.0) for j in range(3))
        error = np.exp(-np.logaddexp(0, -total)) - label
        for j in range(3):
            truth[:, j] += error * place[2][j, 0] * (sums[j] > 0) * point
            open_kink[:, j] += error * place[2][j, 0] * (sums[j] >= 0) * point
    with on_its_own():
        dW = one_gradient(ask(grad_f, place, points, labels), "W")
    check_value(f"dW for {n} points and other parameters", dW, truth, atol=1e-14,
                known={"the slope of the relu at exactly 0 is 1; we agreed on 0": open_kink},
                hint="Does grad_f use its own arguments only, and sum over all points, however small their errors are?")
### END HIDDEN TESTS

# %% check="gradient-certain" points=1
# One point, far on the side of class 1: the network is so sure that its prediction is stored as exactly 1.0.
with on_its_own():
    gradients = [ask(grad_f, CERTAIN_PLACE, CERTAIN_POINT, np.array([[label]])) for label in (0.0, 1.0)]
wrong_dc, right_dc = (one_gradient(each, "c") for each in gradients)
assert np.all(np.isfinite(wrong_dc)) and np.all(np.isfinite(right_dc)), (
    "Where a prediction is stored as exactly 1.0, your dc is nan or inf. Something is divided by y_hat (1 - y_hat), "
    "which is 0 there. In your derivation two factors cancel: use what is left."
)
check_value("The size of dc, where the prediction is certain and wrong,", np.abs(wrong_dc), 1.0,
            any_shape=True, hint=hint_for_certain(wrong_dc))
check_value("The size of dc, where the prediction is certain and right,", np.abs(right_dc), 0.0, atol=1e-9,
            any_shape=True, hint="A point that is learnt should not pull at all.")
### BEGIN HIDDEN TESTS
for name in "Wbvc":
    for each in gradients:
        assert np.all(np.isfinite(as_numbers(one_gradient(each, name)))), (
            f"Where a prediction is stored as exactly 1.0, your d{name} holds nan or inf: something is divided by zero."
        )
### END HIDDEN TESTS

# %% check="gradient-unchanged" points=1
points, labels, place = example()
with on_its_own():
    check_kept(grad_f, [place, points, labels], [place, 2 * points, labels], "params x y",
               hint="It should only measure slopes, and make new arrays; the step comes in question 8.")
### BEGIN HIDDEN TESTS
random = np.random.default_rng(11)
place = [random.normal(0, 1, shape) for shape in ((2, 3), (1, 3), (3, 1))] + [0.4]
points, labels = random.uniform(-2, 2, (4, 2)), np.array([[0.0], [1.0], [1.0], [0.0]])
with on_its_own():
    check_kept(grad_f, [place, points, labels], [place, points + 1, 1 - labels], "params x y",
               hint="Let it make new arrays.")
### END HIDDEN TESTS

# %% [markdown]
# **Look:** each of the 13 parameters has two bars. One is your gradient. The other was measured:
# the parameter was moved a little, and the loss was computed again, with your `loss` and your `yhat`. Are all pairs level?
#
# In the second picture a single point of class 0 gets surer and surer of the wrong class.
# The grey line multiplies your two functions, `loss_derivative` and `sigmoid_prime`, as the chain rule says.
# On paper it equals `dc`. At which $s$ does the computer lose it?
#
# Stretch: At which $s$ would it be lost with 32 bits? Guess from the number of digits, then try `np.float32`.

# %%
# @title Draw your gradients beside measured ones
def draw_gradients():
    names = [f"$w_{{{i}{j}}}$" for i in (1, 2) for j in (1, 2, 3)]
    names += ["$b_1$", "$b_2$", "$b_3$", "$v_1$", "$v_2$", "$v_3$", "$c$"]
    W, b, v, c = EXAMPLE_PARAMS

    def total_loss(numbers):
        params = [numbers[:6].reshape(2, 3), numbers[6:9].reshape(1, 3), numbers[9:12].reshape(3, 1), numbers[12]]
        return np.sum(loss(EXAMPLE_Y, yhat(EXAMPLE_X, params)))

    measured = slope(total_loss, np.concatenate([W.ravel(), b.ravel(), v.ravel(), [c]]))
    yours = np.concatenate([np.ravel(gradient) for gradient in grad_f(EXAMPLE_PARAMS, EXAMPLE_X, EXAMPLE_Y)])
    places = np.arange(13)
    figure, axes = plt.subplots(figsize=(7.2, 3.8))
    axes.bar(places - 0.2, yours, 0.4, color=BLUE, label="your grad_f")
    axes.bar(places + 0.2, measured, 0.4, color=ORANGE, label="measured")
    axes.axhline(0, color=GREY, linewidth=0.8)
    axes.set(title="Are all pairs level?", xticks=places, xticklabels=names, ylabel="slope of the total loss")
    axes.legend()
    show("Thirteen pairs of bars, your gradients and measured ones. All pairs are level where grad_f is right.")


draw_gradients()


def product_of_two_slopes(s):
    try:
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.sum(loss_derivative(np.zeros(1), sigmoid(s)) * sigmoid_prime(s))
    except ZeroDivisionError:
        return np.nan


def draw_two_ways():
    sums, label = np.linspace(0, 45, 181), np.array([[0.0]])
    nothing, point = [np.zeros((2, 3)), np.zeros((1, 3)), np.zeros((3, 1))], np.array([[1.0, 1.0]])
    yours = [np.sum(grad_f([*nothing, s], point, label)[3]) for s in sums]
    product = np.array([product_of_two_slopes(np.array([s])) for s in sums])
    last = sums[np.isfinite(product)][-1]
    figure, axes = plt.subplots()
    axes.plot(sums, product, color=GREY, linewidth=5, alpha=0.5, label="loss_derivative times sigmoid_prime")
    axes.plot(sums, yours, color=RED, label="dc of your grad_f")
    axes.axvline(last, color=GREY, linestyle=":", linewidth=1, label=f"the product ends at s = {last:g}")
    axes.set(title="Which way survives a prediction that is sure?", xlabel="s", ylabel="slope by s", ylim=(0, 1.1))
    axes.legend(loc="lower right")
    show(f"The slope by s, two ways. Yours goes on to 1 for ever; the product of two slopes ends at s = {last:g}.")


draw_two_ways()

# %% [markdown] hunt="gradient_forgets_the_relu"
# **Bug hunt.** It passes the eye, and a network that is trained with it learns something. Which of these two lines is wrong?
#
# ```python
# delta = sigmoid(a @ v + c) - y
# epsilon = (delta @ v.T)
# ```
#
# <details><summary>The answer</summary>
#
# The second: it leaves out the slope of the relu. Units that are off take blame, and their folds move although they did nothing.
# Only `dW` and `db` are wrong, which is where the bars above would not be level.
#
# </details>

# %% [markdown] section="cloud"
# ## (C) The cloud of points
#
# This part is made for you. Read it, run it, and look.
#
# There are two sets of points, both drawn at random from the square between $-2$ and $2$:
#
# - `Xs`, `Ys` and `Zs` are the **cloud**: 1000 points, their coordinates and their classes. It is for looking,
#   and in the end for testing.
# - `xs` and `ys` are the **training set**: 500 other points, shape `(500, 2)`, and their classes, shape `(500, 1)`.
#
# Mind the labels. A point is of **class 1 if both coordinates have the same sign**.
# So class 1 fills the lower left and the upper right quarter.
# (The exclusive or below has one of its two questions turned around. Work out for one point that this is the same.)
#
# The fixed seeds make sure that your numbers are those of everybody else: 533 points of the cloud are of class 1.
#
# **Look:** try to part the two colours with one straight line. Then with two. What would three folds do?

# %% given
np.random.seed(123456)
W_init = 0.2 * np.random.rand(2, 3) - 0.1
b_init = 0.2 * np.random.rand(1, 3) - 0.1
v_init = 0.2 * np.random.rand(3, 1) - 0.1
c_init = 0.2 * np.random.rand() - 0.1
params_init = [W_init, b_init, v_init, c_init]

np.random.seed(12345)
Xs = np.random.uniform(low=-2.0, high=2.0, size=1000).reshape((1000, 1))
Ys = np.random.uniform(low=-2.0, high=2.0, size=1000).reshape((1000, 1))
Zs = np.logical_xor(Xs < 0, Ys > 0)

xs = np.random.uniform(low=-2.0, high=2.0, size=1000).reshape((500, 2))
ys = (np.sign(xs[:, :1]) == np.sign(xs[:, 1:])).astype(float)

# %%
# @title Draw the cloud
def scatter_classes(axes, across, up, classes, size=9):
    for label, marker in ((0, "o"), (1, "^")):
        chosen = np.ravel(classes) == label
        axes.scatter(np.ravel(across)[chosen], np.ravel(up)[chosen], s=size, marker=marker, color=CLASS_COLOURS(label),
                     linewidth=0.3, edgecolor="white", label=f"class {label}", zorder=2)


def draw_cloud():
    figure, axes = plt.subplots(figsize=(5.4, 5))
    scatter_classes(axes, Xs, Ys, Zs, 16)
    axes.axhline(0, color=GREY, linewidth=0.8)
    axes.axvline(0, color=GREY, linewidth=0.8)
    axes.set(title="Can one straight line part the classes?", xlabel="$x_1$", ylabel="$x_2$", aspect="equal")
    axes.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))
    show("A square of points: the lower left and the upper right quarter are of class 1, the other two of class 0.")


draw_cloud()

# %% [markdown] question="descent" minutes=30 level=2 lines=6
# ## 7. (D) Gradient descent
#
# The gradient points uphill. So take a small step the other way, and again, and again.
# With $\theta$ for any one of $W, \mathbf b, \mathbf v, c$ and $\eta$ for the learning rate `lr`:
#
# $$\theta_{k+1} = \theta_k - \eta \, \frac{\partial L}{\partial \theta}(\theta_k).$$
#
# All four gradients are taken **at the same place**, before any of the four parameters moves.
# That is what one call of `grad_f` in each iteration gives you.
#
# Keep a record, so that you can look at the journey afterwards:
#
# - `trajectories[k]` is the list `[W, b, v, c]` after $k$ steps. `trajectories[0]` is the start.
# - `losses[k]` is the **mean** loss over the points at `trajectories[k]`: the total loss divided by $n$.
#
# So after 3000 iterations each of them has 3001 entries.
# The total and the mean tell the same story, but the mean can be compared between data sets of any size.
#
# **Take the gradients from `grad_f` and the prices from `loss` and `yhat`, and from nothing else.**
# Call them with the arguments that their questions name, and no others:
# the check puts others in their places for a while, which give simple numbers that it knows.
# So it can look at your loop alone, and a slip in an earlier question does no harm here.
#
# **Keep it quick.** 3000 iterations over 500 points are 1.5 million visits.
# With arrays they take less than a second.
# A Python loop over the points takes half a minute or more, and several such runs are still to come.
#
# Hint: One entry too few? The start has a loss as well.
#
# Hint: All entries of trajectories are equal? `append` stores the array, not a copy, and `W -= ...` changes that array.
#
# Hint: `RuntimeWarning: overflow`? The steps are too long, or they go uphill. The check is happy, but the real loss rises or stays flat? Then look at the checks of `grad_f` again.

# %% solution="descent"
def gradient_descent(x, y, starting_params, iterations, lr):
    """Train with plain gradient descent, and keep a record of every step.

    Args:
        x: the points, shape (n, 2).
        y: their classes, shape (n, 1).
        starting_params: the list [W, b, v, c] to start from; it stays as it is.
        iterations: how many steps to take.
        lr: the learning rate, by which the summed gradients are multiplied.

    Returns:
        trajectories: a list of iterations + 1 entries, each one the list [W, b, v, c]; the first is the start.
        losses: a list of iterations + 1 numbers, the mean loss at each entry of trajectories.

    Example: gradient_descent(xs, ys, params_init, 3000, 1e-4) starts at a mean loss of 0.6948 and ends at 0.1252.
    """
    ### BEGIN SOLUTION
    trajectories = [starting_params]
    for _ in range(iterations):
        params = trajectories[-1]
        gradients = grad_f(params, x, y)
        trajectories.append([parameter - lr * gradient for parameter, gradient in zip(params, gradients)])
    losses = [np.mean(loss(y, yhat(x, params))) for params in trajectories]
    return trajectories, losses
    ### END SOLUTION

# %% check="descent-first" points=2
with training_on_its_own():
    run = ask(gradient_descent, *pretend_start(), 1, 0.25)
trajectories, losses = history(run, "gradient_descent", 1)
check_parameters("after one step", parameters(trajectories, 1), WALKED["one step"], descent_slips(),
                 hint="The gradients come from grad_f(params, x, y), all at the same place; each parameter moves by its own.")
### BEGIN HIDDEN TESTS
random = np.random.default_rng(21)
points, labels = random.uniform(-2, 2, (6, 2)), random.integers(0, 2, (6, 1)) * 1.0
start = [random.normal(0.3, 1, shape) for shape in ((2, 3), (1, 3), (3, 1))] + [float(random.normal())]
truth = moved(start, pretend_gradients(start, points, labels), -0.07)
with training_on_its_own():
    trajectories, losses = history(ask(gradient_descent, points, labels, start, 1, 0.07), "gradient_descent", 1)
check_parameters("after one step with other numbers", parameters(trajectories, 1), truth,
                 hint="Do you use the arguments x, y, starting_params and lr, and nothing else?")
### END HIDDEN TESTS

# %% check="descent-path" points=2
with training_on_its_own():
    run = ask(gradient_descent, *pretend_start(), 2, 0.25)
trajectories, losses = history(run, "gradient_descent", 2)
check_where_it_starts(trajectories)
check_parameters("after two steps", parameters(trajectories, 2), WALKED["two steps"], path_slips(),
                 hint="If the first step is right and the second one is not: take the gradient anew, at the new place, every time.")
### BEGIN HIDDEN TESTS
random = np.random.default_rng(22)
points, labels = random.uniform(-2, 2, (6, 2)), random.integers(0, 2, (6, 1)) * 1.0
start = [random.normal(0.3, 1, shape) for shape in ((2, 3), (1, 3), (3, 1))] + [float(random.normal())]
truth = [np.array(value) for value in start]
with training_on_its_own():
    trajectories, losses = history(ask(gradient_descent, points, labels, start, 5, 0.11), "gradient_descent", 5)
for k in range(6):
    check_parameters(f"in trajectories[{k}], with other numbers,", parameters(trajectories, k), truth,
                     hint="Does every step start where the one before has ended?")
    truth = moved(truth, pretend_gradients(truth, points, labels), -0.11)
# A single point, and points at the origin that all belong to class 0.
# Then gradients that are next to nothing, and many points with gradients that are large.
none, many = (np.zeros((3, 2)), np.zeros((3, 1))), (random.uniform(-2, 2, (120, 2)), np.ones((120, 1)))
origin, one = start, (points[:1], labels[:1])
for (points, labels), size in ((one, 1.0), (none, 1.0), (none, 1e-9), (many, 1e4)):
    start = [size * value for value in origin]
    truth = [start]
    for _ in range(2):
        truth.append(moved(truth[-1], pretend_gradients(truth[-1], points, labels), -0.25))
    with training_on_its_own():
        trajectories, losses = history(ask(gradient_descent, points, labels, start, 2, 0.25), "gradient_descent", 2)
    check_parameters("after two steps with special points", parameters(trajectories, 2), truth[2],
                     hint="It works the same for one point and for many, for points that are all zero, and however large the gradients are.")
# Twelve steps at a small rate, three with which the loss grows many times, and none.
for count, rate in ((12, 0.02), (3, 3.0), (0, 0.1)):
    with training_on_its_own():
        run = ask(gradient_descent, *pretend_start(), count, rate)
    trajectories, losses = history(run, "gradient_descent", count)
    points, labels, truth = pretend_start()
    speed = [0 * value for value in truth]
    for _ in range(count):
        speed = [0.0 * u - rate * g for u, g in zip(speed, pretend_gradients(truth, points, labels))]
        truth = moved(truth, speed, 1)
    check_parameters(f"after {count} steps with lr = {rate}", parameters(trajectories, count), truth,
                     hint="Rate and rule stay the same for all steps.")
### END HIDDEN TESTS

# %% check="descent-start" points=1
points, labels, start = example()
with training_on_its_own():
    check_kept(
        gradient_descent, [points, labels, start, 2, 0.1], [points + 1, labels, start, 2, 0.1],
        "x y starting_params iterations lr",
        hint="Then the next training run would start where this one ended. "
        "A name for an array is not a copy of it: `-=` changes the array that all its names share.",
    )
### BEGIN HIDDEN TESTS
with training_on_its_own():
    first, second = (ask(gradient_descent, points, labels, start, 3, 0.2) for _ in range(2))
    other = ask(gradient_descent, points + 1, labels, start, 3, 0.2)
check_parameters("after a second run from the same start", parameters(second[0], -1), parameters(first[0], -1),
                 hint="Two runs from the same start make the same journey. Does something outlive the first one?")
assert not same_data(parameters(other[0], -1), parameters(first[0], -1)), "Nothing moves yet: mend the steps first."
### END HIDDEN TESTS

# %% check="descent-losses" points=2
points, labels, start = example()
with training_on_its_own():
    run = ask(gradient_descent, points, labels, start, 2, 0.2)
check_losses(*history(run, "gradient_descent", 2))
### BEGIN HIDDEN TESTS
random = np.random.default_rng(23)
points, labels = random.uniform(-2, 2, (7, 2)), random.integers(0, 2, (7, 1)) * 1.0
start = [random.normal(0, 1, shape) for shape in ((2, 3), (1, 3), (3, 1))] + [float(random.normal())]
with training_on_its_own():
    trajectories, losses = history(ask(gradient_descent, points, labels, start, 3, 0.15), "gradient_descent", 3)
prices = [pretend_prices(labels, pretend_probabilities(points, parameters(trajectories, k))) for k in range(4)]
for k in range(4):
    check_value(f"losses[{k}] of another run", losses[k], np.mean(prices[k]),
                hint=f"It should be the mean of loss(y, yhat(x, params)) at trajectories[{k}].")
### END HIDDEN TESTS

# %%
# @title The real journey, with your own gradients: run me
losses_standard = losses_momentum = trajectories_momentum = None  # not trained yet


def trained(result, question):
    """Return the result of a training run, if there is one by now."""
    if result is None:
        raise NotImplementedError(f"This picture needs the training run of question {question}. Run its cell first.")
    return result


def check_shapes_before_training():
    """Stop early: with a shape that does not fit, numpy may compute n by n numbers, and training takes for ever."""
    shapes = [np.shape(yhat(xs[:4], params_init)), *map(np.shape, grad_f(params_init, xs[:4], ys[:4]))]
    assert shapes == [(4, 1), (2, 3), (1, 3), (3, 1), ()], "Mend the shapes of yhat and grad_f first, see their checks."


def draw_losses(title, **curves):
    figure, axes = plt.subplots()
    for (name, losses), colour in zip(curves.items(), (BLUE, ORANGE)):
        axes.plot(losses, color=colour, label=name.replace("_", " "))
    axes.axhline(np.log(2), color=GREY, linewidth=1, linestyle=":", label="a coin flip, 0.693")
    axes.set(title=title, xlabel="iterations", ylabel="mean loss", ylim=(0, 0.75))
    axes.legend()
    show("; ".join(f"{name.replace('_', ' ')}: from {losses[0]:.4f} to {losses[-1]:.4f}" for name, losses in curves.items()))


check_shapes_before_training()
trajectories_standard, losses_standard = gradient_descent(xs, ys, params_init, iterations=3000, lr=1e-4)
_, losses_averaged = gradient_descent(xs, ys, params_init, iterations=3000, lr=1e-4 / 500)
print(f"mean loss: {losses_standard[0]:.4f} at the start, {losses_standard[-1]:.4f} at the end")
print(f"with averaged gradients: {losses_averaged[0]:.4f} at the start, {losses_averaged[-1]:.4f} at the end")
draw_losses("When does it start to learn?", summed_gradients=losses_standard, averaged_gradients=losses_averaged)

# %% [markdown]
# **Look:** the mean loss should fall from 0.6948 to 0.1252. What happens in the first 300 steps, and why so little?
#
# All weights start close to 0. So the gradients of the hidden layer start close to 0 too: each holds a factor $v_j$.
# The network sits on a plateau, beside a coin flip. The slope is small, but not zero, and it grows by itself.
#
# **Sum or mean?** Many courses average the gradients over the points. This one sums them. What if you had averaged?
# The mean is the sum divided by 500, so nothing but the learning rate had to be divided by 500 for the second curve.
# With averaged gradients it stays at 0.6945 and never leaves the plateau.
# Nothing is wrong with a mean. But a learning rate has a meaning only together with it:
# `lr = 1e-4` with a sum is `lr = 0.05` with a mean over 500 points.
# Whenever you copy a learning rate from somewhere, ask what it was multiplied by.
#
# Stretch: What is the largest learning rate that still works? What does the curve look like just above it?

# %% free
# Room to play.

# %% [markdown] question="momentum" minutes=25 level=2 lines=8
# ## 8. (E) Gradient descent with momentum
#
# A ball that rolls down a valley does not stop and think at every point. It keeps some of its speed.
# Give each parameter a velocity $u$ of its own shape, which starts at 0:
#
# $$
# u_{k+1} = \alpha\, u_k - \eta \, \frac{\partial L}{\partial \theta}(\theta_k),
# \qquad \theta_{k+1} = \theta_k + u_{k+1}.
# $$
#
# The velocity is called $u$ because $v$ is taken: $\mathbf v$ holds the weights of the output.
# The number $\alpha$ says how much of the velocity survives a step: with 0 you are back at gradient descent.
#
# **Books differ here.** Some multiply the gradient by $1 - \alpha$ as well, some take the gradient a little ahead
# (Nesterov's way). Those are other methods, or the same with another $\eta$. This course uses the two lines above.
#
# Three steps by hand, for one parameter with the gradients 1, 1, 0, with $\eta = 0.1$ and $\alpha = 0.5$:
# the velocities are $-0.1$, then $-0.05 - 0.1 = -0.15$, then $-0.075$. The third step moves although the gradient is 0.
#
# The record is the same as before. Gradients and prices come again from `grad_f`, `loss` and `yhat`.
#
# Hint: The velocity has four parts, one for each parameter, and each has the shape of its parameter.
#
# Hint: The first step is right and the second one is not? Then the old velocity is lost, or changed, between the two.
#
# Hint: A second run does not begin like the first one? Look for a velocity that is made outside the function, or in the line with `def`.

# %% solution="momentum"
def gradient_descent_momentum(x, y, starting_params, iterations, lr, alpha):
    """Train with momentum, and keep a record of every step.

    Args:
        x: the points, shape (n, 2).
        y: their classes, shape (n, 1).
        starting_params: the list [W, b, v, c] to start from; it stays as it is.
        iterations: how many steps to take.
        lr: the learning rate, by which the summed gradients are multiplied.
        alpha: the part of the velocity that survives a step, from 0 to below 1.

    Returns:
        trajectories: a list of iterations + 1 entries, each one the list [W, b, v, c]; the first is the start.
        losses: a list of iterations + 1 numbers, the mean loss at each entry of trajectories.

    Example: with alpha=0.5, the run of question 7 ends at a mean loss of 0.0784.
    """
    ### BEGIN SOLUTION
    velocities = [0.0, 0.0, 0.0, 0.0]
    trajectories = [starting_params]
    for _ in range(iterations):
        params = trajectories[-1]
        gradients = grad_f(params, x, y)
        velocities = [alpha * velocity - lr * gradient for velocity, gradient in zip(velocities, gradients)]
        trajectories.append([parameter + velocity for parameter, velocity in zip(params, velocities)])
    losses = [np.mean(loss(y, yhat(x, params))) for params in trajectories]
    return trajectories, losses
    ### END SOLUTION

# %% check="momentum-first" points=1
with training_on_its_own():
    run = ask(gradient_descent_momentum, *pretend_start(), 1, 0.25, 0.125)
trajectories, losses = history(run, "gradient_descent_momentum", 1)
check_where_it_starts(trajectories)
check_parameters("after the first step", parameters(trajectories, 1), WALKED["one step"], momentum_slips(),
                 hint="The velocity starts at 0, so the first step is the one of plain gradient descent.")
### BEGIN HIDDEN TESTS
random = np.random.default_rng(31)
points, labels = random.uniform(-2, 2, (6, 2)), random.integers(0, 2, (6, 1)) * 1.0
start = [random.normal(0.3, 1, shape) for shape in ((2, 3), (1, 3), (3, 1))] + [float(random.normal())]
truth = moved(start, pretend_gradients(start, points, labels), -0.07)
with training_on_its_own():
    trajectories, losses = history(
        ask(gradient_descent_momentum, points, labels, start, 1, 0.07, 0.6), "gradient_descent_momentum", 1)
check_parameters("after the first step with other numbers", parameters(trajectories, 1), truth,
                 hint="Do you use the arguments x, y, starting_params and lr, and nothing else?")
### END HIDDEN TESTS

# %% check="momentum-second" points=1
with training_on_its_own():
    run = ask(gradient_descent_momentum, *pretend_start(), 2, 0.25, 0.25)
trajectories, losses = history(run, "gradient_descent_momentum", 2)
check_parameters("after the second step", parameters(trajectories, 2), WALKED["two with momentum"], velocity_slips(),
                 hint="If the first step is right: what should be left over from it, for each of the four parameters?")
### BEGIN HIDDEN TESTS
random = np.random.default_rng(32)
points, labels = random.uniform(-2, 2, (6, 2)), random.integers(0, 2, (6, 1)) * 1.0
start = [random.normal(0.3, 1, shape) for shape in ((2, 3), (1, 3), (3, 1))] + [float(random.normal())]
for alpha in (0.0, 0.3, 0.85):
    # Two steps in one formula: the first gradient counts 1 + alpha times, the second one once.
    middle = moved(start, pretend_gradients(start, points, labels), -0.07)
    truth = moved(start, pretend_gradients(start, points, labels), -0.07 * (1 + alpha))
    truth = moved(truth, pretend_gradients(middle, points, labels), -0.07)
    with training_on_its_own():
        trajectories, losses = history(
            ask(gradient_descent_momentum, points, labels, start, 2, 0.07, alpha), "gradient_descent_momentum", 2)
    check_parameters(f"after the second step with alpha = {alpha}", parameters(trajectories, 2), truth,
                     hint="Does the velocity keep the part alpha of what it was?")
# A single point, and points at the origin that all belong to class 0.
# Then gradients that are next to nothing, and many points with gradients that are large.
none, many = (np.zeros((3, 2)), np.zeros((3, 1))), (random.uniform(-2, 2, (120, 2)), np.ones((120, 1)))
origin, one = start, (points[:1], labels[:1])
for (points, labels), size in ((one, 1.0), (none, 1.0), (none, 1e-9), (many, 1e4)):
    start = [size * value for value in origin]
    middle = moved(start, pretend_gradients(start, points, labels), -0.25)
    truth = moved(moved(start, pretend_gradients(start, points, labels), -0.375), pretend_gradients(middle, points, labels), -0.25)
    truth = [start, middle, truth]
    with training_on_its_own():
        trajectories, losses = history(ask(gradient_descent_momentum, points, labels, start, 2, 0.25, 0.5), "gradient_descent_momentum", 2)
    check_parameters("after two steps with special points", parameters(trajectories, 2), truth[2],
                     hint="It works the same for one point and for many, for points that are all zero, and however large the gradients are.")
### END HIDDEN TESTS

# %% check="momentum-third" points=1
with training_on_its_own():
    run = ask(gradient_descent_momentum, *pretend_start(), 3, 0.25, 0.25)
trajectories, losses = history(run, "gradient_descent_momentum", 3)
check_parameters("after the third step", parameters(trajectories, 3), WALKED["three with momentum"],
                 hint=("If the second step is right and this one is not: the velocity should remember all steps before, "
                       "each one weaker than the next, and not only the last gradient."))
### BEGIN HIDDEN TESTS
random = np.random.default_rng(33)
points, labels = random.uniform(-2, 2, (6, 2)), random.integers(0, 2, (6, 1)) * 1.0
start = [random.normal(0.3, 1, shape) for shape in ((2, 3), (1, 3), (3, 1))] + [float(random.normal())]
# The place after k steps in one sum: an earlier gradient counts 1 + alpha + alpha**2 + ... times.
# The large rate overshoots, so that velocity and gradient pull in opposite directions.
for rate, alpha in ((0.05, 0.7), (1.6, 0.4)):
    places, gradients = [start], []
    for _ in range(4):
        gradients.append(pretend_gradients(places[-1], points, labels))
        truth = start
        for age, gradient in enumerate(reversed(gradients)):
            truth = moved(truth, gradient, -rate * (1 - alpha ** (age + 1)) / (1 - alpha))
        places.append(truth)
    with training_on_its_own():
        trajectories, losses = history(
            ask(gradient_descent_momentum, points, labels, start, 4, rate, alpha), "gradient_descent_momentum", 4)
    for k in (3, 4):
        check_parameters(f"after step {k} with other numbers", parameters(trajectories, k), places[k],
                         hint="Does the velocity remember all steps before, also where the gradient turns against it?")
# Twelve steps at a small rate, three with which the loss grows many times, and none.
for count, rate in ((12, 0.02), (3, 3.0), (0, 0.1)):
    with training_on_its_own():
        run = ask(gradient_descent_momentum, *pretend_start(), count, rate, 0.97)
    trajectories, losses = history(run, "gradient_descent_momentum", count)
    points, labels, truth = pretend_start()
    speed = [0 * value for value in truth]
    for _ in range(count):
        speed = [0.97 * u - rate * g for u, g in zip(speed, pretend_gradients(truth, points, labels))]
        truth = moved(truth, speed, 1)
    check_parameters(f"after {count} steps with lr = {rate}", parameters(trajectories, count), truth,
                     hint="Rate and rule stay the same for all steps.")
### END HIDDEN TESTS

# %% check="momentum-start" points=1
points, labels, start = example()
with training_on_its_own():
    run, again = (ask(gradient_descent_momentum, points, labels, start, 2, 0.1, 0.5) for _ in range(2))
check_parameters("after a second run from the same start", parameters(again[0], -1), parameters(run[0], -1),
                 hint="It should be what the first run gave. Does the velocity of the first run live on?")
with training_on_its_own():
    check_kept(
        gradient_descent_momentum, [points, labels, start, 2, 0.1, 0.5], [points + 1, labels, start, 2, 0.1, 0.5],
        "x y starting_params iterations lr alpha",
        hint="Then the next run would start where this one ended. "
        "A name for an array is not a copy of it: `-=` and `+=` change the array that all its names share.",
    )
### BEGIN HIDDEN TESTS
with training_on_its_own():
    run, again = (ask(gradient_descent_momentum, points, labels, start, 4, 0.2, 0.8) for _ in range(2))
check_parameters("after a second, longer run from the same start", parameters(again[0], -1), parameters(run[0], -1),
                 hint="It should be what the first run gave. Does the velocity of the first run live on?")
### END HIDDEN TESTS

# %% check="momentum-losses" points=1
points, labels, start = example()
with training_on_its_own():
    run = ask(gradient_descent_momentum, points, labels, start, 2, 0.2, 0.5)
check_losses(*history(run, "gradient_descent_momentum", 2))
### BEGIN HIDDEN TESTS
random = np.random.default_rng(34)
points, labels = random.uniform(-2, 2, (7, 2)), random.integers(0, 2, (7, 1)) * 1.0
start = [random.normal(0, 1, shape) for shape in ((2, 3), (1, 3), (3, 1))] + [float(random.normal())]
with training_on_its_own():
    trajectories, losses = history(
        ask(gradient_descent_momentum, points, labels, start, 3, 0.15, 0.4), "gradient_descent_momentum", 3)
prices = [pretend_prices(labels, pretend_probabilities(points, parameters(trajectories, k))) for k in range(4)]
for k in range(4):
    check_value(f"losses[{k}] of another run", losses[k], np.mean(prices[k]),
                hint=f"It should be the mean of loss(y, yhat(x, params)) at trajectories[{k}].")
### END HIDDEN TESTS

# %%
check_shapes_before_training()
trajectories_momentum, losses_momentum = gradient_descent_momentum(
    xs, ys, params_init, iterations=3000, lr=1e-4, alpha=0.5)
print(f"mean loss: {losses_momentum[0]:.4f} at the start, {losses_momentum[-1]:.4f} at the end")
draw_losses("How far does momentum get?", your_gradient_descent_with_momentum=losses_momentum)

# %% [markdown] question="comparison" minutes=15 level=1
# ## 9. (E) Compare the two
#
# **Look:** both journeys start at the same place and use the same learning rate.
# The dotted lines join the iterations at which both reach the same loss.
# The ratio of the two numbers stands beside each line. Is it always about the same?
#
# Compare the two in a few sentences. Say
#
# - what you see: the shapes of the curves, where they end, who arrives when;
# - why: suppose that the gradient hardly changes for many steps. How long does each step become with $\alpha = 0.5$?
#   (The answer is a geometric series);
# - what you would expect for $\alpha = 0.9$, and one thing that could go wrong there. Try it in the free cell first.
#
# Hint: Read the ratios beside the dotted lines.
#
# Hint: Add up $1 + \alpha + \alpha^2 + \dots$
#
# Hint: What does a heavy ball do where the ground bends?

# %%
# @title Draw both loss curves
def draw_both():
    standard, momentum = trained(losses_standard, 7), trained(losses_momentum, 8)
    figure, axes = plt.subplots(figsize=(7.5, 4.3))
    axes.plot(standard, color=BLUE, label="gradient descent")
    axes.plot(momentum, color=RED, label=r"with momentum, $\alpha = 0.5$")
    for level in (0.6, 0.4, 0.3, 0.2, 0.15):
        arrivals = [np.flatnonzero(np.array(losses) <= level) for losses in (momentum, standard)]
        if all(len(arrival) for arrival in arrivals):
            early, late = (arrival[0] for arrival in arrivals)
            axes.plot([early, late], [level, level], "o:", color=GREY, markersize=4, linewidth=1.2)
            axes.annotate(f"{late} / {early} = {late / early:.2f}", (late, level), (8, 2), textcoords="offset points")
    axes.set(title="How much sooner does momentum arrive?", xlabel="iterations", ylabel="mean loss", ylim=(0, 0.75))
    axes.legend()
    show("Both loss curves. At each level momentum arrives in about half the iterations.")


draw_both()

# %% [markdown] written="comparison" points=3
# ### BEGIN SOLUTION
# Both curves have the same shape: a plateau at a coin flip, a steep fall, and a long flat end.
# With momentum everything happens sooner. It reaches each loss in about half the iterations,
# and after 3000 of them it is at 0.078 instead of 0.125.
#
# If the gradient $g$ hardly changes, the velocity grows to
# $-\eta g\,(1 + \alpha + \alpha^2 + \dots) = -\eta g/(1-\alpha)$.
# With $\alpha = 0.5$ each step is twice as long. So here momentum acts like a learning rate of $2\eta$,
# and the ratio of about 2 in the picture is just this factor.
#
# With $\alpha = 0.9$ the steps become up to ten times as long. The run ends at 0.035.
# It could go wrong where the ground bends: a ball that is ten times as fast overshoots the bottom and swings, or even
# flies out, if the learning rate is already near the largest one that works.
# (Where the gradients change their sign from step to step, on the other hand, momentum averages them out.
# That is its true gain, which a larger learning rate does not have.)
# ### END SOLUTION

# %% [markdown] marking="comparison"
# **How this is marked:** one point for what you see, one for why, one for what you expect of $\alpha = 0.9$.
#
# ### BEGIN MARK SCHEME
# One point for each of these:
#
# 1. What is seen: the same shape, momentum is earlier by a factor of about 2, and it ends lower (0.078 and 0.125).
#    One number suffices.
# 2. Why: equal gradients add up to $1/(1-\alpha) = 2$ times the step. "It keeps its speed" without the factor: half.
# 3. For $\alpha = 0.9$: faster still (up to 10 times the step; this run ends at 0.035), and overshooting or swinging
#    as the risk.
#
# An answer from other numbers (the student's code has a slip) is marked by its own pictures.
# ### END MARK SCHEME

# %% [markdown] question="boundary" minutes=25 level=2 lines=7
# ## 10. (F) The decision boundary
#
# What has the network learnt? Ask it about every place in the square, and paint the answer.
#
# This takes two functions.
# `ff_nn_relu` is the network once more, with its four parameters as separate arguments.
# It also answers for a single point of shape `(2,)`, as if that were the only row.
#
# `decision_grid` asks it about every node of a grid, and decides.
# It is class 1 where $\hat y$ is **above** 0.5, else class 0.
# A probability of exactly 0.5 is class 0.
#
# **Mind the order of the axes.** `plt.contourf(x, y, Z)` wants `Z` of shape `(len(y), len(x))`:
# the **row** of `Z` says how far up, the **column** how far to the right.
#
# $$Z_{ij} = \text{the class at the point } (x_j,\; y_i)$$
#
# If you fill it as `Z[i][j]` with $i$ for $x$, the picture is mirrored at its diagonal.
# The XOR pattern looks the same in that mirror, so nobody would notice, today. The check uses a pattern that does not.
#
# Hint: A grid of $m$ columns and $k$ rows has $m k$ nodes. Make a list of them, of shape `(m k, 2)`, and ask once.
#
# Hint: Or ask node by node, with two loops: slower, but sound. Mind which of the two loops runs over the rows.
#
# Hint: The shape is right and the picture is mirrored or torn? Look at the order in which the nodes are listed.

# %% solution="boundary"
def ff_nn_relu(X, W, b, v, c):
    """Predict the probability of class 1, from the four parameters one by one.

    Args:
        X: the points, shape (n, 2), or one point of shape (2,).
        W: shape (2, 3).
        b: shape (1, 3).
        v: shape (3, 1).
        c: a single number. All five stay as they are.

    Returns:
        The probabilities, shape (n, 1); for one point of shape (2,) a single probability, in any shape.

    Example: for the point (1, -0.5) and EXAMPLE_PARAMS it is 0.718089 (to six digits).
    """
    ### BEGIN SOLUTION
    return sigmoid(relu(X @ W + b) @ v + c)
    ### END SOLUTION


def decision_grid(x, y, params):
    """Decide the class at every node of a grid, by asking ff_nn_relu (or yhat).

    Args:
        x: the places of the columns, from left to right, shape (m,).
        y: the places of the rows, from bottom to top, shape (k,).
        params: the list [W, b, v, c]. It stays as it is, and so do x and y.

    Returns:
        The classes, 0 or 1, shape (k, m); entry [i, j] belongs to the point (x[j], y[i]).

    Example: for x of shape (3,) and y of shape (5,) the result has shape (5, 3).
    """
    ### BEGIN SOLUTION
    across, up = np.meshgrid(x, y)
    nodes = np.column_stack([across.ravel(), up.ravel()])
    probabilities = ff_nn_relu(nodes, *params)
    return np.where(probabilities > 0.5, 1, 0).reshape(across.shape)
    ### END SOLUTION

# %% check="boundary-network" points=2
points, _, place = example()
with on_its_own():
    got, single = ask(ff_nn_relu, points, *place), ask(ff_nn_relu, points[0], *place)
check_value("What ff_nn_relu gives for the five example points", got, WANTED["yhat"], known=MISTAKES["yhat"],
            hint="It should agree with yhat.")
check_value("What ff_nn_relu gives for the first example point alone, of shape (2,),", single, WANTED["yhat"][0, 0],
            any_shape=True, hint="A single point is one row.")
### BEGIN HIDDEN TESTS
for n, seed in ((6, 41), (1, 42), (2, 43), (4, 45), (3, 44)):
    random = np.random.default_rng(seed)
    points = random.uniform(-2, 2, (n, 2)) * (n != 4)  # four points at the origin, and parameters that are all 0
    W, b, v = (random.normal(0, 1.1 * (n != 4), shape) for shape in ((2, 3), (1, 3), (3, 1)))
    place = [W, b, v, float(random.normal()) * (n != 4) - (12.0 if n == 2 else 0.0)]
    del W, b, v
    hidden = np.maximum(np.einsum("ni,ij->nj", points, place[0]) + place[1], 0)
    truth = np.exp(-np.logaddexp(0, -(np.einsum("nj,jk->nk", hidden, place[2]) + place[3])))
    with on_its_own():
        got, single = ask(ff_nn_relu, points, *place), ask(ff_nn_relu, points[-1], *place)
    check_value(f"What ff_nn_relu gives for {n} points and other parameters", got, truth,
                hint="Does it use its own arguments only, and in the order X, W, b, v, c?")
    check_value("What ff_nn_relu gives for a single point and other parameters", single, truth[-1, 0], any_shape=True)
with on_its_own():
    check_kept(ff_nn_relu, [points, *place], [points + 1, *place], "X W b v c")
### END HIDDEN TESTS

# %% check="boundary-grid" points=3
# While this check runs, ff_nn_relu and yhat are a stand-in: class 1 lies above a slanted line.
columns, rows, slanted = np.array([-1.0, 0.0, 1.0, 3.0]), np.array([-1.0, -0.25, 1.0]), [0.0, 0.0, 0.0, 1.0]
with on_its_own(ff_nn_relu=pretend_network, yhat=pretend_probabilities):
    got = ask(decision_grid, columns, rows, slanted)
check_value(
    "The grid of 3 rows and 4 columns", got, [[0, 0, 0, 0], [0, 0, 1, 1], [1, 1, 1, 1]],
    known={
        "the shape is forced: the numbers come column by column, and were poured into rows":
            [[0, 0, 1, 0], [0, 1, 0, 1], [1, 0, 1, 1]],
        "a probability of exactly 0.5 became class 1; only above 0.5 it should":
            [[0, 0, 0, 1], [0, 1, 1, 1], [1, 1, 1, 1]],
        "the rows are upside down: the first row belongs to the first entry of y":
            [[1, 1, 1, 1], [0, 0, 1, 1], [0, 0, 0, 0]],
        "the two classes have changed places": [[1, 1, 1, 1], [1, 1, 0, 0], [0, 0, 0, 0]],
        "everything is class 1: a probability has to be compared with 0.5, not with 0": np.ones((3, 4)),
        "the numbers are probabilities, and no decision was made":
            [[0.25, 0.3125, 0.375, 0.5], [0.4375, 0.5, 0.5625, 0.6875], [0.75, 0.8125, 0.875, 1.0]],
    },
    hint="Row i belongs to y[i] and column j to x[j].",
)
### BEGIN HIDDEN TESTS
for m, k, seed in ((5, 4, 51), (3, 3, 52), (2, 6, 53), (4, 1, 54), (1, 3, 55)):
    random = np.random.default_rng(seed)
    columns, rows = np.sort(random.uniform(-2, 2, m)) * (m != 1), np.sort(random.uniform(-1, 0.5, k)) * (m != 1)
    for side in (1.0, -1.0, 1e-3, -1e-3, 1e-6):
        with on_its_own(ff_nn_relu=pretend_network, yhat=pretend_probabilities):
            got = ask(decision_grid, columns, rows, [0.0, 0.0, 0.0, side])
        truth = [[1 if side * (across + 4 * up + 1) > 0 else 0 for across in columns] for up in rows]
        check_value(f"The grid of {k} rows and {m} columns, for another line,", got, truth,
                    hint="Row i belongs to y[i] and column j to x[j], also where the grid is square.")
with on_its_own(ff_nn_relu=pretend_network, yhat=pretend_probabilities):
    columns, rows, place = np.array([-1.5, 0.0, 1.0]), np.array([-0.5, 0.0, 0.5]), [0.0, 0.0, 0.0, 1.0]
    check_kept(decision_grid, [columns, rows, place], [columns, rows - 0.25, place], "x y params")
### END HIDDEN TESTS

# %% [markdown]
# **Look:** the painted ground is what your network decides. The points are the cloud, which it never saw in training.
# The black lines are the three folds, where $z_1$, $z_2$ and $z_3$ are 0.
# Which of the folds make the boundary turn? Where does the network still fail, and does it fail far from the boundary?
#
# Then look back at the journey: move the slider through the training. When does the second corner appear?
#
# Stretch: Train with two hidden units, and with eight. How many folds does the boundary have then?

# %%
# @title Draw the decision boundary over the cloud
def draw_boundary(params, name):
    side = np.linspace(-2, 2, 250)
    W, b, v, c = params
    figure, axes = plt.subplots(figsize=(6.4, 5.2))
    axes.contourf(side, side, decision_grid(side, side, params), levels=[-0.5, 0.5, 1.5], cmap=CLASS_COLOURS, alpha=0.3)
    scatter_classes(axes, Xs, Ys, Zs, 14)
    for j in range(3):
        fold = (W[0, j] * side[:, None] + W[1, j] * side[None, :] + np.ravel(b)[j]).T
        axes.contour(side, side, fold, levels=[0.0], colors="black", linestyles=["--", "-.", ":"][j], linewidths=1.2)
        axes.plot([], [], color="black", linestyle=["--", "-.", ":"][j], linewidth=1.2, label=f"fold of unit {j + 1}")
    right = np.mean((ff_nn_relu(np.hstack([Xs, Ys]), *params) > 0.5) == Zs)
    axes.set(title=f"What has it learnt? ({name}: {right:.1%} right)", xlabel="$x_1$", ylabel="$x_2$", aspect="equal")
    axes.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))
    axes.grid(False)
    return f"The square, painted by the class that the network decides ({name}): {right:.1%} of the cloud is right."


show(draw_boundary(trained(trajectories_momentum, 8)[-1], "momentum"))


def draw_moment(step):
    """The boundary after so many steps of the training."""
    return draw_boundary(trained(trajectories_momentum, 8)[step], f"after {step} steps")


slide(draw_moment, step=[0, 50, 100, 150, 200, 300, 500, 1000, 3000])

# %% [markdown] question="scales" minutes=30 level=2
# ## 11. Inputs on different scales
#
# One challenge in training neural networks is inputs that are not on the same scale.
# So far both inputs ran from $-2$ to $2$. Say that they were metres.
# Now somebody delivers the first one in centimetres. The points are the same, and so are the classes.
# Only the numbers in one column are 100 times as large.
#
# **Look:** on the left, the size of the first gradients of $W$, row by row.
# On the right, the loss over 1000 iterations of your own `gradient_descent`: metres, mixed units with two learning
# rates, and mixed units that were standardised first (each column minus its mean, divided by its standard deviation).
#
# **Why are inputs on different scales a problem?**
# Start from the derivative of the loss with respect to a weight of the first layer: you derived it in (A).
# Then explain what you see in both pictures, and say what one can do about it.
#
# Hint: Which factor of $\partial L / \partial w_{ij}$ depends on $i$?
#
# Hint: All weights share one learning rate. How long are the steps of $w_{1j}$ and of $w_{2j}$?
#
# Hint: Measure a step by what it does to $z_j$: the large input acts twice.

# %%
# @title Draw gradients and losses on different scales
mixed = xs * [100.0, 1.0]
standardised = (mixed - mixed.mean(axis=0)) / mixed.std(axis=0)
check_shapes_before_training()
losses_by_scale = {
    name: gradient_descent(points, ys, params_init, iterations=1000, lr=lr)[1]
    for name, points, lr in (("mixed units", mixed, 1e-4), ("mixed units, lr / 100", mixed, 1e-6),
                             ("metres", xs, 1e-4), ("mixed, standardised", standardised, 1e-4))
}


def draw_scales():
    figure, (bars, curves) = plt.subplots(1, 2, figsize=(7.5, 3.8), width_ratios=[1, 1.6])
    for place, (name, points, colour) in enumerate((("metres", xs, BLUE), ("mixed", mixed, RED))):
        sizes = np.abs(grad_f(params_init, points, ys)[0]).mean(axis=1)
        bars.bar(np.arange(2) + 0.4 * place - 0.2, sizes, 0.4, color=colour, label=name)
    bars.set(title="Which row gets the push?", xticks=[0, 1], xticklabels=["$w_{1j}$", "$w_{2j}$"],
             ylabel="mean size of the gradient", yscale="log")
    bars.legend()
    looks = {"mixed units": (RED, "-", 0.5), "mixed units, lr / 100": (ORANGE, "-", 2), "metres": (BLUE, "-", 2),
             "mixed, standardised": (GREEN, "--", 2)}
    for name, (colour, line, width) in looks.items():
        curves.plot(losses_by_scale[name], color=colour, linestyle=line, linewidth=width, label=name)
    curves.set(title="Who learns?", xlabel="iterations", ylabel="mean loss", ylim=(0, 1.8))
    curves.legend()
    show("On the left, gradients: in mixed units the row of the large input gets far more. On the right, losses: mixed units jump or crawl, metres and standardised inputs learn.")


draw_scales()

# %% [markdown] written="scales" points=6
# ### BEGIN SOLUTION
# For one point, $\partial L/\partial w_{ij} = \varepsilon_j\, x_i$,
# with $\varepsilon_j = (\hat y - y)\, v_j\, [z_j > 0]$.
# The factor $\varepsilon_j$ is the same for both inputs of a hidden unit. The factor $x_i$ is not:
# **the gradient of a weight is proportional to its input**.
# If $x_1$ is 100 times as large as $x_2$, so (roughly) are the gradients of the weights $w_{1j}$, and so are their
# steps, because all weights share one learning rate. The left picture shows it: the bar of $w_{1j}$ grows 67 times.
#
# This goes the wrong way round. A large input needs a *small* weight and a fine step, because a change of $w_{1j}$
# changes $z_j$ by $x_1$ times as much. Now it gets the longest steps. Measured by its effect on $z_j$, a step along
# $w_{1j}$ is $100^2$ times as strong.
# In other words, the loss is a narrow ravine: its curvature along $w_{1j}$ is about $10^4$ times that along $w_{2j}$.
#
# So no learning rate fits both. One that suits $w_{2j}$ overshoots along $w_{1j}$: the loss jumps up and down, or grows
# without bounds (red curve). One that is safe for $w_{1j}$ lets $w_{2j}$ and the biases crawl (orange curve).
# Besides, $z_j$ is ruled by $x_1$ from the start. Then units are on or off because of one input alone, a relu can be
# pushed to the side where it is always off, and a sigmoid to where it is flat. The gradient vanishes there.
#
# What helps is to standardise each input: take away its mean and divide by its standard deviation,
# both measured on the training data and used unchanged for test data.
# (Methods that scale the step of each weight, such as Adam, cure a part of it.)
# ### END SOLUTION

# %% [markdown] marking="scales"
# **How this is marked:** the expression and what it says about the input (2 points);
# the consequences for the steps and for the learning rate, with what you see in the pictures (3 points);
# a remedy (1 point).
#
# ### BEGIN MARK SCHEME
# One point for each of these:
#
# 1. An expression for $\partial L/\partial w_{ij}$ in which the input stands as a factor: $\varepsilon_j x_i$,
#    or (activation before) times (error after).
# 2. The conclusion: the gradient of a weight, and so its step, is proportional to its input.
#    The weights of the large input dominate.
# 3. One learning rate for all is too long for one weight or too short for the other.
# 4. What that looks like: zigzag, jumps or divergence on the one hand, crawling on the other,
#    tied to a curve in the picture.
# 5. One further effect: curvature or conditioning (a ravine, a factor $100^2$), saturated sigmoids or dead relus,
#    or weighted sums that are ruled by one input.
# 6. A remedy: standardise or rescale the inputs (half if nothing is said of how; adaptive step sizes count as well).
#
# Often seen: "large inputs are more important to the network" without the derivative: at most 2 points in all.
# "The gradient of large inputs vanishes": wrong for the first layer by itself; right only through saturation.
# ### END MARK SCHEME

# %% [markdown] section="end"
# ## What you have learnt
#
# - The way back through a network is one small derivative for each edge, multiplied along the path.
# - At the output, the slope of the cross-entropy and the slope of the sigmoid belong together. Multiplied on paper they
#   become $\hat y - y$; multiplied in the computer they can become `nan`.
# - A gradient has the shape of its parameter. With that, the transposes take care of themselves.
# - A learning rate has a meaning only together with what it multiplies: a sum, a mean, a velocity.
# - Momentum adds up gradients that agree, up to $1/(1-\alpha)$ times one step.
# - A hidden relu unit is a fold. Three folds can part what no line can.
# - The gradient of a weight is proportional to its input. Put inputs on one scale first.
#
# Read on: [Why momentum really works](https://distill.pub/2017/momentum/), with pictures that move,
# and chapter 6.1 of the [Deep Learning book](https://www.deeplearningbook.org/contents/mlp.html), which learns XOR as well.
#
# **What comes next:** this network had two layers, and you wrote one line of algebra for each.
# The next notebook does it for any list of layers with one loop, and lets a gradient check find your slips.
