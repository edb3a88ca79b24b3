# ---
# jupyter:
#   chainrule:
#     title: Backpropagation on a computational graph
#     files: []
#   kernelspec: {display_name: Python 3, language: python, name: python3}
# ---

# %% [markdown]
# # Backpropagation on a computational graph
#
# A neural network learns by asking one question over and over:
# *if I turn this weight a little, what happens to the loss?*
# Backpropagation answers that question for every weight at once,
# with one walk through the network from its end to its start.
#
# In this notebook you build all of it by hand, for a network so small that you can see every number:
# five features, nine weights, one loss.
# There is no library that does it for you, and no matrix that hides the steps.
# At the end your nine weights learn from 506 rows of data, with three different optimizers,
# and a surprise waits in the weights that they find.
#
# **You need** Python, numpy, and derivatives of functions of one variable.
#
# [questions]
#
# Run the cells from top to bottom.
# Where you find `# YOUR CODE HERE`, write your answer in place of the line that raises `NotImplementedError`.
# The check cells below an answer tell you what is right and what is not yet. They are there to be run often.
# When your work is marked, each check looks at more places than the one that you see.
#
# **What a check takes:** a number may be a Python float, a number of numpy or an array of shape `()`, and a tensor counts as an array.
# It compares nine digits, so stay in float64, which Python and numpy use by themselves. Functions leave their arguments as they are.

# %% given include="checkkit"

# %% include="pictures"

# %% given embed="graph.npy"

# %% [markdown] section="data"
# ## The data
#
# Each row is a district of Boston. Five numbers describe it:
# the share of industry (`f1`), the share of old houses (`f2`),
# pupils per teacher (`f3`), the property tax (`f4`) and the nitric oxides in its air (`f5`).
# Each column was shifted and scaled so that its mean is 0 and its standard deviation is 1.
# So there are no units left.
# The sixth column is the target `y`. Where it comes from is the surprise.

# %% given
data = np.load(open_course_file("graph.npy"))
data.flags.writeable = False  # whoever changes a row by accident is told
X = data[:, :5]  # features, shape (506, 5)
y = data[:, 5]  # targets, shape (506,)

# %% [markdown]
# ## The graph
#
# A **computational graph** is a formula drawn as a picture.
# Each circle does one small thing to the numbers that arrive from its left, and sends the result to its right.
#
# The same graph as formulas, part by part. Every symbol is one single number, of shape `()`.
#
# - Blue: $\quad\mathtt{val\_1} = e^{\,(w_1 f_1 + w_2 f_2)^2 \,+\, w_6}$
# - Green: $\quad\mathtt{part\_1} = \tanh(\mathtt{val\_1} + w_7)$
# - Purple: $\quad\mathtt{sigmoid} = \sigma\big(\sin(w_3 f_3)\,(w_4 f_4 + w_5 f_5) + w_8\big)$
# - Grey: $\quad y' = \mathtt{part\_1} + w_9\cdot\mathtt{sigmoid}\quad$ and $\quad L = (y - y')^2$
#
# Python counts from zero: $f_1 \dots f_5$ are `x[0]` to `x[4]`, and $w_1 \dots w_9$ are `w[0]` to `w[8]`.

# %%
# @title The drawing of the graph: run me
NINE_NAMES = [f"w{i}" for i in range(1, 10)]


def draw_graph(forward=None, gradients=None, title="From five features and nine weights to one loss"):
    """Draw the graph, with the numbers of a forward pass and of a backward pass where they are given."""
    figure, axes = plt.subplots(figsize=(7.5, 4.8))
    circles = {
        "a": (1.3, 4.7, "×"), "b": (1.3, 3.7, "×"), "ab": (2.6, 4.2, "+"), "square": (3.8, 4.2, "( )²"),
        "+w6": (5.0, 4.2, "+"), "exp": (6.2, 4.2, "exp"), "+w7": (7.6, 4.2, "+"), "tanh": (8.8, 4.2, "tanh"),
        "c": (1.3, 2.3, "×"), "sin": (2.6, 2.3, "sin"), "d": (1.3, 1.3, "×"), "e": (1.3, 0.3, "×"),
        "de": (2.6, 0.8, "+"), "cde": (4.0, 1.5, "×"), "+w8": (5.4, 1.5, "+"), "sigmoid": (6.8, 1.5, "σ"),
        "*w9": (8.8, 1.5, "×"), "sum": (10.3, 2.9, "+"), "loss": (11.9, 2.9, "( )²"),
    }  # fmt: skip
    part = dict.fromkeys(("a", "b", "ab", "square", "+w6", "exp"), BLUE)
    part |= dict.fromkeys(("+w7", "tanh"), GREEN)
    part |= dict.fromkeys(("c", "sin", "d", "e", "de", "cde", "+w8", "sigmoid"), PURPLE)
    arrows = (
        "a>ab b>ab ab>square square>+w6 +w6>exp exp>+w7 +w7>tanh tanh>sum c>sin sin>cde d>de e>de de>cde "
    )
    arrows += "cde>+w8 +w8>sigmoid sigmoid>*w9 *w9>sum sum>loss"
    style = {"arrowstyle": "-|>", "color": "0.35", "shrinkA": 15, "shrinkB": 15}
    for arrow in arrows.split():
        start, end = (circles[name][:2] for name in arrow.split(">"))
        axes.annotate("", xy=end, xytext=start, arrowprops=style)
    for name, (across, up, sign) in circles.items():
        axes.plot(
            across,
            up,
            "o",
            markersize=29,
            color="white",
            markeredgecolor=part.get(name, "0.35"),
            markeredgewidth=2,
        )
        axes.text(across, up, sign, ha="center", va="center", fontsize=10)

    def weight(number, across, up, aim):
        axes.annotate("", xy=aim, xytext=(across, up), arrowprops=style | {"shrinkA": 11})
        axes.text(across, up, f"w{number}", ha="center", va="center", color=RED, fontweight="bold")
        if gradients is not None:
            text = f"{float(gradients[f'dw{number}']):+.3f}"
            place = (across, up + 0.32, "center") if number > 5 else (across - 0.32, up, "right")
            axes.text(place[0], place[1], text, ha=place[2], va="center", color=RED, fontsize=9)

    for number, name in enumerate("abcde", 1):
        across, up, _ = circles[name]
        weight(number, 0.2, up + 0.22, (across, up))
        axes.annotate("", xy=(across, up), xytext=(0.2, up - 0.25), arrowprops=style | {"shrinkA": 11})
        axes.text(0.2, up - 0.25, f"f{number}", ha="center", va="center")
    for number, name in ((6, "+w6"), (7, "+w7"), (8, "+w8"), (9, "*w9")):
        across, up, _ = circles[name]
        weight(number, across, up + 1.05, (across, up))
    axes.annotate("", xy=(11.9, 2.9), xytext=(11.9, 4.0), arrowprops=style | {"shrinkA": 11})
    axes.text(11.9, 4.0, "y", ha="center", va="center")
    axes.annotate("", xy=(13.1, 2.9), xytext=(11.9, 2.9), arrowprops=style | {"shrinkB": 6})
    axes.text(13.2, 2.9, "L", va="center", fontweight="bold")
    axes.text(11.1, 2.68, "y'", ha="center", va="top")
    for key, across, up in (("val_1", 6.9, 3.8), ("part_1", 9.85, 4.1), ("sigmoid", 7.8, 1.15)):
        text = f"'{key}'" if forward is None else f"'{key}'\n{float(forward[key]):.3f}"
        axes.text(across, up, text, ha="center", va="top", fontsize=9)
    if forward is not None:
        axes.text(13.2, 2.6, f"{float(forward['L']):.3f}", ha="center", va="top", fontsize=9)
    axes.set(xlim=(-1.0, 13.8), ylim=(-0.2, 5.8), title=title)
    axes.axis("off")
    numbers = "" if forward is None else f" Here val_1 is {forward['val_1']:.3f} and the loss is {forward['L']:.3f}."
    return f"The graph: features and weights on the left, three coloured branches, and the loss on the right.{numbers}"


show(draw_graph())

# %% given
# @title Tools of this notebook's checks: run me, nothing to change here
# What some well-known mistakes give at row 0 with every weight 0.1, so that a message can name them.
SLIPS = {
    "val_1": {
        "the sum w1 f1 + w2 f2 is not squared": 0.9600285153079816,
        "each product is squared on its own; the graph adds first": 1.1238172406624525,
        "w6 joined before the square; it joins after": 1.0016653962817164,
        "w6 is missing": 1.0200202390959008,
        "w6 was added after the exponential; it joins before": 1.1200202390959009,
        "this is the exponent; its exponential has not been taken": 0.11982246935020793,
        "the sum is doubled instead of squared": 0.8339477044955697,
    },
    "part_1": {
        "w7 is missing": 0.8100920345235406,
        "w7 was added after the tanh; it joins before": 0.9100920345235406,
        "w7 multiplies; the graph adds it": 0.11225456324497672,
        "the tanh has not been taken": 1.2272967040973584,
        "this went through the sigmoid; this part of the graph has a tanh": 0.773345084065685,
    },
    "sigmoid": {
        "w8 is missing": 0.5029469717514496,
        "w8 was added after the sigmoid; it joins before": 0.6029469717514496,
        "a cosine stands where the graph has a sine": 0.5049445640758428,
        "the sine covers the whole product; it covers w3 f3 only": 0.5279283187076403,
        "the sine is missing": 0.5279283874741931,
        "the sine and the bracket are added; the graph multiplies them": 0.46842568880234664,
        "w3 multiplies the sine; it belongs inside it": 0.5269881544452584,
        "this is what goes into the sigmoid, not what comes out": 0.11178802350675654,
        "w9 is already in it; w9 comes after": 0.05279179387419722,
        "the two products of the bracket are multiplied; the graph adds them": 0.5249443330335817,
    },
    "L": {
        "the difference is not squared": 0.9642639142409571,
        "the difference is not squared, and it is y' - y": -0.9642639142409571,
        "there is no factor 1/2 in this loss": 0.46490244815364595,
        "w9 is missing from the prediction": 0.23925575742737237,
        "w9 is added to the prediction; the graph multiplies it with 'sigmoid'": 0.15142820355273595,
        "the two branches are multiplied; the graph adds them": 3.29208126286739,
        "the tanh branch is missing from the prediction": 3.261843091878914,
        "the sigmoid branch is missing from the prediction": 1.034402313409618,
        "the loss compares the prediction with itself": 0.0,
    },
    "dL": {
        "this is the slope for y; for y' it has the other sign": 1.9285278284819143,
        "the 2 of the square is missing": -0.9642639142409571,
        "the 2 is missing, and the sign is that of y - y'": 0.9642639142409571,
        "this is 2 L; the slope of a square is not the square": 1.8596097926145838,
        "this is the loss itself": 0.9298048963072919,
    },
    "dw9": {
        "w9 itself stands where the number that w9 multiplies should stand": -0.19285278284819143,
        "this went through the sigmoid; w9 sits after it": -0.48062884073165163,
        "this went through w9 and the sigmoid; that is the way to w8": -0.04806288407316516,
        "the chain begins with 'dL', not with 'L'": 0.49086068429073865,
        "this is the local slope alone; what arrives from the right is missing": 0.5279179387419721,
        "this used 'part_1'; w9 multiplies the other branch": -1.6234220348685533,
        "w9 is in it, but w9 does not scale its own slope": -0.10181044360187037,
    },
    "dw8": {
        "the factor w9 is missing: the path from w8 to the loss goes through it": -0.48062884073165163,
        "the slope of the sigmoid is missing": -0.19285278284819143,
        "the slope of the sigmoid has a second factor": -0.10181044360187037,
        "this has one of the two factors of the sigmoid's slope": -0.09104233924632106,
        "this is the slope of a tanh; this branch has a sigmoid": -0.13910522331948622,
        "'sigmoid' already went through the sigmoid; it went through it again": -0.045004063237575574,
        "what arrives from the right ('dL') is missing": 0.02492205886963995,
        "the chain begins with 'dL', not with 'L'": 0.0231726523630498,
    },
    "dw7": {
        "the slope of the tanh is missing": -1.9285278284819143,
        "the tanh is not squared in its slope": -0.305105793613361,
        "this is the slope of a sigmoid; this branch has a tanh": -0.2568360492406721,
        "'part_1' already went through the tanh; it went through it again": -1.0189641259934135,
        "the slope of the tanh was taken at 'val_1', before w7 joined": -0.6629331682330947,
        "w9 is in it; w9 belongs to the other branch": -0.056194184285403306,
        "the exp is in it; w7 joins after the exp": -0.6334751873437471,
        "the slope of the tanh has the other sign": 0.561941842854033,
        "the slope of the tanh is one minus a square, not one plus a square": -3.2951138141097958,
        "what arrives from the right ('dL') is missing": 0.2913838392969308,
        "the chain begins with 'dL', not with 'L'": 0.27093012048310333,
    },
    "dw6": {
        "the slope of the exp is missing": -0.561941842854033,
        "this used the exponent; the slope of the exp is the exp itself": -0.06733325924197676,
        "'val_1' already is an exponential; it was taken again": -1.734882672491647,
        "the slope of the tanh is missing": -2.1740230648076975,
        "the factor w6 is in it, but w6 is only added": -0.0633475187343747,
        "the exp does not go down by one power": -0.23304249791599238,
    },
    "dw1": {
        "the 2 of the square is missing": -0.11486661749351,
        "the inside of the square is missing": 1.6317174222680981,
        "the square is still a square; its slope is one power lower": 0.016172334295554824,
        "the square is still a square; its slope is one power lower (times 2)": 0.03234466859110965,
        "the feature f1 is missing: what is the slope of w1 f1 for w1?": 0.17837684648877436,
        "w1 stands where f1 should stand": 0.017837684648877437,
        "f2 stands where f1 should stand": -0.02140761471775293,
        "only w1 f1 is inside; the square holds w1 f1 + w2 f2": -0.21015043677539294,
        "the slope of the exp ('val_1') is missing": -0.2037912770897086,
        "the slope of the tanh is missing": -0.7884213329789832,
    },
    "dw2": {
        "the 2 of the square is missing": -0.010703807358876464,
        "the inside of the square is missing": 0.15205104261964547,
        "the square is still a square; its slope is one power lower": 0.0015070135659975403,
        "the square is still a square; its slope is one power lower (times 2)": 0.0030140271319950805,
        "the feature f2 is missing: what is the slope of w2 f2 for w2?": 0.17837684648877436,
        "w2 stands where f2 should stand": 0.017837684648877437,
        "f1 stands where f2 should stand": -0.22973323498702,
        "only w2 f2 is inside; the square holds w1 f1 + w2 f2": -0.0018248165061258929,
        "the slope of the exp ('val_1') is missing": -0.018990222041759888,
        "the slope of the tanh is missing": -0.0734687783969302,
    },
    "dw3": {
        "w9 is in it twice; it is already part of dw8": -0.000562540558026632,
        "the sine is still a sine; take its slope": 0.0008266206036402292,
        "the slope of the sine has the other sign": 0.005625405580266319,
        "the feature f3 is missing: the sine has an inside": 0.0038556573776886353,
        "w3 stands where f3 should stand": 0.00038556573776886356,
        "the bracket w4 f4 + w5 f5 is missing": 0.06937873313095334,
        "the cosine was taken of f3; w3 is missing inside": -0.0006343277743348395,
        "the slope of the sine is missing": -0.005685814767019234,
        "w9 is missing": -0.056254055802663176,
        "what arrives from the right ('dw8') is missing": 0.1170426138328045,
    },
    "dw4": {
        "w9 is in it twice; it is already part of dw8": -0.00046579412227124235,
        "this has a cosine; w4 does not pass through the sine": 0.031698712119451675,
        "the sine is missing: it multiplies the bracket": 0.0320391130724013,
        "f5 stands where f4 should stand": -0.0010077228498574246,
        "w4 stands where f4 should stand": 0.0006987524545418549,
        "the feature f4 is missing": 0.006987524545418548,
        "the whole bracket is in it; its slope for w4 is simpler": -0.0005665664072569849,
        "w9 is missing": -0.04657941222712422,
    },
    "dw5": {
        "w9 is in it twice; it is already part of dw8": -0.00010077228498574247,
        "this has a cosine; w5 does not pass through the sine": 0.006857861657434678,
        "the sine is missing: it multiplies the bracket": 0.0069315057422350505,
        "f4 stands where f5 should stand": -0.004657941222712423,
        "w5 stands where f5 should stand": 0.0006987524545418549,
        "the feature f5 is missing": 0.006987524545418548,
        "the whole bracket is in it; its slope for w5 is simpler": -0.0005665664072569849,
        "w9 is missing": -0.010077228498574245,
    },
    "score": {
        "only one side is measured: once above or below, once in the middle": 1.9849500396034588e-05,
        "a weight stays turned while the next one is measured": 0.0001284669779784126,
        "the division is by eps, but the two points are 2 eps apart": 0.3333333333333333,
        "all weights are turned at once": 0.7909367959627321,
        "the last weight is not measured": 0.0316496439,
        "nothing moves while you measure (`w[:]` of an array is the same array, `w.copy()` is another), "
        "or the two losses are subtracted the wrong way round": 1.0,
    },
    "ratio": {
        "the length of the difference is not divided by anything": 0.7,
        "nothing moves while you measure, or each loss is taken at the wrong end: every measured slope is 0, or has its sign turned": 1.0,
        "one length alone is below the line (the smaller), not their sum": 1.4288817282897752,
        "the squares of the lengths are taken, not the lengths": 0.41637762419286617,
        "the sizes of the entries are added up; a length is the root of the sum of squares": 0.21320258919229979,
        "one length alone is below the line (the larger), not their sum": 0.7232189832137128,
        "the two vectors are added before their length is taken": 0.5127644131401999,
        "the lengths are multiplied below the line, not added": 1.476277700951977,
        "the division is by eps, but the two points are 2 eps apart": 0.371367318,
        "all weights are turned at once": 0.678814853,
        "the last weight is not measured": 0.480972871,
        "the lengths are subtracted above the line; take the length of the difference": 0.3278948523664008,
    },
}

# Places (features, target, weights, and what the forward pass stores there)
# for the checks of the backward pass.
PLACES = [
    (
        [0.83, -0.57, 1.21, 0.64, -0.92],
        0.43,
        [0.71, -0.46, 1.9, 1.12, -0.63, -0.85, -0.27, 0.34, 1.36],  # the cosine is negative here
        {
            "L": 1.407509420322228,
            "dL": 2.372770043912581,
            "val_1": 0.8825430142524121,
            "part_1": 0.5459147145237373,
            "sigmoid": 0.787110520170995,
        },
    ),
    (
        [-1.13, 0.49, 0.77, -1.34, 0.38],
        -0.62,
        [-0.66, 0.81, -0.94, 0.53, 1.27, -1.15, 0.42, -0.69, -0.88],
        {
            "L": 1.4781042959772592,
            "dL": 2.4315462537054557,
            "val_1": 1.1685495629823675,
            "part_1": 0.919926646494721,
            "sigmoid": 0.36835627232044665,
        },
    ),
    (
        [0.31, 1.07, -1.46, 0.95, 1.28],
        1.54,
        [-0.52, 0.67, 0.89, -0.41, 0.76, -0.63, -0.98, 0.23, 0.57],
        {
            "L": 2.4062946680646045,
            "dL": -3.102447207005853,
            "val_1": 0.7252799867923597,
            "part_1": -0.24935038883334695,
            "sigmoid": 0.41776629005336924,
        },
    ),
    (
        [1.37, 0.68, -0.44, -0.79, 1.16],
        -0.95,
        [0.29, 0.38, -1.19, 0.66, 0.84, -0.97, -0.33, 0.47, -1.08],
        {
            "L": 0.2272090591981318,
            "dL": 0.9533290286110705,
            "val_1": 0.582714739485668,
            "part_1": 0.24746885596694115,
            "sigmoid": 0.6674114274642646,
        },
    ),
]
REFERENCE_STORED = {
    "L": 0.9298048963072919,
    "dL": -1.9285278284819143,
    "val_1": 1.1272967040973583,
    "part_1": 0.8417934192562146,
    "sigmoid": 0.5279179387419721,
}
NOTEBOOK_W = "the weights came from a variable of the notebook, not from the argument `w`"
NOTEBOOK_X = "the features came from a variable of the notebook, not from the argument `x`"
NOTEBOOK_Y = "the target came from a variable of the notebook, not from the argument `y`"
NOTEBOOK_FP = "the stored values came from a variable of the notebook, not from the argument `forward`"
ALWAYS_ROW_0 = "the answer is the same wherever you ask: is a number from row 0 written into the function?"

# A place where no two weights are alike, what is right there, and what another weight in the place of one gives.
UNEVEN_X, UNEVEN_Y = np.array([0.83, -0.57, 1.21, 0.64, -0.92]), 0.43
UNEVEN_W = np.array([0.71, -0.46, 0.52, 1.12, -0.63, -0.85, -0.27, 0.34, 1.36])
UNEVEN = {
    "val_1": 0.8825430142524121,
    "part_1": 0.5459147145237373,
    "sigmoid": 0.7508085092925475,
    "L": 1.292801489209606,
    "dL": 2.274028574323204,
    "dw9": 1.707360003976262,
    "dw8": 0.5786250350085724,
    "dw5": -0.3132781802921207,
    "dw4": 0.2179326471597361,
    "dw3": 0.7338391313587993,
    "dw7": 1.596316039557981,
    "dw6": 1.4088175692509732,
    "dw1": 1.9913495459605577,
    "dw2": -1.3675533026476119,
}
UNEVEN_SLIPS = {
    "val_1": {
        "the weights of the two products are swapped": 0.7934079506234094,
        "one weight multiplies both features": 0.4422310305097988,
        "w2 (w[1]) stands where w1 (w[0]) should": 0.4335726792290309,
        "w1 (w[0]) stands where w2 (w[1]) should": 0.4422310305097988,
        "w3 (w[2]) stands where w2 (w[1]) should": 0.4657018809632138,
        "w5 (w[4]) stands where w6 (w[5]) should": 1.099716313802378,
        "w7 (w[6]) stands where w6 (w[5]) should": 1.5762557402448178,
    },
    "part_1": {
        "w6 (w[5]) stands where w7 (w[6]) should": 0.032531530914652614,
        "w8 (w[7]) stands where w7 (w[6]) should": 0.840402716262223,
    },
    "sigmoid": {
        "f4 and f5 are swapped, or w4 and w5": 0.3766783718845119,
        "w2 (w[1]) stands where w3 (w[2]) should": 0.41462180920712355,
        "w4 (w[3]) stands where w3 (w[2]) should": 0.8329091697520664,
        "w3 (w[2]) stands where w4 (w[3]) should": 0.7061888975401909,
        "w5 (w[4]) stands where w4 (w[3]) should": 0.6091667575932,
        "w4 (w[3]) stands where w5 (w[4]) should": 0.5387836800308564,
        "w6 (w[5]) stands where w5 (w[4]) should": 0.772422532176973,
        "w7 (w[6]) stands where w8 (w[7]) should": 0.6207961863703934,
        "w9 (w[8]) stands where w8 (w[7]) should": 0.8931118627941212,
    },
    "L": {
        "w8 (w[7]) stands where w9 (w[8]) should": 0.1377817248520105,
    },
    "dL": {
        "w8 (w[7]) stands where w9 (w[8]) should": 0.7423792153664069,
    },
    "dw8": {
        "w8 (w[7]) stands where w9 (w[8]) should": 0.1446562587521431,
    },
    "dw5": {
        "w2 (w[1]) stands where w3 (w[2]) should": 0.28123391016857757,
        "w4 (w[3]) stands where w3 (w[2]) should": -0.5200109415973195,
    },
    "dw4": {
        "w2 (w[1]) stands where w3 (w[2]) should": -0.19564098098683658,
        "w4 (w[3]) stands where w3 (w[2]) should": 0.361746741980744,
    },
    "dw3": {
        "w2 (w[1]) stands where w3 (w[2]) should": 0.7706515790822187,
        "w4 (w[3]) stands where w3 (w[2]) should": 0.1941749842522098,
        "w3 (w[2]) stands where w4 (w[3]) should": 0.5164724031562545,
        "w5 (w[4]) stands where w4 (w[3]) should": 0.09985284076804395,
        "w4 (w[3]) stands where w5 (w[4]) should": -0.1775161613654115,
        "w6 (w[5]) stands where w5 (w[4]) should": 0.8484095110155572,
    },
    "dw1": {
        "w2 (w[1]) stands where w1 (w[0]) should": -0.27970100492881117,
        "w1 (w[0]) stands where w2 (w[1]) should": 0.43171242065099114,
        "w3 (w[2]) stands where w2 (w[1]) should": 0.6849868256157926,
    },
    "dw2": {
        "w2 (w[1]) stands where w1 (w[0]) should": 0.19208382266195465,
        "w1 (w[0]) stands where w2 (w[1]) should": -0.2964772045434517,
        "w3 (w[2]) stands where w2 (w[1]) should": -0.47041263927831534,
    },
}
# What comes out there where a function peeks at the variables that `only_arguments` lays out.
UNEVEN_PEEKS = {
    "val_1": {NOTEBOOK_W: 0.37930327727512503, NOTEBOOK_X: 0.6606493988893141, NOTEBOOK_Y: 0.8825430142524121, ALWAYS_ROW_0: REFERENCE_STORED["val_1"]},
    "part_1": {NOTEBOOK_W: 0.04926336706213682, NOTEBOOK_X: 0.3719199341338392, NOTEBOOK_Y: 0.5459147145237373, ALWAYS_ROW_0: REFERENCE_STORED["part_1"]},
    "sigmoid": {NOTEBOOK_W: 0.6936846707911802, NOTEBOOK_X: 0.6696124063994191, NOTEBOOK_Y: 0.7508085092925475, ALWAYS_ROW_0: REFERENCE_STORED["sigmoid"]},
    "L": {NOTEBOOK_W: 1.2767103419496875, NOTEBOOK_X: 0.7269144942702782, NOTEBOOK_Y: 6.335360921775626, ALWAYS_ROW_0: REFERENCE_STORED["L"]},
    "dL": {NOTEBOOK_W: -2.2598321547846756, NOTEBOOK_X: 1.7051856136740988, NOTEBOOK_Y: 5.034028574323203, ALWAYS_ROW_0: REFERENCE_STORED["dL"]},
    "dw9": {NOTEBOOK_W: 1.707360003976262, NOTEBOOK_X: 1.707360003976262, NOTEBOOK_FP: 0.6362626878284353, ALWAYS_ROW_0: -1.0181044360187037},
    "dw8": {NOTEBOOK_W: -0.4594963513303369, NOTEBOOK_X: 0.5786250350085724, NOTEBOOK_FP: 0.2877946307795489, ALWAYS_ROW_0: -0.04806288407316516},
    "dw5": {NOTEBOOK_W: -0.4191202584271735, NOTEBOOK_X: -0.1522353172060229, NOTEBOOK_FP: -0.15581727850251778, ALWAYS_ROW_0: -0.0010077228498574246},
    "dw4": {NOTEBOOK_W: 0.2915619189058598, NOTEBOOK_X: 0.10367750051099837, NOTEBOOK_FP: 0.10839462852349062, ALWAYS_ROW_0: -0.004657941222712423},
    "dw3": {NOTEBOOK_W: 0.025428345063710514, NOTEBOOK_X: 0.400604309555082, NOTEBOOK_FP: 0.36499451126904947, ALWAYS_ROW_0: -0.005625405580266319},
    "dw7": {NOTEBOOK_W: 1.596316039557981, NOTEBOOK_X: 1.596316039557981, NOTEBOOK_FP: 0.894946363180369, ALWAYS_ROW_0: -0.561941842854033},
    "dw6": {NOTEBOOK_W: 1.4088175692509732, NOTEBOOK_X: 1.4088175692509732, NOTEBOOK_FP: 0.5214984368742948, ALWAYS_ROW_0: -0.6334751873437471},
    "dw1": {NOTEBOOK_W: 0.0563611556754544, NOTEBOOK_X: 2.547319676219485, NOTEBOOK_FP: 0.7371328255374469, ALWAYS_ROW_0: -0.22973323498702003},
    "dw2": {NOTEBOOK_W: -0.038705853897601214, NOTEBOOK_X: 1.2643630509702555, NOTEBOOK_FP: -0.5062237476582466, ALWAYS_ROW_0: -0.021407614717752925},
}


def generic_place(seed):
    """Features, a target and weights, no two of them alike."""
    rng = np.random.default_rng(seed)
    features = rng.uniform(0.4, 1.2, 5) * rng.choice([-1, 1], 5)
    weights = rng.uniform(0.3, 0.9, 9) * rng.choice([-1, 1], 9)
    weights[5] -= 1
    return features, float(rng.uniform(-1, 1)), weights


# Large numbers, where what is clipped, or loses its sign, shows: val_1 is above 10, the sine's inside beyond pi.
WIDE_PLACE = (
    np.array([1.4, -0.6, 2.2, -3.1, 2.7]),
    -1.7,
    np.array([-1.3, -0.9, -1.6, 1.2, 2.4, 2.1, -11.8, -1.4, -7.5]),
)
# A place for the backward pass where nearly every product is far above 10.
LARGE_PLACE = (
    [3.1, -2.7, 1.9, 4.2, -3.8],
    75.0,
    [1.2, -1.6, 7.8, 2.1, -1.4, -63.7, -2.2, -11.3, 2.3],
    {
        "L": 5430.133844529767,
        "dL": -147.37888375923828,
        "val_1": 2.564080667123075,
        "part_1": 0.3488033208562074,
        "sigmoid": 0.41815426066289285,
    },
)
# Far outside: what goes into each bent function is beyond 10, where a sigmoid is flat and a sine has turned round.
FAR_PLACE = (
    np.array([0.2, -0.4, 3.1, 2.6, -3.0]),
    0.9,
    np.array([0.3, 0.5, 4.2, -2.8, 3.1, -12.6, 0.4, -5.1, 1.7]),
)
# Almost no loss, and one of the features is 0.
SMALL_PLACES = [
    (
        [0.9, -0.6, 1.1, 0.0, -0.7],
        0.0003256675534403696,
        [0.5, -0.4, 0.8, 1.1, -0.9, -9.2, 3e-05, 0.2, 0.0002],
        {"L": 3.9999999999958574e-16, "dL": -3.999999999997929e-08, "val_1": 0.00016265161106353423, "part_1": 0.00019265160868013565, "sigmoid": 0.6649797238011699},
    ),
    (
        [0.4, 0.7, -1.2, 0.8, 0.0],
        0.9718388153156591,
        [-0.6, 0.3, 0.7, -1.0, 1.2, -0.8, 0.1, -0.5, 0.9],
        {"L": 1.0000000000575112e-12, "dL": 2.0000000000575113e-06, "val_1": 0.4497335422177633, "part_1": 0.5003204799070503, "sigmoid": 0.523910372676232},
    ),
    (
        [0.0, 1.1, 0.7, -0.5, 0.6],
        -0.3618738454677673,
        [0.8, -0.3, -1.1, 0.6, 0.4, -0.7, -0.2, 0.3, -1.2],
        {"L": 2.249999999962867e-12, "dL": -2.9999999999752447e-06, "val_1": 0.5537178599663719, "part_1": 0.33966860053942355, "sigmoid": 0.5846199550059924},
    ),
]
# Where the tanh and the sigmoid are nearly flat, to both sides; in the second the sine has hardly begun.
STEEP_PLACES = [
    ([0.7, -1.2, 0.9, 1.4, -0.8], 0.4, [1.1, -0.6, 0.8, -1.7, 0.9, -0.5, 0.1, -5.1, 1.2], {'L': 0.3611091745680884, 'dL': 1.2018472025479585, 'val_1': 5.585086945046054, 'part_1': 0.9999769314016472, 'sigmoid': 0.0007888915602767294}),
    ([-0.5, 0.9, 0.004, 0.8, 1.3], -0.7, [0.9, -0.4, 1.5, 0.7, -1.1, -0.3, -7.2, 5.3, -0.9], {'L': 1.4291896984849042, 'dL': -2.390974444434657, 'val_1': 1.4277503161569471, 'part_1': -0.9999806218007984, 'sigmoid': 0.9950073337961445}),
]
# Where 'val_1' is in the thousands, and where two of the features are 0.
HUGE_PLACE = (np.array([1.3, -0.9, 0.8, -1.1, 0.6]), 0.3, np.array([1.6, -0.9, 0.7, 1.2, -0.5, 0.1, -4684.5, 0.4, 0.8]))
GAPS_PLACE = (np.array([0.0, 0.9, -0.7, 0.0, 1.2]), -0.4, np.array([0.6, -0.7, 1.1, 0.9, 0.5, -0.4, 0.3, -0.2, 0.8]))
# Places where everything is 0 but the weights, or but the features.
NOTHING_COMES_IN = (np.zeros(5), 0.0, np.array([0.4, -0.7, 0.9, 1.2, -0.6, -0.3, 0.5, -0.8, 1.1]))
NOTHING_WEIGHS = (np.array([0.8, -1.1, 0.6, 1.3, -0.9]), 0.0, np.zeros(9))
STORED_AT_NOTHING = [
    {"L": 1.4082969191216577, "dL": 2.373433731218681, "val_1": 0.7408182206817179, "part_1": 0.8456887948497142, "sigmoid": 0.31002551887238755},
    {"L": 0.5800256583859739, "dL": 1.5231883119115297, "val_1": 1.0, "part_1": 0.7615941559557649, "sigmoid": 0.5},
]
DECOY_X, DECOY_Y, DECOY_W = (np.array(part) for part in PLACES[3][:3])


@stand_in
def course_sigmoid(z):
    return (1 + np.tanh(np.asarray(z) / 2)) / 2


def only_arguments(**others):
    """Give the usual variables of the notebook other values, so that only arguments can lead to a right answer."""
    features, targets, stored = np.tile(DECOY_X, (len(X), 1)), np.full(len(X), float(DECOY_Y)), PLACES[3][3]
    names = {
        "w": DECOY_W,
        "W": DECOY_W,
        "weights": DECOY_W,
        "x": DECOY_X,
        "X": features,
        "y": targets,
        "Y": targets,
    }
    names |= {"fp": stored, "d1": stored, "forward_dict": stored}
    return notebook_with(**names, **{"sigmoid": course_sigmoid, **others})


def entry(result, key, maker):
    """One value of the dict that a function returned."""
    assert isinstance(result, dict), (
        f"{maker} should return a dict, but it returned a {type(result).__name__}."
    )
    assert key in result, f"{maker} should return a dict with a key '{key}'. Its keys are {list(result)}."
    return result[key]


def number_or(value, otherwise):
    """The value where it is one finite number, else another."""
    array = as_numbers(value)
    usable = array is not None and array.shape == () and array.dtype.kind in "iuf" and np.isfinite(array)
    return float(array) if usable else otherwise


def built_on(result, **references):
    """Whether the values that another one is built on are right; if not, the check says that it waits for them."""
    wrong = [
        key for key, want in references.items() if not np.isclose(number_or(result.get(key), np.nan), want, rtol=1e-9)
    ]
    if wrong:
        waits_for(*wrong)
    return not wrong


def alive(results, keys):
    """Whether the next step can be seen in the values that it is built on: each is a number, and none is 0."""
    return all(number_or(result.get(key), 0.0) != 0 for result in results for key in keys)


def check_built(what, got, want, carried, known, hint=""):
    """Accept the right value, and what a slip further up, which costs its own mark, makes of it."""
    if not (np.isfinite(carried) and np.isclose(number_or(got, np.nan), carried, rtol=1e-9, atol=0)):
        check_value(what, got, want, known=known, hint=hint)


@np.errstate(over="ignore")  # what a mistake would give at a place may be beyond all floats
def check_forward(key, truth, carried=None, built=(), known=(), far=0.0):
    """Compare one value of the forward pass at places where nothing of the notebook can help.

    `carried` is what follows from the own values `built`, where these are alive. `far` moves the targets apart.
    """
    places = [generic_place(seed) for seed in (1, 5, 13)] + [WIDE_PLACE, FAR_PLACE, GAPS_PLACE]
    places += [(np.array(x), target, np.array(w)) for x, target, w, _ in STEEP_PLACES]
    places += [HUGE_PLACE] if key in ("val_1", "part_1") else []
    if not built:  # where there is nothing to build on, no slip further up can be told from one here
        places += [NOTHING_COMES_IN, NOTHING_WEIGHS]
    places = [(x, target + far * (-1) ** number, w) for number, (x, target, w) in enumerate(places)]
    with only_arguments():
        results = [ask(forward_propagation, *place) for place in places]
    for result in results:
        entry(result, key, "forward_propagation")
    for (features, target, weights), result in zip(places, results):
        mistakes = {why: wrong(features, target, weights) for why, wrong in dict(known).items()}
        mistakes |= {
            NOTEBOOK_W: truth(features, target, DECOY_W),
            NOTEBOOK_X: truth(DECOY_X, target, weights),
        }
        mistakes |= {NOTEBOOK_Y: truth(features, DECOY_Y, weights), ALWAYS_ROW_0: REFERENCE_STORED[key]}
        own = {name: number_or(value, np.nan) for name, value in result.items()}
        by_slip = carried(features, target, weights, own) if carried and alive(results, built) else np.nan
        want = truth(features, target, weights)
        check_built(f"'{key}' at another place, with other weights,", result[key], want, by_slip, mistakes)


def check_small_loss(key):
    """Compare 'L' or 'dL' where the loss is nearly 0, if what it is built on is right there."""
    for features, target, weights, right in SMALL_PLACES:
        with only_arguments():
            own = ask(forward_propagation, features, target, weights)
        fits = all(np.isclose(number_or(own.get(name), np.nan), right[name], rtol=1e-13) for name in ("part_1", "sigmoid"))
        if fits and (key == "L" or np.isclose(number_or(own.get("L"), np.nan), right["L"], rtol=1e-4)):
            check_value(f"'{key}' where the loss is nearly 0", own[key], right[key], rtol=1e-4,
                        hint="However small the difference is, it counts.")


def stored_at(features, target, weights, stored):
    """Right values for the backward pass, beside whatever else your forward pass stores."""
    own = ask_yours("forward_propagation", features, target, weights)
    return {**own, **stored} if isinstance(own, dict) else dict(stored)


def check_backward(key, truth, carried=None, built="", known=()):
    """Compare one gradient at places where nothing of the notebook can help."""
    known_places = [*PLACES[:3], LARGE_PLACE, *SMALL_PLACES, *STEEP_PLACES]
    if not built:  # else a slip further up would cost this mark too, for nothing can be seen here
        known_places += [
            (*place, stored) for place, stored in zip((NOTHING_COMES_IN, NOTHING_WEIGHS), STORED_AT_NOTHING)
        ]
    places = [(np.array(x), np.array(w), stored_at(x, target, w, stored)) for x, target, w, stored in known_places]
    with only_arguments():
        results = [ask(backward_propagation, *place) for place in places]
    for result in results:
        entry(result, key, "backward_propagation")
    for (features, weights, stored), result in zip(places, results):
        mistakes = {why: wrong(features, weights, stored) for why, wrong in dict(known).items()}
        mistakes |= {
            NOTEBOOK_W: truth(features, DECOY_W, stored),
            NOTEBOOK_X: truth(DECOY_X, weights, stored),
        }
        mistakes |= {NOTEBOOK_FP: truth(features, weights, PLACES[3][3])}
        mistakes |= {ALWAYS_ROW_0: truth(X[0], np.full(9, 0.1), REFERENCE_STORED)}
        mistakes = {why: value for why, value in mistakes.items() if value != 0}  # where a feature is 0, many are
        own = {f"dw{i}": number_or(result.get(f"dw{i}"), np.nan) for i in range(1, 10)}
        by_slip = carried(features, weights, stored, own) if built and alive(results, [built]) else np.nan
        want = truth(features, weights, stored)
        hint = "The loss is nearly 0 there: its slopes are small, but they are not 0." if stored["L"] < 1e-9 else ""
        check_built(f"'{key}' at another place, with other weights,", result[key], want, by_slip, mistakes, hint)


def at_row_0():
    """Your gradients at row 0 with every weight 0.1, from right stored values."""
    stored = stored_at(X[0], y[0], np.full(9, 0.1), REFERENCE_STORED)
    first, again = (ask(backward_propagation, X[0], np.full(9, 0.1), stored) for _ in range(2))
    if isinstance(first, dict) and isinstance(again, dict):
        same = all(number_or(first.get(key), 0.0) == number_or(again.get(key), 0.0) for key in SLIPS)
        assert same, (
            "Two calls with the same arguments give two answers. What is left over from the call before?"
        )
    return again


def check_uneven(key, result, maker, built):
    """Look at one value where all weights differ, so that none can stand for another; what it is built on is right."""
    got = entry(result, key, maker)
    if built_on(result, **{name: UNEVEN[name] for name in built}):
        check_value(
            f"'{key}' where all weights differ",
            got,
            UNEVEN[key],
            known={**UNEVEN_SLIPS.get(key, {}), **UNEVEN_PEEKS[key]},
            hint="Count from zero: is w1 `w[0]`, and w9 `w[8]`?",
        )


def check_row_0(key, result, maker, built, hint):
    """Look at one value at row 0 with every weight 0.1, where what it is built on is right."""
    right = {name: peeks[ALWAYS_ROW_0] for name, peeks in UNEVEN_PEEKS.items()}
    got = entry(result, key, maker)
    if built_on(result, **{name: right[name] for name in built}):
        check_value(f"'{key}'", got, right[key], known=SLIPS[key], hint=hint)


def check_stored(key, *built, hint):
    """Look at one value of the forward pass: at row 0 with every weight 0.1, and where all weights differ.

    `built` are the values that it is built on; where one of them is wrong, this check waits.
    """
    with notebook_with(sigmoid=course_sigmoid):
        stored = ask(forward_propagation, X[0], y[0], np.full(9, 0.1))
    check_row_0(key, stored, "forward_propagation", built, hint)
    with only_arguments():
        stored = ask(forward_propagation, UNEVEN_X, UNEVEN_Y, UNEVEN_W)
    check_uneven(key, stored, "forward_propagation", built)


def check_gradient(key, *built, hint):
    """Look at one of your nine gradients in the same two places; the stored values are right ones."""
    check_row_0(key, at_row_0(), "backward_propagation", built, hint)
    stored = stored_at(UNEVEN_X, UNEVEN_Y, UNEVEN_W, {name: UNEVEN[name] for name in REFERENCE_STORED})
    with only_arguments():
        gradients = ask(backward_propagation, UNEVEN_X, UNEVEN_W, stored)
    check_uneven(key, gradients, "backward_propagation", built)


def practice_prediction(x, w):
    """Nine weights, each inside its own sine."""
    return np.sin(np.resize(x, 9) + np.arange(9) / 4 + np.asarray(w)).sum()


def practice_slopes(x, y, w):
    """The gradient of (prediction - y)**2, shape (9,)."""
    inside = np.resize(x, 9) + np.arange(9) / 4 + np.asarray(w)
    return 2 * (practice_prediction(x, w) - y) * np.cos(inside)


TRAIN_FROM = np.linspace(-0.4, 0.4, 9)


def check_two_rows(maker, trained, ends):
    """The weights after one epoch over two rows from TRAIN_FROM, against those of the course and of known mistakes."""
    weights, _ = two_parts(trained, maker, ("weights", "losses"))
    mistakes = {"nothing was trained": TRAIN_FROM, **ends}
    check_value("the weights after one epoch over two rows", weights, mistakes.pop("right"), known=mistakes)


def vanilla_ends(eta):
    """Where one epoch over two rows ends, and where it would with a mistake; `momentum_ends`, `adam_ends` alike."""
    first, late = (practice_slopes(X[row], y[row], TRAIN_FROM) for row in (0, 1))
    once = course_vanilla(TRAIN_FROM, first, eta)
    return {
        "right": course_vanilla(once, practice_slopes(X[1], y[1], once), eta),
        "only the first row made an update": once,
        "only the last row made an update": course_vanilla(TRAIN_FROM, late, eta),
        "the second row's gradient was taken at the weights before the first update": course_vanilla(once, late, eta),
        "the update waited for the end of the epoch": course_vanilla(TRAIN_FROM, (first + late) / 2, eta),
        "the loop goes over all rows of the notebook, not over the arguments X and y": after_training(
            lambda w, g, _: (course_vanilla(w, g, eta), None), X, y, TRAIN_FROM, 1
        ),
    }


def momentum_ends(eta, gamma):
    once, velocity = course_momentum(TRAIN_FROM, practice_slopes(X[0], y[0], TRAIN_FROM), np.zeros(9), eta, gamma)
    slopes, late = practice_slopes(X[1], y[1], once), practice_slopes(X[1], y[1], TRAIN_FROM)
    return {
        "right": course_momentum(once, slopes, velocity, eta, gamma)[0],
        "only the first row made an update": once,
        "the weights moved only once, at the end of the epoch": course_momentum(TRAIN_FROM, late, velocity, eta, gamma)[0],
        "the velocity is forgotten from row to row": course_momentum(once, slopes, np.zeros(9), eta, gamma)[0],
    }


def adam_ends(eta):
    start = course_adam(TRAIN_FROM, practice_slopes(X[0], y[0], TRAIN_FROM), np.zeros(9), np.zeros(9), 1, eta)
    once, slopes = start[0], practice_slopes(X[1], y[1], start[0])
    return {
        "right": course_adam(once, slopes, *start[1:], 2, eta)[0],
        "only the first row made an update": once,
        "t stays at 1: it counts updates, row by row": course_adam(once, slopes, *start[1:], 1, eta)[0],
        "m and v are forgotten from row to row": course_adam(once, slopes, np.zeros(9), np.zeros(9), 2, eta)[0],
        "m, v and t start anew at every row": course_adam(once, slopes, np.zeros(9), np.zeros(9), 1, eta)[0],
    }


def check_two_epochs(maker, trained):
    """The losses of two epochs over the first four rows, in which the weights stay at TRAIN_FROM."""
    _, losses = two_parts(trained, maker, ("weights", "losses"))
    each = [(practice_prediction(X[row], TRAIN_FROM) - y[row]) ** 2 for row in range(4)]
    everywhere = np.mean([(practice_prediction(row, TRAIN_FROM) - target) ** 2 for row, target in zip(X, y)])
    check_count("The number of losses after two epochs", len(losses), 2, hint="There should be one for each epoch.")
    check_value(
        "the losses of the two epochs",
        np.array([float(loss) for loss in losses]),
        np.full(2, np.mean(each)),
        known={
            "the losses are added up; the mean is asked": np.full(2, np.sum(each)),
            "the loss of the last row stands for the whole epoch": np.full(2, each[-1]),
            "the loss of the first row stands for the whole epoch": np.full(2, each[0]),
            "the sum goes on from epoch to epoch": np.array([1, 2]) * np.mean(each),
            "the middle one is taken (the median), not the mean": np.full(2, np.median(each)),
            "the sum is divided by the number of epochs, not of rows": np.full(2, np.sum(each) / 2),
            "the loop goes over all rows of the notebook, not over the arguments X and y": np.full(2, everywhere),
        },
        hint="The mean over the four rows, for each epoch anew.",
    )


def almost_there(start):
    """Three rows whose targets are almost what the practice graph says there: hardly anything is left to learn."""
    rows = np.linspace(-1.0, 1.0, 15).reshape(3, 5)
    return rows, np.array([practice_prediction(row, start) for row in rows]) + 1e-4 * np.arange(1, 4)


def after_training(update, rows, targets, start, epochs):
    """The weights after some epochs on the practice graph; update(w, g, memory) gives the new weights and memory."""
    w, memory = start, None
    for row, target in list(zip(rows, targets)) * epochs:
        w, memory = update(w, practice_slopes(row, target, w), memory)
    return w


def quiet_trainings():
    """Where training is soon tempted to stop: almost right from the start, zeros wherever one looks, or steps too long.

    In the last two each epoch's loss is many times as large as the first one's: over three rows, and over one.
    """
    start = np.linspace(-0.5, 0.3, 9)
    rows, targets = almost_there(start)
    calm = (rows, targets, start, 0.03), (np.zeros((2, 5)), np.zeros(2), np.zeros(9), 0.03)
    return [*calm, (rows, targets, start, 0.5), (rows[:1], targets[:1], start, 0.7)]


def two_parts(result, maker, names):
    """A returned pair or triple, taken apart."""
    count = len(names)
    fits = isinstance(result, tuple | list) and len(result) == count
    if isinstance(result, np.ndarray) and result.ndim == 2 and len(result) == count:  # one row for each
        fits = True
    came = f"{len(result)} values" if isinstance(result, tuple | list) else f"a {type(result).__name__}"
    assert fits, f"{maker} should return {count} values, ({', '.join(names)}), but it returned {came}."
    turned = names[-1] == "losses" and np.shape(result[1]) == (9,) and np.shape(result[0]) not in ((9,), ())
    assert not turned, f"{maker} should return ({', '.join(names)}); yours stand in each other's places."
    return result


def long_training():
    """Eight epochs over twelve rows, in which the gradients are long: rows, targets, start and epochs."""
    rng = np.random.default_rng(39)
    return rng.normal(0, 1, (12, 5)), rng.normal(0, 60, 12), rng.normal(0, 0.5, 9), 8


def rising_training():
    """Four epochs of steps that are too long for a loss that is nearly 0: rows, targets, start and epochs."""
    start = np.linspace(-0.5, 0.3, 9)
    return *almost_there(start), start, 4


def check_long_training(trained, update):
    """Check the weights after the long training."""
    check_value("the weights after 8 epochs over 12 rows with long gradients", trained[0],
                after_training(update, *long_training()), rtol=1e-7,
                hint="Every row counts in every epoch, in order; nothing is cut off, and nothing changes on the way.")


def check_rising_losses(trained, update):
    """Check the losses of the rising training, where its weights are right."""
    rows, targets, w, epochs = rising_training()
    if np.allclose(as_numbers(trained[0]), after_training(update, rows, targets, w, epochs), rtol=1e-7):
        losses, memory = [], None
        for row, target in list(zip(rows, targets)) * epochs:
            losses.append((practice_prediction(row, w) - target) ** 2)
            w, memory = update(w, practice_slopes(row, target, w), memory)
        check_value("the losses of 4 epochs in which they rise", np.array([float(loss) for loss in trained[1]]),
                    np.reshape(losses, (epochs, -1)).mean(axis=1), rtol=1e-6)


# The practice graph in the clothes of yours, ways to spoil its gradient, and the three updates.
def practice_forward(x, y, w):
    miss = practice_prediction(x, w) - y
    return {"L": miss**2, "dL": 2 * miss, "val_1": 0.0, "part_1": 0.0, "sigmoid": 0.0}


def practice_backward(x, w, forward):
    target = practice_prediction(x, w) - forward["dL"] / 2
    return {f"dw{i}": slope for i, slope in enumerate(practice_slopes(x, target, w), 1)}


def scrambled_backward(x, w, forward):
    gradients = practice_backward(x, w, forward)
    return {f"dw{i}": gradients[f"dw{i}"] for i in (4, 9, 1, 7, 3, 8, 2, 6, 5)}


def spoiled(factors, terms):
    """The practice graph's backward pass with each gradient multiplied by a factor and moved by a term."""

    def spoiled_backward(x, w, forward):
        gradients = practice_backward(x, w, forward).items()
        return {key: slope * by + more for (key, slope), by, more in zip(gradients, factors, terms)}

    return spoiled_backward


def practice_backward_in(keys):
    """The practice graph's backward pass with its gradients in another order; other keys hold 0."""

    def backward(x, w, forward):
        gradients = practice_backward(x, w, forward)
        return {key: gradients.get(key, 0.0) for key in keys}

    return backward


def your_order():
    """The keys of the dict that your own backward pass returns, in its order, where it has all nine."""
    forward = ask_yours("forward_propagation", X[0], y[0], np.full(9, 0.1))
    own = ask_yours("backward_propagation", X[0], np.full(9, 0.1), forward)
    names = [f"dw{i}" for i in range(1, 10)]
    return list(own) if isinstance(own, dict) and set(names) <= set(own) else names


def one_score(score):
    """A score, after checking that it is one number."""
    assert score is not None, "gradient_checking returned None. Is there a `return` at the end?"
    assert not isinstance(score, bool | np.bool_), "The score should be a number, not True or False."
    array = as_numbers(score)
    assert array is not None and array.shape == (), (
        f"The score should be one number, but it is a {type(score).__name__}. Its shape is {np.shape(score)}."
    )
    assert np.isfinite(array), f"The score is {score}: something overflowed, or was divided by zero."
    return score


def score_with(factors, terms, *place):
    """The score that gradient_checking gives to a spoiled gradient."""
    lent = {"forward_propagation": practice_forward, "backward_propagation": made_beside("spoiled", factors, terms)}
    with notebook_with(**lent):
        score = ask(gradient_checking, *place)
    return one_score(score)


def right_score(*place):
    """The score that gradient_checking gives to a right gradient."""
    with notebook_with(**PRACTICE):
        score = ask(gradient_checking, *place)
    return one_score(score)


def check_error_in_eps(coarse, fine):
    """Check the scores of a right gradient for one eps and for its half: the error falls with the square of eps."""
    assert coarse != 0, "A right gradient scores 0, whatever eps is: is it compared with what was measured?"
    assert abs(coarse - 1) > 1e-9, (
        "The score of a right gradient is 1, whatever eps is. Do the weights move while you measure? "
        "(`w[:]` of an array is the same array once more; `w.copy()` is another one.)"
    )
    assert abs(coarse - fine) > 1e-9, "The score is the same for one eps and for its half. Is the argument eps used?"
    times, why = coarse / fine, ""
    if 1.8 < times < 2.2:
        why = " Does each weight go up and down by the same amount, and back before the next one turns?"
    elif 0.9 < times < 1.1:
        why = " It hardly depends on eps: a right gradient is judged wrong for another reason, see the checks above."
    elif 15 < times < 17:
        why = " Is a square taken where a length is meant?"
    assert 3.8 < times < 4.2, f"Half the eps should give a quarter of the error; yours gives 1/{times:.3g} of it.{why}"


def one_off(key, amount):
    """Factors and terms by which one gradient, such as 'dw3', becomes too large by an amount."""
    return [1.0] * 9, [amount * (f"dw{i}" == key) for i in range(1, 10)]


def course_vanilla(w, g, eta):
    return w - eta * np.asarray(g)


def course_momentum(w, g, v, eta, gamma=0.9):
    v = gamma * np.asarray(v) + eta * np.asarray(g)
    return w - v, v


def course_adam(w, g, m, v, t, eta=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    w, g, m, v = map(np.asarray, (w, g, m, v))
    m, v = beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g * g
    return w - eta * (m / (1 - beta1**t)) / (v / (1 - beta2**t) + eps) ** 0.5, m, v


PRACTICE = {
    "forward_propagation": practice_forward,
    "backward_propagation": practice_backward,
    "vanilla_update": course_vanilla,
    "momentum_update": course_momentum,
    "adam_update": course_adam,
}


def as_vector(gradients):
    """The nine gradients as an array of shape (9,), dw1 first, in whatever order the dict holds them."""
    return np.array([float(gradients[f"dw{i}"]) for i in range(1, 10)])


# Update rules that stand still, for the checks of the losses.
def still_vanilla(w, *rest, **named):
    return w


def still_momentum(w, g, v, *rest, **named):
    return w, v


def still_adam(w, g, m, v, *rest, **named):
    return w, m, v

# %% [markdown] question="sigmoid" minutes=5 level=1 lines=1
# ## 1. The sigmoid
#
# The purple part ends in a sigmoid. It squeezes any number into the range from 0 to 1:
# $$\sigma(z) = \frac{1}{1 + e^{-z}}$$
# Here $z$ and $\sigma(z)$ are single numbers, of shape `()`.
# A large negative $z$ gives almost 0, a large positive one almost 1.
#
# Hint: Python writes $e^{z}$ as `np.exp(z)` or `math.exp(z)`; `^` is something else.
#
# Hint: Which sign has $z$ in the exponent?
#
# Hint: `sigmoid(2)` above 1 means that the division ended before the plus.

# %% solution="sigmoid"
def sigmoid(z):
    """Squeeze a number into the range from 0 to 1.

    Args:
        z: one number, of shape (), without a unit.

    Returns:
        one number between 0 and 1.

    Example: sigmoid(2) is 0.880797 (to six digits).
    """
    ### BEGIN SOLUTION
    return 1 / (1 + np.exp(-z))
    ### END SOLUTION


# %% check="sigmoid" points=2
check_value(
    "sigmoid(2)",
    ask(sigmoid, 2),
    0.8807970779778823,
    known={
        "the sign of z is the other way round": 0.11920292202211755,
        "the division ends before the plus: put brackets round the whole of 1 + ...": 1.1353352832366128,
        "this is tanh, a close relative that runs from -1 to 1": 0.9640275800758169,
        "the exponential itself is returned": 7.38905609893065,
        "this is the slope of the sigmoid": 0.10499358540350662,
    },
)
check_value("sigmoid(0)", ask(sigmoid, 0), 0.5, hint="Half-way between 0 and 1.")
### BEGIN HIDDEN TESTS
for z in (-6.5, -1, 0.3, 1.75, 8.0, -14.4, 14.6, 5e-4):
    check_value(
        f"sigmoid({z})",
        ask(sigmoid, z),
        np.exp(-np.logaddexp(0, -z)),
        known={
            "the answer is the same wherever you ask": 0.8807970779778823,
            "the sign of z is lost": (1 + np.tanh(abs(z) / 2)) / 2,
        },
    )
check_value("sigmoid(-25)", ask(sigmoid, -25.0), 1.3887943864771144e-11, atol=1e-14)
### END HIDDEN TESTS

# %% [markdown]
# **Look:** where does the sigmoid still react, and where has it stopped listening?
# The orange curve is its slope, which a ruler measured on your function.
# Where the slope is near 0, a weight in front of the sigmoid can turn as it likes:
# hardly anything reaches the loss.

# %%
grid = np.linspace(-8, 8, 161)
heights = [sigmoid(z) for z in grid]
slopes = [(sigmoid(z + 1e-5) - sigmoid(z - 1e-5)) / 2e-5 for z in grid]
figure, axes = plt.subplots(figsize=(7, 3.6))
axes.plot(grid, heights, color=BLUE, label="your sigmoid(z)")
axes.plot(grid, slopes, color=ORANGE, linestyle="--", label="its slope: never above 1/4")
axes.set(xlabel="z", ylabel="value", title="Where does the sigmoid listen? Roughly from -4 to 4")
axes.legend()
axes.grid(alpha=0.3)
show("Your sigmoid rises from 0 to 1; its slope is a bell that is 1/4 at 0 and nearly 0 beyond -4 and 4.")

# %% [markdown] question="forward" minutes=25 level=1 lines=8
# ## 2. The forward pass
#
# The forward pass turns one row of data into one loss. Do it part by part, along the colours of the drawing.
#
# | key | what it holds | shape |
# |---|---|---|
# | `'val_1'` | what leaves the blue part: the exponential | `()` |
# | `'part_1'` | what leaves the green part: the tanh | `()` |
# | `'sigmoid'` | what leaves the purple part | `()` |
# | `'L'` | the loss $(y - y')^2$ | `()` |
# | `'dL'` | how fast the loss grows when the prediction $y'$ grows: $\partial L/\partial y'$ | `()` |
#
# **Why store the middle values?** The way back needs them.
# The slope of an exponential is the exponential itself,
# and the slopes of tanh and sigmoid can be had from their values.
# What was computed on the way there need not be computed again on the way back.
# This trade, memory for time, is what every deep-learning library makes.
#
# The last key, `'dL'`, is already the first step of the way back.
# Think of $L = (y - y')^2$ as a function of $y'$ alone and take its derivative. Mind the inner minus:
# the loss must *grow* with $y'$ when the prediction is already too high.
#
# The checks look at one value each, at the first data point with every weight 0.1, in the order of the graph.
# A value that is built on a wrong one is not blamed for it: mend the first that fails, then run on.
#
# Hint: Is everything off, from `'val_1'` on? Look at which numbers the square really covers.
#
# Hint: A key is spelled with a capital `L`: `'L'` and `'dL'`. For the sign of `'dL'` mind the inner minus.
#
# Hint: Right at row 0 and wrong elsewhere? Then a `w`, `X` or `y` of the notebook is at work inside the function. At row 0 with all weights 0.1, many mix-ups of indices look right, too.

# %% solution="forward"
def forward_propagation(x, y, w):
    """Send one data point through the graph.

    Args:
        x: the five features of the point, shape (5,), array or list.
        y: the target of the point, one number.
        w: the nine weights, shape (9,), array or list; `w[0]` is w1.

    Use these three arguments, never a variable of the notebook, and leave them as they are.

    Returns:
        dict with the keys 'L', 'dL', 'val_1', 'part_1' and 'sigmoid', each a single number.
        It may hold more, if your backward pass wants more.

    Example: at the first data point with every weight 0.1, 'val_1' is 1.1273 and 'L' is 0.9298 (to four digits).
    """
    ### BEGIN SOLUTION
    val_1 = np.exp((w[0] * x[0] + w[1] * x[1]) ** 2 + w[5])
    part_1 = np.tanh(val_1 + w[6])
    gate = sigmoid(np.sin(w[2] * x[2]) * (w[3] * x[3] + w[4] * x[4]) + w[7])
    too_high = part_1 + w[8] * gate - y
    return {"L": too_high**2, "dL": 2 * too_high, "val_1": val_1, "part_1": part_1, "sigmoid": gate}
    ### END SOLUTION


# %% check="forward-val-1" points=2
check_stored("val_1",
    hint="Walk along the blue circles: two products, their sum, the square, then w6, then the exponential.")
### BEGIN HIDDEN TESTS
check_forward(
    "val_1",
    lambda x, y, w: np.exp(w[5]) * np.exp((w[0] * x[0] + w[1] * x[1]) ** 2),
    known={
        "the weights of the two products are swapped": lambda x, y, w: np.exp(
            (w[1] * x[0] + w[0] * x[1]) ** 2 + w[5]
        ),
        "one weight multiplies both features": lambda x, y, w: np.exp(
            (w[0] * x[0] + w[0] * x[1]) ** 2 + w[5]
        ),
        "w7 stands where w6 should (w6 is w[5])": lambda x, y, w: np.exp(
            (w[0] * x[0] + w[1] * x[1]) ** 2 + w[6]
        ),
    },
)
### END HIDDEN TESTS

# %% check="forward-part-1" points=1
check_stored("part_1", "val_1",
    hint="The green part takes 'val_1', lets w7 join, and ends in a tanh.")
### BEGIN HIDDEN TESTS
check_forward(
    "part_1",
    lambda x, y, w: 2 / (1 + np.exp(-2 * (np.exp((w[0] * x[0] + w[1] * x[1]) ** 2 + w[5]) + w[6]))) - 1,
    carried=lambda x, y, w, own: np.tanh(own["val_1"] + w[6]),
    built=["val_1"],
    known={
        "w8 stands where w7 should (w7 is w[6])": lambda x, y, w: np.tanh(
            np.exp((w[0] * x[0] + w[1] * x[1]) ** 2 + w[5]) + w[7]
        ),
        "w6 stands where w7 should (w7 is w[6])": lambda x, y, w: np.tanh(
            np.exp((w[0] * x[0] + w[1] * x[1]) ** 2 + w[5]) + w[5]
        ),
    },
)
### END HIDDEN TESTS

# %% check="forward-sigmoid" points=2
check_stored("sigmoid",
    hint="The sine holds w3 f3 and nothing else; it multiplies the bracket; then w8 joins.")
### BEGIN HIDDEN TESTS
check_forward(
    "sigmoid",
    lambda x, y, w: 1 / (1 + np.exp(-np.sin(w[2] * x[2]) * (w[3] * x[3] + w[4] * x[4]) - w[7])),
    known={
        "f4 and f5 are swapped, or w4 and w5": lambda x, y, w: (
            1 / (1 + np.exp(-np.sin(w[2] * x[2]) * (w[3] * x[4] + w[4] * x[3]) - w[7]))
        ),
        "w9 stands where w8 should (w8 is w[7])": lambda x, y, w: (
            1 / (1 + np.exp(-np.sin(w[2] * x[2]) * (w[3] * x[3] + w[4] * x[4]) - w[8]))
        ),
    },
)
### END HIDDEN TESTS

# %% check="forward-loss" points=1
check_stored("L", "part_1", "sigmoid",
    hint="First the prediction y', from both branches; then the square of how far it is from y.")
### BEGIN HIDDEN TESTS
check_forward(
    "L",
    lambda x, y, w: (
        (
            np.tanh(np.exp((w[0] * x[0] + w[1] * x[1]) ** 2 + w[5]) + w[6])
            + w[8] / (1 + np.exp(-np.sin(w[2] * x[2]) * (w[3] * x[3] + w[4] * x[4]) - w[7]))
            - y
        )
        ** 2
    ),
    carried=lambda x, y, w, own: (y - own["part_1"] - w[8] * own["sigmoid"]) ** 2,
    built=["part_1", "sigmoid"],
    far=400.0,
    known={
        "w8 stands where w9 should (w9 is w[8])": lambda x, y, w: (
            (
                np.tanh(np.exp((w[0] * x[0] + w[1] * x[1]) ** 2 + w[5]) + w[6])
                + w[7] / (1 + np.exp(-np.sin(w[2] * x[2]) * (w[3] * x[3] + w[4] * x[4]) - w[7]))
                - y
            )
            ** 2
        ),
    },
)
check_small_loss("L")
### END HIDDEN TESTS

# %% check="forward-dl" points=2
check_stored("dL", "part_1", "sigmoid", "L",
    hint="If the prediction is too low, a larger prediction makes the loss smaller: what sign has the slope then?")
### BEGIN HIDDEN TESTS
def too_high(x, y, w):
    gate = 1 / (1 + np.exp(-np.sin(w[2] * x[2]) * (w[3] * x[3] + w[4] * x[4]) - w[7]))
    return np.tanh(np.exp((w[0] * x[0] + w[1] * x[1]) ** 2 + w[5]) + w[6]) + w[8] * gate - y


def follows_the_loss(x, y, w, own):
    """A wrong prediction costs its mark at 'L'; here the slope must only fit that loss. The target is far away."""
    return np.nan if np.isclose(own["L"], too_high(x, y, w) ** 2, rtol=1e-9) else -np.sign(y) * 2 * np.sqrt(abs(own["L"]))


known = {"it is the slope of half a square: this loss has no factor 1/2": too_high}
check_forward("dL", lambda x, y, w: 2 * too_high(x, y, w), carried=follows_the_loss, built=["L"], known=known, far=400.0)
check_small_loss("dL")
### END HIDDEN TESTS

# %% check="forward-arguments" points=1
features, nine = [0.5, -1.0, 2.0, 1.0, -0.5], [0.1, 0.2, 0.3, 0.4, 0.5, -0.6, -0.7, 0.8, 0.9]
others = [-0.4, 0.6, 1.0, 0.7, 0.3], [0.5, -0.2, 0.4, 0.3, -0.1, 0.6, 0.2, -0.8, 0.7]
check_kept(forward_propagation, [features, 1.5, nine], [others[0], -0.5, others[1]], "x y w")
### BEGIN HIDDEN TESTS
from_lists = ask(forward_propagation, features, 1.5, nine)
from_arrays = ask(forward_propagation, np.array(features), 1.5, np.array(nine))
for key in ("val_1", "part_1", "sigmoid", "L", "dL"):
    check_value(
        f"'{key}' from lists, compared with '{key}' from arrays,",
        entry(from_lists, key, "forward_propagation"),
        entry(from_arrays, key, "forward_propagation"),
        hint="Does your function treat a list and an array alike?",
    )
given = [np.array(features), 1.5, np.array(nine)], [np.array(others[0]), -0.5, np.array(others[1])]
check_kept(forward_propagation, *given, "x y w")
### END HIDDEN TESTS

# %% [markdown]
# **Look:** your own numbers, each where it leaves its part of the graph.
# Can you follow one row of data from left to right?
# The prediction is `'part_1'` plus 0.1 times `'sigmoid'`, about 0.9. The target is about 1.86.
# Is the sign of `'dL'` what you would expect?
#
# Then turn one weight at a time, and leave the other eight at 0.1.
# Which of the nine would you turn, and which way, to bring the loss at this row down? The red dot is where you stand.
# Mind the numbers at the side: every panel has its own scale. In the steepest one the loss moves by about 1.8,
# in the flattest one by about two thousandths. How steep each is under the dot is what the next part computes.

# %%
# @title Your forward pass on the graph, and nine slices through the loss: run me
def draw_slices(gradients=None, row=0, nine=None):
    """Draw the loss of a row against each weight, each on its own scale, with tangents where gradients are given."""
    nine = np.full(9, 0.1) if nine is None else np.array(nine, dtype=float)
    here = forward_propagation(X[row], y[row], nine)["L"]
    figure, all_axes = plt.subplots(3, 3, figsize=(7.4, 6.4))
    for i, axes in enumerate(all_axes.flat):
        turned = np.linspace(nine[i] - 0.9, nine[i] + 0.9, 41)
        losses = [
            forward_propagation(X[row], y[row], np.where(np.arange(9) == i, value, nine))["L"] for value in turned
        ]
        axes.plot(turned, losses, color=BLUE, label="your loss")
        low, high = axes.get_ylim()
        if gradients is not None:
            tilt = float(gradients[f"dw{i + 1}"])
            axes.plot(turned, here + tilt * (turned - nine[i]), color=ORANGE, linestyle="--", label="your gradient")
        axes.plot(nine[i], here, "o", color=RED, label="here")
        axes.set(xlabel=NINE_NAMES[i], ylim=(low, high))
        axes.grid(alpha=0.3)
    for axes in all_axes[:, 0]:
        axes.set_ylabel("L")
    all_axes[0, 0].legend(fontsize=8)
    ask = "Which weight would you turn?" if gradients is None else "Does each line touch its curve at the dot?"
    figure.suptitle(f"{ask} The loss at row {row} against each weight, nine scales")
    return "Nine curves of the loss, one for each weight, each on its own scale, with a dot where every weight is 0.1."


show(draw_graph(forward_propagation(X[0], y[0], np.full(9, 0.1)), title="One row of data on its way through your forward pass"))
show(draw_slices())

# %% [markdown] question="backward" minutes=50 level=3 lines=15
# ## 3. The backward pass
#
# You know the loss. Now you want to know which weight to blame for it, and by how much.
# The chain rule answers this one circle at a time, from the right end of the graph to the left:
# **what arrives at a circle from the right is multiplied by the circle's own slope, and passed on.**
#
# So you need the slope of each kind of circle. Here $u$ is what goes in and $s$ is what comes out.
#
# | circle | its slope | in words |
# |---|---|---|
# | $u + v$ | $1$ | a sum passes on what it got, to both sides |
# | $u \cdot v$ | $v$ for $u$, and $u$ for $v$ | a product passes on the *other* factor |
# | $s = u^2$, $s = \sin u$, $s = e^u$ | you know them | which of them is stored already? |
# | $s = \tanh u$, $s = \sigma(u)$ | find them | write each with $s$ **alone**: that is what the forward pass stored |
#
# Take paper for the last line. Differentiate the fraction that defines the sigmoid, and find its value in what you get.
#
# ### A worked example
# Take $L = (y - w\,f)^2$, which is the grey end of our graph with one weight.
# With $y = 1$, $f = 3$ and $w = 2$ the prediction is 6.
# At the circle of the loss, $\partial L/\partial y' = 2\,(6 - 1) = 10$.
# The product passes on the other factor: $\partial L/\partial w = 10 \cdot 3 = 30$.
# Turn $w$ up by 0.001 and the loss grows by about 0.03.
#
# ### The order of work
# Start where there is least to do, and use again what you have:
# each gradient below is one or a few circles further to the left.
# Before you code, write beside each which circles its way to the loss passes through.
#
# | gradient | `dw9` | `dw8` | `dw4`, `dw5` | `dw3` | `dw7` | `dw6` | `dw1`, `dw2` |
# |---|---|---|---|---|---|---|---|
# | builds on | `'dL'` | `'dL'` | `dw8` | `dw8` | `'dL'` | `dw7` | `dw6` |
#
# Why may `dw4` build on `dw8`? Because $w_8$ joins by a plain sum:
# what arrives at $w_8$ arrives unchanged at its neighbour, too.
# All nine gradients are single numbers, of shape `()`.
#
# The checks come in the order of work, one for each gradient. They bring their own right values for `forward`,
# so a slip in your forward pass costs nothing here. Mend the first that fails, then run on.
#
# Hint: All nine have the wrong sign? Look at `'dL'`, not at the nine. `dw8` ten times too large? Something that is 0.1 is missing on its way to the loss.
#
# Hint: tanh and sigmoid each have a slope that is made of their *output*: do not send the output through them a second time. `dw4` and `dw5` never pass *through* the sine, they pass through the product with it.
#
# Hint: `dw1` and `dw2` pass through a square: there are three factors after `dw6`.
# Right at row 0 and wrong elsewhere? All weights are 0.1 there, so `w[7]` in the place of `w[8]` cannot be seen. And is there a `w` or `fp` of the notebook inside your function?

# %% solution="backward"
def backward_propagation(x, w, forward):
    """Gradients of the loss for one data point.

    Args:
        x: the five features of the point, shape (5,), array or list.
        w: the nine weights, shape (9,), array or list; use these, not a variable of the notebook.
        forward: the dict that `forward_propagation(x, y, w)` returned.

    Leave all three as they are.

    Returns:
        dict with the keys 'dw1' ... 'dw9', each a single number: how fast the loss grows with that weight.

    Example: at the first data point with every weight 0.1, 'dw9' is -1.0181 (to four digits).
    """
    ### BEGIN SOLUTION
    gate = forward["sigmoid"]
    dw9 = forward["dL"] * gate
    dw8 = forward["dL"] * w[8] * gate * (1 - gate)
    sine = np.sin(w[2] * x[2])
    bracket = w[3] * x[3] + w[4] * x[4]
    dw7 = forward["dL"] * (1 - forward["part_1"] ** 2)
    dw6 = dw7 * forward["val_1"]
    at_sum = dw6 * 2 * (w[0] * x[0] + w[1] * x[1])
    return {
        "dw1": at_sum * x[0],
        "dw2": at_sum * x[1],
        "dw3": dw8 * bracket * np.cos(w[2] * x[2]) * x[2],
        "dw4": dw8 * sine * x[3],
        "dw5": dw8 * sine * x[4],
        "dw6": dw6,
        "dw7": dw7,
        "dw8": dw8,
        "dw9": dw9,
    }
    ### END SOLUTION


# %% check="backward-dw9" points=1
check_gradient("dw9", hint="The product passes on the other factor.")
### BEGIN HIDDEN TESTS
check_backward(
    "dw9",
    lambda x, w, s: s["dL"] * s["sigmoid"],
    known={
        "the whole graph seems to be in it; w9 sits right before the sum": lambda x, w, s: (
            s["dL"] * w[8] * s["sigmoid"] * (1 - s["sigmoid"])
        ),
    },
)
### END HIDDEN TESTS

# %% check="backward-dw8" points=1
check_gradient("dw8", hint="From w8 the way leads through the sigmoid, and then through the product with w9.")
### BEGIN HIDDEN TESTS
check_backward(
    "dw8",
    lambda x, w, s: s["dL"] * w[8] * s["sigmoid"] * (1 - s["sigmoid"]),
    known={
        "w8 (w[7]) stands where w9 (w[8]) should": lambda x, w, s: (
            s["dL"] * w[7] * s["sigmoid"] * (1 - s["sigmoid"])
        ),
    },
)
### END HIDDEN TESTS

# %% check="backward-dw5" points=1
check_gradient("dw5", "dw8", hint="Up to the product with the sine it is dw8; then two products pass on their other factors.")
### BEGIN HIDDEN TESTS
check_backward(
    "dw5",
    lambda x, w, s: s["dL"] * w[8] * s["sigmoid"] * (1 - s["sigmoid"]) * np.sin(w[2] * x[2]) * x[4],
    carried=lambda x, w, s, own: own["dw8"] * np.sin(w[2] * x[2]) * x[4],
    built="dw8",
    known={
        "w9 is in it twice: it is already part of dw8": lambda x, w, s: (
            s["dL"] * w[8] * s["sigmoid"] * (1 - s["sigmoid"]) * w[8] * np.sin(w[2] * x[2]) * x[4]
        ),
        "the sine holds another weight or feature": lambda x, w, s: (
            s["dL"] * w[8] * s["sigmoid"] * (1 - s["sigmoid"]) * np.sin(w[2] * x[3]) * x[4]
        ),
    },
)
### END HIDDEN TESTS

# %% check="backward-dw4" points=1
check_gradient("dw4", "dw8", hint="Up to the product with the sine it is dw8; then two products pass on their other factors.")
### BEGIN HIDDEN TESTS
check_backward(
    "dw4",
    lambda x, w, s: s["dL"] * w[8] * s["sigmoid"] * (1 - s["sigmoid"]) * np.sin(w[2] * x[2]) * x[3],
    carried=lambda x, w, s, own: own["dw8"] * np.sin(w[2] * x[2]) * x[3],
    built="dw8",
    known={
        "w9 is in it twice: it is already part of dw8": lambda x, w, s: (
            s["dL"] * w[8] * s["sigmoid"] * (1 - s["sigmoid"]) * w[8] * np.sin(w[2] * x[2]) * x[3]
        ),
        "the sine holds another weight or feature": lambda x, w, s: (
            s["dL"] * w[8] * s["sigmoid"] * (1 - s["sigmoid"]) * np.sin(w[2] * x[3]) * x[3]
        ),
    },
)
### END HIDDEN TESTS

# %% check="backward-dw3" points=2
check_gradient("dw3", "dw8", hint="Three factors after dw8: from the product with the bracket, the sine, the product with f3.")
### BEGIN HIDDEN TESTS
check_backward(
    "dw3",
    lambda x, w, s: (
        s["dL"]
        * w[8]
        * s["sigmoid"]
        * (1 - s["sigmoid"])
        * (w[3] * x[3] + w[4] * x[4])
        * np.cos(w[2] * x[2])
        * x[2]
    ),
    carried=lambda x, w, s, own: own["dw8"] * (w[3] * x[3] + w[4] * x[4]) * np.cos(w[2] * x[2]) * x[2],
    built="dw8",
    known={
        "w3 stands where f3 should": lambda x, w, s: (
            s["dL"]
            * w[8]
            * s["sigmoid"]
            * (1 - s["sigmoid"])
            * (w[3] * x[3] + w[4] * x[4])
            * np.cos(w[2] * x[2])
            * w[2]
        ),
        "the features in the bracket are swapped": lambda x, w, s: (
            s["dL"]
            * w[8]
            * s["sigmoid"]
            * (1 - s["sigmoid"])
            * (w[3] * x[4] + w[4] * x[3])
            * np.cos(w[2] * x[2])
            * x[2]
        ),
        "only one half of the bracket is in it": lambda x, w, s: (
            s["dL"] * w[8] * s["sigmoid"] * (1 - s["sigmoid"]) * w[3] * x[3] * np.cos(w[2] * x[2]) * x[2]
        ),
    },
)
### END HIDDEN TESTS

# %% check="backward-dw7" points=1
check_gradient("dw7", hint="From w7 the way leads through the tanh, and then through the sum.")
### BEGIN HIDDEN TESTS
check_backward(
    "dw7",
    lambda x, w, s: s["dL"] * (1 - s["part_1"] ** 2),
)
### END HIDDEN TESTS

# %% check="backward-dw6" points=1
check_gradient("dw6", "dw7", hint="One circle further to the left than w7: which one is it, and what is its slope?")
### BEGIN HIDDEN TESTS
check_backward(
    "dw6",
    lambda x, w, s: s["dL"] * (1 - s["part_1"] ** 2) * s["val_1"],
    carried=lambda x, w, s, own: own["dw7"] * s["val_1"],
    built="dw7",
)
### END HIDDEN TESTS

# %% check="backward-dw1" points=2
check_gradient("dw1", "dw6", hint="Three factors after dw6: the square has a 2 and an inside, and the product passes on the other factor.")
### BEGIN HIDDEN TESTS
check_backward(
    "dw1",
    lambda x, w, s: s["dL"] * (1 - s["part_1"] ** 2) * s["val_1"] * 2 * (w[0] * x[0] + w[1] * x[1]) * x[0],
    carried=lambda x, w, s, own: own["dw6"] * 2 * (w[0] * x[0] + w[1] * x[1]) * x[0],
    built="dw6",
    known={
        "the weights in the sum are swapped": lambda x, w, s: (
            s["dL"] * (1 - s["part_1"] ** 2) * s["val_1"] * 2 * (w[1] * x[0] + w[0] * x[1]) * x[0]
        ),
        "one weight multiplies both features in the sum": lambda x, w, s: (
            s["dL"] * (1 - s["part_1"] ** 2) * s["val_1"] * 2 * w[0] * (x[0] + x[1]) * x[0]
        ),
    },
)
### END HIDDEN TESTS

# %% check="backward-dw2" points=1
check_gradient("dw2", "dw6", hint="The same as dw1 but for its last factor.")
### BEGIN HIDDEN TESTS
check_backward(
    "dw2",
    lambda x, w, s: s["dL"] * (1 - s["part_1"] ** 2) * s["val_1"] * 2 * (w[0] * x[0] + w[1] * x[1]) * x[1],
    carried=lambda x, w, s, own: own["dw6"] * 2 * (w[0] * x[0] + w[1] * x[1]) * x[1],
    built="dw6",
    known={
        "the weights in the sum are swapped": lambda x, w, s: (
            s["dL"] * (1 - s["part_1"] ** 2) * s["val_1"] * 2 * (w[1] * x[0] + w[0] * x[1]) * x[1]
        ),
        "one weight multiplies both features in the sum": lambda x, w, s: (
            s["dL"] * (1 - s["part_1"] ** 2) * s["val_1"] * 2 * w[1] * (x[0] + x[1]) * x[1]
        ),
    },
)
### END HIDDEN TESTS


# %% check="backward-arguments" points=1
features, nine = [0.5, -1.0, 2.0, 1.0, -0.5], [0.1, 0.2, 0.3, 0.4, 0.5, -0.6, -0.7, 0.8, 0.9]
stored = stored_at(features, 1.5, nine, {"L": 0.25, "dL": 1.0, "val_1": 0.6, "part_1": 0.4, "sigmoid": 0.7})
others = stored | {"dL": -2.0, "val_1": 0.9, "part_1": -0.3, "sigmoid": 0.2}
for i in range(1, 10):
    entry(ask(backward_propagation, features, nine, stored), f"dw{i}", "backward_propagation")
check_kept(
    backward_propagation, [features, nine, stored], [features[::-1], nine[::-1], others], "x w forward",
    hint="It only measures, and makes a new dict to return; the update comes later.",
)
### BEGIN HIDDEN TESTS
from_lists = ask(backward_propagation, features, nine, stored)
from_arrays = ask(backward_propagation, np.array(features), np.array(nine), stored)
for i in range(1, 10):
    check_value(
        f"'dw{i}' from lists, compared with 'dw{i}' from arrays,",
        from_lists[f"dw{i}"],
        entry(from_arrays, f"dw{i}", "backward_propagation"),
        hint="Does your function treat a list and an array alike?",
    )
given = np.array(features), np.array(nine)
check_kept(backward_propagation, [*given, stored], [given[0][::-1], given[1][::-1], others], "x w forward")
### END HIDDEN TESTS

# %% [markdown]
# **Look:** the slices again, now with your gradients as dashed orange lines.
# A line that crosses its curve instead of touching it is wrong.
# This picture is already a gradient check, made by eye.
#
# Then the blame, written in red beside each weight. From `w9` to `w5` the numbers get smaller by a factor of about 1000.
# Each circle multiplies, and where most factors are below 1, little is left at the far end.
# In a network of fifty layers this becomes the **vanishing gradient**. Here you see how it begins.
# Turn the nine weights with the sliders (where the notebook is running): whose blame grows, and whose goes to 0?
#
# Stretch: Find weights, none of them 0, at which `dw1` is larger in size than `dw9` at row 0.

# %%
# @title Your gradients as tangents, and on the graph: run me
here = np.full(9, 0.1)
show(draw_slices(backward_propagation(X[0], here, forward_propagation(X[0], y[0], here))))


def draw_blame(**weights):
    """The graph of row 0 with the numbers of your two passes at these weights."""
    nine = np.array([weights[name] for name in NINE_NAMES])
    forward = forward_propagation(X[0], y[0], nine)
    title = "Red: how fast the loss at row 0 grows with each weight"
    return draw_graph(forward, backward_propagation(X[0], nine, forward), title)


slide(draw_blame, **{name: (-1.0, 1.0, 0.1) for name in NINE_NAMES})

# %% [markdown] question="gradient-check" minutes=35 level=2 lines=10
# ## 4. Gradient checking
#
# Nobody brings you the right gradients of your own network. But you can measure them.
# Turn one weight a little up and a little down, look at the loss both times, and divide:
# $$\frac{\partial L}{\partial w_i} \approx \frac{L(\dots, w_i + \epsilon, \dots) - L(\dots, w_i - \epsilon, \dots)}{2\,\epsilon}$$
# This is the **centred difference**.
# It needs two forward passes for each weight, so it is far too slow for training.
# But it knows nothing of your chain rule. If both agree, your backward pass fits *your* forward pass.
# (Whether the forward pass is the right one, the checks of question 2 have told you.)
#
# ### A worked example
# Take $f = w_1^2 f_1 + w_2 f_2$ at $w_1 = 1$, $w_2 = 2$, $f_1 = 3$, $f_2 = 4$.
# By the rules, $\partial f/\partial w_1 = 2 w_1 f_1 = 6$.
# With $\epsilon = 0.0001$ the measurement is
# $$\frac{11.00060003 - 10.99940003}{0.0002} = 6.0000000$$
# In letters you see why it is exact here, whatever $\epsilon$ is: the squares of $w_1$ and of $\epsilon$ cancel, and
# $$\frac{(w_1 + \epsilon)^2 f_1 - (w_1 - \epsilon)^2 f_1}{2\,\epsilon} = \frac{4\,\epsilon\, w_1 f_1}{2\,\epsilon} = 2\, w_1 f_1 .$$
#
# ### One number for nine comparisons
# Let $d$ be the nine gradients of `backward_propagation` and $a$ the nine measured ones, both of shape `(9,)`.
# The score is
# $$\text{score} = \frac{\lVert d - a \rVert}{\lVert d \rVert + \lVert a \rVert}
# \qquad\text{where}\qquad \lVert d \rVert = \sqrt{d_1^2 + \dots + d_9^2}.$$
# It runs from 0 (they agree) to 1 (they point in opposite directions).
# The division makes it independent of how large the gradients are.
#
# | score | what it means |
# |---|---|
# | below $10^{-7}$ | the gradients are right |
# | between | look closer, one component at a time |
# | above $10^{-3}$ | there is a mistake |
#
# Three rules make it a tool that you can trust:
#
# - It looks where it is told: at the `x`, `y` and `w` that it is given.
# - It turns **one** weight at a time, and each is back in its place before the next one turns.
# - It leaves `w` as it was.
#
# (Gradient *checking* has nothing to do with gradient *clipping*.
# Clipping shortens a gradient that is too long to step along.)
#
# How do you check a checker? Show it something right, then something wrong.
# The checks bring a **practice graph**: nine weights and one loss, with a gradient that is known to be right.
# For a moment they put it in the place of your `forward_propagation` and `backward_propagation`.
# So a slip in parts 2 and 3 costs nothing here. The last check lets its dict hold the nine gradients in another order: yours may, too.
#
# Hint: Does a right gradient score 0.33? Then look at what you divide by: how far apart are the two points?
#
# Hint: Does it score about $10^{-5}$ instead of $10^{-10}$? Then one side is missing, or a weight was never put back: `w[i] = w[i]` puts nothing back.
#
# Hint: Is `w` changed outside of the function? `w + step` makes a new array, `w[i] += eps` does not.
# The same score for every row: is there a fixed row, or a `W` of the notebook, inside the function?

# %% solution="gradient-check"
def gradient_checking(x, y, w, eps=1e-5):
    """Compare the gradients of `backward_propagation` with measured ones.

    Args:
        x: the five features of one data point, shape (5,).
        y: its target, one number.
        w: the nine weights, an array of shape (9,); it comes back as it was.
        eps: how far each weight is turned to either side.

    Calls `forward_propagation(x, y, w)` and `backward_propagation(x, w, forward)`.
    The order of the keys in their dicts is not promised: take 'dw1' ... 'dw9' by name.

    Returns:
        the score, one number from 0 to 1.

    Example: measured (3, 4) against (3, 5) gives 1 / (5 + 5.831) = 0.0923.
    """
    ### BEGIN SOLUTION
    gradients = backward_propagation(x, w, forward_propagation(x, y, w))
    computed = np.array([gradients[f"dw{i}"] for i in range(1, 10)])
    measured = []
    for step in eps * np.eye(9):
        above = forward_propagation(x, y, w + step)["L"]
        below = forward_propagation(x, y, w - step)["L"]
        measured.append((above - below) / (2 * eps))
    return np.linalg.norm(computed - measured) / (np.linalg.norm(computed) + np.linalg.norm(measured))
    ### END SOLUTION


# %% check="gradient-check-right" points=1
score = right_score(X[0], y[0], np.full(9, 0.1))
check_value(
    "the score of a right gradient",
    score,
    0.0,
    atol=1e-7,
    known=SLIPS["score"],
    hint="It should be below 1e-7.",
)
bad = score_with([-3.0] * 9, [0.0] * 9, X[0], y[0], np.full(9, 0.1))
assert bad > 1e-3, "A wrong gradient gets the score of a right one: nothing is compared yet."
### BEGIN HIDDEN TESTS
features, target, nine = generic_place(5)
nine[0] = -0.526794  # where the slope for the first weight is 0, and the others are not
for place in (generic_place(2), generic_place(3), (np.zeros(5), 0.0, np.zeros(9)), (features, target, nine)):
    with only_arguments(**PRACTICE):
        score = ask(gradient_checking, *place)
    check_value(
        "the score of a right gradient at another place",
        score,
        0.0,
        atol=1e-7,
        hint="It should be below 1e-7.",
    )
    bad = score_with([-3.0] * 9, [0.0] * 9, *place)
    assert number_or(bad, 0.0) > 1e-3, "A wrong gradient gets the score of a right one: nothing is compared yet."
### END HIDDEN TESTS

# %% check="gradient-check-slip" points=2
score = score_with(*one_off("dw3", 1.0), X[0], y[0], np.full(9, 0.1))
assert score > 1e-3, (
    f"With a wrong 'dw3' the score should be above 1e-3, but it is {score}. "
    "Does the comparison see all nine, in the right order?"
)
fine, again = (right_score(X[0], y[0], np.full(9, 0.1)) for _ in range(2))
assert fine == again and abs(fine - score) > 1e-6, (
    f"A right gradient gets the score {fine}, the same as a wrong one, or another one each time. Do the weights move while you measure? "
    "(`w[:]` of an array is the same array once more; `w.copy()` is another one.)"
)
### BEGIN HIDDEN TESTS
place = generic_place(4)
for key in ("dw1", "dw2", "dw4", "dw5", "dw6", "dw7", "dw8", "dw9"):
    score = score_with(*one_off(key, 1.0), *place)
    assert number_or(score, 0.0) > 1e-3, (
        f"With a wrong '{key}' the score should be above 1e-3, but it is {score}. Does the comparison see all nine?"
    )
turned = score_with([-1.0] * 9, [0.0] * 9, *place)
assert number_or(turned, 0.0) > 0.5, (
    f"With every sign turned the score should be 1, the largest there is, but it is {turned}. "
    "Is the size of the gradients compared, and not their sign?"
)
features, target, nine = generic_place(14)
near = features, practice_prediction(features, nine) - 2e-4, nine  # almost no loss, and so almost no slope
fine, bad = score_with([1.0] * 9, [0.0] * 9, *near), score_with(*one_off("dw4", 0.01), *near)
assert number_or(bad, 0.0) > 1e-5 and number_or(fine, np.inf) < 1, (
    f"Where the loss is tiny, a right gradient gets the score {fine} and a wrong one {bad}: all nine should be measured there, too."
)
for number in range(8):
    lost = score_with([1.0 * (number != i) for i in range(9)], [0.0] * 9, *place)
    assert lost > 1e-5, f"With 0 in the place of 'dw{number + 1}' the score should be far from 0, but it is {lost}."
for number in range(9):
    turned = score_with([1.0 - 2.0 * (number == i) for i in range(9)], [0.0] * 9, *place)
    assert number_or(turned, 0.0) > 1e-5, (
        f"With the sign of 'dw{number + 1}' turned the score should be far from 0, but it is {turned}."
    )
### END HIDDEN TESTS

# %% check="gradient-check-ratio" points=2
score = score_with(*one_off("dw3", 0.7), X[0], y[0], np.full(9, 0.1))
check_value(
    "the score when 'dw3' is too large by 0.7",
    score,
    0.48017938247157577,
    rtol=1e-4,
    known=SLIPS["ratio"],
    hint="Above the line the length of the difference, below it the sum of the two lengths.",
)
### BEGIN HIDDEN TESTS
for seed, key in ((6, "dw1"), (7, "dw8")):
    features, target, nine = generic_place(seed)
    scores = {}
    for why, place in {
        "": (features, target, nine),
        NOTEBOOK_W: (features, target, DECOY_W),
        NOTEBOOK_X: (DECOY_X, target, nine),
        "everything came from variables of the notebook, not from the arguments": (
            DECOY_X,
            float(DECOY_Y),
            DECOY_W,
        ),
    }.items():
        right = practice_slopes(*place)
        wrong = right + (np.arange(1, 10) == int(key[2]))
        scores[why] = 1 / (np.linalg.norm(right) + np.linalg.norm(wrong))
    want = scores.pop("")
    with only_arguments():
        score = score_with(*one_off(key, 1.0), features, target, nine)
    check_value(
        f"the score at another place when '{key}' is too large by 1", score, want, rtol=1e-4, known=scores
    )
    length = np.linalg.norm(practice_slopes(features, target, nine))
    score = score_with(*one_off(key, 6e-8 * length), features, target, nine)
    if score < 1e-7:  # else the ruler is a coarse one, which costs another mark
        check_value(
            f"the score where '{key}' is off in its eighth digit", score, 3e-8, rtol=0.05,
            hint="It is the number that the formula gives, however small: nothing is rounded, or taken for 0.",
        )
        near = features, practice_prediction(features, nine) - 2e-6, nine
        check_value(
            "the score where the loss is nearly 0, and every gradient three times too large,",
            score_with([3.0] * 9, [0.0] * 9, *near), 0.5, rtol=1e-4,
            hint="The division makes the score free of units: small and large gradients are judged alike.",
        )
    check_value(
        "the score where the slopes are long, and every gradient three times too large,",
        score_with([3.0] * 9, [0.0] * 9, features, target - 900, nine), 0.5, rtol=1e-4,
        hint="The division makes the score free of units: small and large gradients are judged alike.",
    )
### END HIDDEN TESTS

# %% check="gradient-check-eps" points=2
check_error_in_eps(*(right_score(X[0], y[0], np.full(9, 0.1), eps) for eps in (0.02, 0.01)))
### BEGIN HIDDEN TESTS
features, target, nine = generic_place(8)
check_error_in_eps(*(right_score(features, target, nine, eps) for eps in (0.04, 0.02)))
check_error_in_eps(*(right_score(features, target, nine, eps) for eps in (0.16, 0.08)))
computed, measured = practice_slopes(features, target, 9 * nine), []
for step in 0.04 * np.eye(9):
    ends = [(practice_prediction(features, 9 * nine + side) - target) ** 2 for side in (step, -step)]
    measured.append((ends[0] - ends[1]) / 0.08)
usual = np.linalg.norm(computed - measured) / (np.linalg.norm(computed) + np.linalg.norm(measured))
assert right_score(features, target, 9 * nine, 0.04) < 10 * usual, (
    "Where the weights are large, a right gradient scores far too much with eps = 0.04. Every weight turns by eps, however large it is."
)
with notebook_with(**PRACTICE):
    usual = ask(gradient_checking, features, target, nine)
    named = ask(gradient_checking, features, target, nine, eps=1e-5)
assert number_or(usual, np.nan) == number_or(named, np.nan), (
    "Without an eps, gradient_checking should take eps = 1e-5."
)
### END HIDDEN TESTS

# %% check="gradient-check-unchanged" points=1
nine = np.linspace(0.1, 0.9, 9)
with notebook_with(**PRACTICE):
    check_kept(
        gradient_checking, [X[0], y[0], nine, 0.1], [X[1], y[1], nine[::-1], 0.2], "x y w eps",
        hint="Put each weight back, or work on a copy.",
    )
### BEGIN HIDDEN TESTS
features, target, nine = generic_place(9)
with notebook_with(**PRACTICE):
    check_kept(
        gradient_checking, [features, target, nine, 0.25], [features, target, -nine, 0.3], "x y w eps",
        hint="Put each weight back, or work on a copy.",
    )
### END HIDDEN TESTS

# %% check="gradient-check-yours" points=1
with notebook_with(**{**PRACTICE, "backward_propagation": scrambled_backward}):
    score = one_score(ask(gradient_checking, *generic_place(10)))
bad, usual = score_with([-3.0] * 9, [0.0] * 9, *generic_place(10)), right_score(*generic_place(10))
assert 0 <= usual < 1e-3, f"A right gradient in the usual order scores {usual}: mend that first."
assert bad > 1e-9, f"A wrong gradient scores {bad}, like a right one: mend that first."
assert 0 <= score < 1e-6 + 0.5 * bad, (
    f"The score of a right gradient in another order is {score}, that of a wrong one {bad}. "
    "Are the gradients taken by their names? The order of a dict is the order in which it was filled."
)
### BEGIN HIDDEN TESTS
for seed in (11, 12):
    with only_arguments(**{**PRACTICE, "backward_propagation": scrambled_backward}):
        score = ask(gradient_checking, *generic_place(seed))
    assert 0 <= number_or(score, np.inf) < 1e-3, (
        f"The score of a right gradient in another order is {score}. Are the gradients taken by their names?"
    )
### END HIDDEN TESTS

# %% [markdown]
# ### Your check is the judge now
# Run it on your own backward pass, at row 0 and at a place where no two weights are alike.
# Where it objects, the cell turns each weight by hand, and says which of the nine gradients is off, and by how much.

# %%
# @title Your gradient check judges your backward pass: run me
def judge(where, x, target, nine):
    """Print what your gradient_checking says of your backward_propagation, and where the two part."""
    score = gradient_checking(x, target, nine)
    print(f"{where}: your check gives your backward pass the score {score:.1e}.", end=" ")
    if score < 1e-7:
        print("They agree.")
        return
    print("THEY DO NOT AGREE.")
    yours, off = backward_propagation(x, nine, forward_propagation(x, target, nine)), 0
    for key, step in zip([f"dw{i}" for i in range(1, 10)], 1e-5 * np.eye(9)):
        above, below = (forward_propagation(x, target, nine + way * step)["L"] for way in (1, -1))
        measured = (above - below) / 2e-5
        if not abs(yours[key] - measured) < 1e-6 * max(1, abs(measured)):
            off += 1
            print(f"    WRONG: {key} is {yours[key]:.8g}, but measured it is {measured:.8g}: off by {yours[key] - measured:.2g}.")
    if not off:
        print("    But all nine are what a turn of each weight gives: the mistake is in gradient_checking, not in your gradients.")
    elif not all_passed("gradient-check"):
        print("    (Not all checks of question 4 have passed: your gradient_checking may be off as well.)")


judge("Row 0, all weights 0.1", X[0], y[0], np.full(9, 0.1))
judge("Where no two weights are alike", UNEVEN_X, UNEVEN_Y, UNEVEN_W)

# %% [markdown]
# ### How small should eps be?
# Some books say: the smaller the better. Try it.
#
# **Look:** the score of your own gradients at row 0, for every eps from 0.1 down to $10^{-12}$. It is a **V**.
# Why does it go up again on the left?
# On the right, the curve of the loss bends between the two points: that error falls with $\epsilon^2$ (the orange line).
# On the left, two almost equal losses are subtracted.
# A computer keeps about 16 digits, the leading ones cancel,
# and what is left is divided by a tiny number: that error grows with $1/\epsilon$ (the red line).
# The bottom lies near $10^{-5}$.
# An eps of $10^{-7}$ already costs you digits, and $10^{-12}$ makes right gradients look wrong.
# Move the slider along the V, and read off which digits of the two losses still differ.
#
# Does the check tell right from wrong? In the second picture, the first bar is your gradient.
# For each other bar one of the nine was made wrong by 1 %.
# A large gap between the first bar and all others is what makes a check worth having.
# `w5` has the smallest gradient of all at this row, so a mistake of 1 % there hides best.

# %%
# @title The V of the errors, and what a mistake of 1 % scores: run me
def draw_v(eps):
    """Your score for every eps, and what stands in the two losses at this one."""
    nine, first = np.full(9, 0.1), np.eye(9)[0]
    widths = np.logspace(-12, -1, 45)
    scores = [gradient_checking(X[0], y[0], nine, width) for width in widths]
    score = gradient_checking(X[0], y[0], nine, eps)
    above, below = (forward_propagation(X[0], y[0], nine + side * eps * first)["L"] for side in (1, -1))
    figure, axes = plt.subplots(figsize=(7.5, 4))
    axes.loglog(widths, scores, "o-", color=BLUE, markersize=4, label="your score")
    right, left = widths > 1e-5, widths < 1e-5
    axes.loglog(widths[right], scores[-1] * (widths[right] / widths[-1]) ** 2, "--", color=ORANGE, label="falls with eps²")
    axes.loglog(widths[left], 1e-16 / widths[left], ":", color=RED, label="grows with 1/eps")
    axes.loglog(eps, score, "D", color="black", markersize=8, label=f"eps = {eps:.0e}: score {score:.1e}")
    axes.text(0.98, 0.04, f"L with w1 + eps: {above:.15f}\nL with w1 - eps: {below:.15f}", transform=axes.transAxes, ha="right", family="monospace", fontsize=9)
    axes.set(xlabel="eps", ylabel="score", title="Is a smaller eps better? Only down to about 0.00001", ylim=(1e-14, 10))
    axes.legend(loc="upper center", fontsize=9, ncols=2)
    axes.grid(alpha=0.3)
    return f"The score against eps is a V with its bottom near 1e-5; at eps = {eps:.0e} the score is {score:.1e}."


slide(draw_v, eps=[10.0**k for k in range(-11, 0)])


def one_percent_off(backward, key):
    def off(x, w, forward):
        gradients = dict(backward(x, w, forward))
        gradients[key] = gradients[key] * 1.01
        return gradients

    return off


scores = [gradient_checking(X[0], y[0], np.full(9, 0.1))]
for name in NINE_NAMES:
    with notebook_with(backward_propagation=one_percent_off(backward_propagation, f"d{name}")):
        scores.append(gradient_checking(X[0], y[0], np.full(9, 0.1)))
figure, axes = plt.subplots(figsize=(7, 3.6))
axes.bar(["all yours", *[f"d{name}" for name in NINE_NAMES]], scores, color=[BLUE, *[ORANGE] * 9])
axes.axhline(1e-7, color=RED, linestyle="--", label="a right gradient scores below this line")
axes.set(
    yscale="log",
    ylim=(1e-12, 1),
    ylabel="score",
    title="Can the check see one gradient that is wrong by 1 %?",
)
axes.legend()
show("Ten bars on a logarithmic axis: all yours is far below the line at 1e-7, every gradient with 1 % of error is above it.")

# %% [markdown] question="vanilla" minutes=5 level=1 lines=1
# ## 5a. Three ways to take a step: vanilla
#
# An **optimizer** is a rule that turns a gradient into a step. You write three of them.
# Each is one small function that takes arrays of one shape, `(n,)`, and returns **new** arrays.
# None of them changes what it was given.
#
# The gradient points uphill. So go a little the other way:
# $$w_{t+1} = w_t - \eta\, g_t$$
# $w$ and the gradient $g$ have the shape `(n,)`. The **learning rate** $\eta$ (eta)
# is one number, of shape `()`.
#
# Hint: The gradient points uphill.
#
# Hint: `w -= ...` on an array changes the array of whoever called you.
#
# Hint: Part 6 starts three trainings from the same weights: they would not be the same any more. Make a new array.

# %% solution="vanilla"
def vanilla_update(w, g, eta):
    """One step of plain gradient descent.

    Args:
        w: the weights, shape (n,); left as they are.
        g: the gradient at w, shape (n,).
        eta: the learning rate, one number.

    Returns:
        the new weights, shape (n,).

    Example: w = [1, 2], g = [10, -10], eta = 0.1 gives [0, 3].
    """
    ### BEGIN SOLUTION
    return w - eta * g
    ### END SOLUTION


# %% check="vanilla" points=1
check_value(
    "the weights after one step",
    ask(vanilla_update, np.array([1.0, 2.0, 3.0]), np.array([5.0, 0.0, -2.0]), 0.1),
    [0.5, 2.0, 3.2],
    known={
        "the step goes uphill": [1.5, 2.0, 2.8],
        "the learning rate is missing": [-4.0, 2.0, 5.0],
        "the step is returned, not the weights after it": [0.5, 0.0, -0.2],
        "the step (with its minus) is returned, not the weights after it": [-0.5, 0.0, 0.2],
        "only the sign of the gradient counts here": [0.9, 2.0, 3.1],
        "nothing moved": [1.0, 2.0, 3.0],
    },
)
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(21)
for eta in (0.03, 0.7):
    weights, gradient = rng.normal(1, 1, 9), rng.normal(0, 2, 9)
    check_value(
        "nine weights after one step",
        ask(vanilla_update, weights.copy(), gradient.copy(), eta),
        weights - eta * gradient,
    )
for what, weights, gradient, eta in (
    ("nine large weights", rng.normal(0, 50, 9), rng.normal(0, 90, 9), 0.4),
    ("nine weights and tiny slopes", rng.normal(1, 1, 9), rng.normal(0, 1e-5, 9), 0.3),
    ("weights of 0", np.zeros(4), rng.normal(0, 2, 4), 2e-4),
    ("a single weight", np.array([0.7]), np.array([-1.9]), 0.25),
    ("twelve very large weights", rng.normal(0, 4e4, 12), rng.normal(0, 2e4, 12), 3.5),
):
    check_value(f"{what} after one step", ask(vanilla_update, weights, gradient, eta), weights - eta * gradient)
### END HIDDEN TESTS

# %% check="vanilla-unchanged" points=1
start, gradient = np.array([1.0, 2.0, 3.0]), np.array([5.0, 0.0, -2.0])
check_kept(
    vanilla_update, [start, gradient, 0.1], [start, -gradient, 0.1], "w g eta",
    hint="`w -= ...` changes the caller's array; `w = w - ...` makes a new one.",
)
### BEGIN HIDDEN TESTS
start = np.linspace(-1, 1, 9)
check_kept(vanilla_update, [start, np.full(9, 0.5), 0.3], [start, np.full(9, 0.7), 0.3], "w g eta")
check_new(vanilla_update, start, np.full(9, 0.5), 0.0)
check_new(vanilla_update, start, np.zeros(9), 0.3)
### END HIDDEN TESTS

# %% [markdown] question="momentum" minutes=15 level=2 lines=2
# ## 5b. Momentum
#
# In a long narrow valley the gradient points mostly across, not along. Plain descent then zigzags.
# A heavy ball does better:
# it keeps part of its speed, so what points across cancels out, and what points along adds up.
# $$v_{t} = \gamma\, v_{t-1} + \eta\, g_t \qquad\qquad w_{t+1} = w_t - v_t$$
# The **velocity** $v$ has the shape of $w$ and starts at zero. $\gamma$ (gamma) is one number, mostly 0.9:
# how much of the speed survives a step.
#
# You will meet a second form, $v_t = \beta\, v_{t-1} + (1 - \beta)\, g_t$ with $w_{t+1} = w_t - \eta\, v_t$.
# Both are called momentum.
# With $\gamma = \beta$ the first form walks exactly where the second walks with a learning rate $1/(1-\gamma)$
# times as large.
# So which one is meant matters. **In this notebook it is the first**, with $\eta$ inside the velocity.
#
# Hint: First the new velocity, then the weights: the step uses the *new* one.
#
# Hint: Here $\eta$ occurs once. If you see it twice, you have mixed the two forms.
#
# Hint: The order of the two returned values is weights, velocity.

# %% solution="momentum"
def momentum_update(w, g, v, eta, gamma=0.9):
    """One step of gradient descent with momentum: v = gamma v + eta g, then w - v.

    Args:
        w: the weights, shape (n,); left as they are.
        g: the gradient at w, shape (n,).
        v: the velocity after the step before, shape (n,); zeros at first; left as it is.
        eta: the learning rate, one number.
        gamma: how much of the velocity survives, one number.

    Returns:
        (new weights, new velocity), both of shape (n,).

    Example: w = [1], g = [2], v = [0.5], eta = 0.1, gamma = 0.8 gives ([0.4], [0.6]).
    """
    ### BEGIN SOLUTION
    v = gamma * v + eta * g
    return w - v, v
    ### END SOLUTION


# %% check="momentum-velocity" points=1
moved = ask(momentum_update, np.array([1.0, 2.0]), np.array([2.0, -4.0]), np.array([0.5, 0.3]), 0.1, 0.8)
_, velocity = two_parts(moved, "momentum_update", ("weights", "velocity"))
check_value(
    "the new velocity",
    velocity,
    [0.6, -0.16],
    known={
        "this is the other form of momentum, with 1 - gamma": [0.8, -0.56],
        "the 1 - gamma of the other form is in it": [0.44, 0.16],
        "the velocity points downhill; here it points uphill and is subtracted": [0.2, 0.64],
        "the velocity points downhill; here it points uphill and is subtracted later": [-0.6, 0.16],
        "nothing of the old velocity is left": [0.2, -0.4],
        "all of the old velocity is left: gamma is missing": [0.7, -0.1],
        "the learning rate is missing": [2.4, -3.76],
        "eta multiplies the old velocity, too": [0.24, -0.376],
        "the weights and the velocity are returned in each other's places": [0.4, 2.16],
        "the old velocity is returned": [0.5, 0.3],
    },
)
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(22)
weights, old, velocity = rng.normal(1, 1, 9), np.zeros(9), np.zeros(9)
for step in (1, 2, 3):
    gradient = rng.normal(0, 2, 9)
    velocity = 0.7 * old + 0.05 * gradient
    _, got = two_parts(
        ask(momentum_update, weights.copy(), gradient.copy(), old.copy(), 0.05, 0.7),
        "momentum_update",
        ("weights", "velocity"),
    )
    check_value(
        f"the velocity after step {step}",
        got,
        velocity,
        known={"nothing of the old velocity is left": 0.05 * gradient},
    )
    weights, old = weights - velocity, velocity
_, got = two_parts(
    ask(momentum_update, weights.copy(), gradient.copy(), old.copy(), 0.05),
    "momentum_update",
    ("weights", "velocity"),
)
check_value("the velocity when gamma is left out (so gamma is 0.9)", got, 0.9 * old + 0.05 * gradient)
large, old = rng.normal(0, 90, 9), rng.normal(0, 40, 9)
_, got = two_parts(ask(momentum_update, weights, large, old, 0.8, 0.7), "momentum_update", ("weights", "velocity"))
check_value("the velocity for large gradients", got, 0.7 * old + 0.8 * large)
for what, gradient, eta, gamma in (
    ("where the gradient is 0", np.zeros(9), 0.8, 0.7),
    ("for tiny slopes", 1e-5 * large, 0.8, 0.7),
    ("for a tiny rate", large, 2e-4, 0.7),
    ("without momentum (gamma is 0)", large, 0.8, 0.0),
    ("with nearly all of it kept", large, 0.8, 0.995),
):
    moved = ask(momentum_update, weights, gradient, old, eta, gamma)
    got = two_parts(moved, "momentum_update", ("weights", "velocity"))[1]
    known = {"the old velocity is returned": old}
    check_value(f"the velocity {what}", got, gamma * old + eta * gradient, known=known)
### END HIDDEN TESTS

# %% check="momentum-weights" points=1
start, gradient, old = np.array([1.0, 2.0]), np.array([2.0, -4.0]), np.array([0.5, 0.3])
moved = ask(momentum_update, start.copy(), gradient.copy(), old.copy(), 0.1, 0.8)
weights, velocity = two_parts(moved, "momentum_update", ("weights", "velocity"))
velocity = check_seen("velocity that came with the weights", velocity, (2,), start, gradient, old)
check_value(
    "the new weights",
    weights,
    start - velocity,  # whatever your velocity is: it is subtracted
    known={
        "the velocity is added": start + velocity,
        "the old velocity moved the weights, not the new one": start - old,
        "the learning rate is used twice: it is already in the velocity": start - 0.1 * velocity,
        "the gradient moved the weights, not the velocity": start - 0.1 * gradient,
        "nothing moved": start,
        "the weights and the velocity are returned in each other's places": velocity,
    },
)
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(23)
start, old = rng.normal(1, 1, 9), rng.normal(0, 1, 9)
gradient = np.eye(9)[4]
moved = ask(momentum_update, start.copy(), gradient.copy(), np.zeros(9), 0.25, 0.6)
weights, velocity = two_parts(moved, "momentum_update", ("weights", "velocity"))
velocity = check_seen("velocity that came with the weights", velocity, (9,), start, old)
check_value("nine weights, when only the fifth gradient is not zero,", weights, start - velocity)
moved = ask(momentum_update, start.copy(), gradient.copy(), old.copy(), 0.25, 0.6)
weights, velocity = two_parts(moved, "momentum_update", ("weights", "velocity"))
velocity = check_seen("velocity that came with the weights", velocity, (9,), start, old)
check_value("nine weights after one step", weights, start - velocity)
cases = (
    ("nine weights, when the gradient is 0 and the velocity is not,", start, np.zeros(9), old, 0.25, 0.6),
    ("nine weights, when all slopes are tiny,", start, 1e-5 * gradient, old, 0.25, 0.6),
    ("weights of 0", np.zeros(3), np.array([1.5, -0.5, 2.0]), np.array([0.2, 0.1, -0.3]), 0.25, 0.6),
    ("a single weight", np.array([0.7]), np.array([-1.9]), np.array([0.3]), 0.25, 0.6),
    ("nine weights after a tiny rate", start, np.linspace(-2, 3, 9), old, 2e-4, 0.6),
    ("nine weights without momentum (gamma is 0)", start, np.linspace(-2, 3, 9), old, 0.25, 0.0),
)
for what, start, gradient, old, eta, gamma in cases:
    moved = ask(momentum_update, start, gradient, old, eta, gamma)
    weights, velocity = two_parts(moved, "momentum_update", ("weights", "velocity"))
    velocity = as_numbers(velocity)
    if velocity is not None and velocity.shape == start.shape:  # else the checks of the velocity say so
        check_value(f"{what} after one step", weights, start - velocity)
### END HIDDEN TESTS

# %% check="momentum-unchanged" points=1
start, gradient, old = np.array([1.0, 2.0]), np.array([2.0, -4.0]), np.array([0.5, 0.3])
check_kept(
    momentum_update, [start, gradient, old, 0.1, 0.8], [start, -gradient, 2 * old, 0.1, 0.8], "w g v eta gamma",
    hint="`w -= ...` and `v *= ...` change the caller's arrays; return new ones.",
)
### BEGIN HIDDEN TESTS
start, gradient, old = np.linspace(-1, 1, 9), np.linspace(2, 3, 9), np.linspace(0.5, 0.1, 9)
check_kept(momentum_update, [start, gradient, old, 0.1], [start, -gradient, 2 * old, 0.1], "w g v eta")
check_new(momentum_update, start, gradient, old, 0.0, 1.0)
### END HIDDEN TESTS

# %% [markdown] question="adam" minutes=30 level=3 lines=6
# ## 5c. Adam
#
# In our graph the gradient of `w9` is a thousand times that of `w5`. One learning rate cannot suit both.
# Adam gives each weight its own: it divides the step by the usual size of that weight's gradient.
#
# It keeps two running means, each of the shape of $w$, both zero at first:
# $m$ of the gradient, $v$ of its square.
# $$m_t = \beta_1\, m_{t-1} + (1 - \beta_1)\, g_t \qquad\qquad v_t = \beta_2\, v_{t-1} + (1 - \beta_2)\, g_t^2$$
# Because both start at zero they are too small at first.
# Divide by how much of the mean is filled, at step $t = 1, 2, 3, \dots$
# (here $\beta^t$ is a power):
# $$\hat m_t = \frac{m_t}{1 - \beta_1^{\,t}} \qquad\qquad \hat v_t = \frac{v_t}{1 - \beta_2^{\,t}}$$
# Then step. Squares, roots and divisions go entry by entry:
# $$w_{t+1} = w_t - \frac{\eta}{\sqrt{\hat v_t + \epsilon}}\;\hat m_t$$
#
# - **$\epsilon$ stands inside the root here.** The paper of Kingma and Ba (2014)
#   and most libraries put it outside, $\sqrt{\hat v} + \epsilon$.
#   For gradients of ordinary size you cannot tell. For tiny ones you can:
#   $10^{-8}$ inside the root acts like $10^{-4}$ outside.
# - The correction is for the *step*, not for the optimizer. It is strong at first ($1 - 0.9^1 = 0.1$)
#   and fades ($1 - 0.9^{50} = 0.995$).
#   Dividing by $1 - \beta$ for ever is a well-known mistake, and the loss still falls:
#   you would never notice it in a plot.
# - What you return and pass on are $m$ and $v$ themselves, not the corrected ones.
#
# | after $t$ steps: $t$ = | 1 | 2 | 3 | 10 |
# |---|---|---|---|---|
# | how full is a mean with $\beta = 0.9$? | 0.100 | 0.190 | 0.271 | 0.651 |
# | and with $\beta = 0.999$? | 0.001 | 0.002 | 0.003 | 0.010 |
#
# Hint: `adam-weights` looks at the first step, where any gradient moves its weight by just about eta. If only `adam-correction` fails, your correction does not depend on `t`, or not as a power.
#
# Hint: `m /= 1 - beta1**t` changes `m` itself, and a wrong `m` goes into the next step.
#
# Hint: Only `adam-eps` fails: compare your last line with the formula above, and with the sentence below it.

# %% solution="adam"
def adam_update(w, g, m, v, t, eta=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """One step of Adam, with eps inside the root.

    Args:
        w: the weights, shape (n,); left as they are.
        g: the gradient at w, shape (n,).
        m: the running mean of the gradient after the step before, shape (n,); left as it is.
        v: the running mean of its square after the step before, shape (n,); left as it is.
        t: the number of this step: 1, 2, 3, ...
        eta, beta1, beta2, eps: single numbers.

    Returns:
        (new weights, new m, new v), all of shape (n,); m and v without the correction.

    Example: w = [1], g = [-20], m = v = [0], t = 1, eta = 0.1 gives w = [1.1], m = [-2], v = [0.4].
    """
    ### BEGIN SOLUTION
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    return w - eta * m_hat / np.sqrt(v_hat + eps), m, v
    ### END SOLUTION


# %% check="adam-m" points=1
moved = ask(adam_update,
    np.array([1.0, 2.0]), np.array([2.0, -4.0]), np.array([0.5, 0.3]), np.array([0.2, 5.0]), 2, 0.1, 0.8, 0.95
)
_, mean, _ = two_parts(moved, "adam_update", ("weights", "m", "v"))
check_value(
    "the new m",
    mean,
    [0.8, -0.56],
    known={
        "the corrected mean is returned; the plain one is passed on": [0.8 / 0.36, -0.56 / 0.36],
        "the factor 1 - beta1 of the gradient is missing": [2.4, -3.76],
        "beta1 and 1 - beta1 stand in each other's places": [1.7, -3.14],
        "beta2 stands where beta1 should": [0.575, 0.085],
        "nothing of the old m is left": [0.4, -0.8],
        "m and v are returned in each other's places": [0.39, 5.55],
        "the old m is returned": [0.5, 0.3],
        "the learning rate is in it; it belongs to the step": [0.44, 0.16],
        "all of the old m is left: beta1 is missing": [0.9, -0.5],
    },
)
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(24)
old = np.zeros(9)
for t in (1, 2, 3):
    gradient = rng.normal(0, 2, 9)
    want = 0.3 * old + 0.7 * gradient
    moved = ask(adam_update,
        rng.normal(1, 1, 9), gradient.copy(), old.copy(), rng.uniform(1, 2, 9), t, 0.05, 0.3, 0.9
    )
    check_value(f"m after step {t}", two_parts(moved, "adam_update", ("weights", "m", "v"))[1], want)
    old = want
moved = ask(adam_update, np.ones(9), gradient.copy(), old.copy(), np.ones(9), 4)
large = ask(adam_update, np.ones(9), 5e3 * gradient, old, np.ones(9), 2, 0.05, 0.3, 0.9)
check_value("m for large gradients", two_parts(large, "adam_update", ("weights", "m", "v"))[1], 0.3 * old + 3500 * gradient)
without = ask(adam_update, np.ones(9), gradient, old, np.ones(9), 2, 0.05, 0.0, 0.9)
check_value("m without a memory (beta1 is 0)", two_parts(without, "adam_update", ("weights", "m", "v"))[1], gradient)
check_value(
    "m when beta1 is left out (so it is 0.9)",
    two_parts(moved, "adam_update", ("weights", "m", "v"))[1],
    0.9 * old + 0.1 * gradient,
)
### END HIDDEN TESTS

# %% check="adam-v" points=1
moved = ask(adam_update,
    np.array([1.0, 2.0]), np.array([2.0, -4.0]), np.array([0.5, 0.3]), np.array([0.2, 5.0]), 2, 0.1, 0.8, 0.95
)
_, _, square = two_parts(moved, "adam_update", ("weights", "m", "v"))
check_value(
    "the new v",
    square,
    [0.39, 5.55],
    known={
        "the corrected mean is returned; the plain one is passed on": [0.39 / 0.0975, 5.55 / 0.0975],
        "the gradient is not squared": [0.29, 4.55],
        "the size of the gradient is not its square": [0.29, 4.95],
        "the factor 1 - beta2 of the square is missing": [4.19, 20.75],
        "beta2 and 1 - beta2 stand in each other's places": [3.81, 15.45],
        "the factor 1 - beta2 is squared, too": [0.2, 4.79],
        "beta1 stands where beta2 should": [0.96, 7.2],
        "nothing of the old v is left": [0.2, 0.8],
        "the square is that of m, not that of the gradient": [0.222, 4.76568],
        "m and v are returned in each other's places": [0.8, -0.56],
        "the old v is returned": [0.2, 5.0],
    },
)
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(25)
old = np.zeros(9)
for t in (1, 2, 3):
    gradient = rng.normal(0, 2, 9)
    want = 0.4 * old + 0.6 * gradient * gradient
    moved = ask(adam_update,
        rng.normal(1, 1, 9), gradient.copy(), rng.normal(0, 1, 9), old.copy(), t, 0.05, 0.7, 0.4
    )
    check_value(f"v after step {t}", two_parts(moved, "adam_update", ("weights", "m", "v"))[2], want)
    old = want
moved = ask(adam_update, np.ones(9), gradient.copy(), np.ones(9), old.copy(), 4)
without = ask(adam_update, np.ones(9), gradient, np.ones(9), old, 2, 0.05, 0.9, 0.0)
check_value("v without a memory (beta2 is 0)", two_parts(without, "adam_update", ("weights", "m", "v"))[2], gradient**2)
want = 0.999 * old + 0.001 * gradient * gradient
check_value(
    "v when beta2 is left out (so it is 0.999)",
    two_parts(moved, "adam_update", ("weights", "m", "v"))[2],
    want,
)
### END HIDDEN TESTS

# %% check="adam-weights" points=1
start, gradient = np.array([1.0, 2.0, 3.0]), np.array([2000.0, -400.0, 300.0])
moved = ask(adam_update, start.copy(), gradient.copy(), np.zeros(3), np.zeros(3), 1, 0.1)
weights, mean, square = two_parts(moved, "adam_update", ("weights", "m", "v"))
check_value(
    "the weights after the first step",
    weights,
    [0.9, 2.1, 2.9],
    rtol=1e-8,
    known={
        "the step goes uphill": [1.1, 1.9, 3.1],
        "neither mean is corrected": start - 0.1 * np.sqrt(10) * np.sign(gradient),
        "v is not corrected": start - 0.1 * np.sqrt(1000) * np.sign(gradient),
        "m is not corrected": start - 0.01 * np.sign(gradient),
        "the root is missing below the line": start - 0.1 / gradient,
        "the learning rate is missing": start - np.sign(gradient),
        "nothing moved": start,
        "the two betas stand in each other's places": start - 1e-4 * np.sign(gradient),
        "t is one too high: the correction is that of the step after": start
        - 0.1 * np.sqrt(1.999) / 1.9 * np.sign(gradient),
    },
)
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(26)
start, gradient = rng.normal(1, 1, 9), rng.uniform(2, 5, 9) * rng.choice([-1, 1], 9)
for eta in (0.02, 0.3, 5e-4):
    moved = ask(adam_update, start.copy(), gradient.copy(), np.zeros(9), np.zeros(9), 1, eta, 0.6, 0.8)
    weights = two_parts(moved, "adam_update", ("weights", "m", "v"))[0]
    check_value("nine weights after the first step", weights, start - eta * np.sign(gradient), rtol=1e-7)
usual = ask(adam_update, start.copy(), 100 * gradient, np.zeros(9), np.zeros(9), 1)
weights = two_parts(usual, "adam_update", ("weights", "m", "v"))[0]
check_value(
    "the step when eta is left out (so it is 0.001)", weights - start, -0.001 * np.sign(gradient), rtol=1e-6
)
### END HIDDEN TESTS

# %% check="adam-correction" points=2
start, mean, square = np.array([1.0, 2.0]), np.array([0.2, -0.1]), np.array([0.5, 2.0])
moved = ask(adam_update, start.copy(), np.array([3.0, -2.0]), mean.copy(), square.copy(), 3, 0.1, 0.5, 0.5)
weights, new_mean, new_square = two_parts(moved, "adam_update", ("weights", "m", "v"))
# From your own m and v: at step 3 a mean with beta 0.5 is 1/2 + 1/4 + 1/8 = 7/8 full.
full = 7 / 8
new_mean = check_seen("m at step 3", new_mean, (2,), start, mean, square)
new_square = np.abs(check_seen("v at step 3", new_square, (2,), start, mean, square))
check_value(
    "the weights after step 3",
    weights,
    start - 0.1 * (new_mean / full) / np.sqrt(new_square / full),
    rtol=1e-7,
    known={
        "the corrected means are returned; the plain ones are passed on": np.where(
            np.isclose(new_mean * full, mean / 2 + [1.5, -1.0]), start - 0.1 * new_mean / np.sqrt(new_square), np.nan
        ),
        "the correction is that of step 1: it changes with t": start
        - 0.1 * (new_mean / 0.5) / np.sqrt(new_square / 0.5),
        "neither mean is corrected": start - 0.1 * new_mean / np.sqrt(new_square),
        "m is corrected, v is not": start - 0.1 * (new_mean / full) / np.sqrt(new_square),
        "v is corrected, m is not": start - 0.1 * new_mean / np.sqrt(new_square / full),
        "t counts from 0: the correction is that of the step before": start
        - 0.1 * (new_mean / 0.75) / np.sqrt(new_square / 0.75),
        "t is one too high: the correction is that of the step after": start
        - 0.1 * (new_mean * 16 / 15) / np.sqrt(new_square * 16 / 15),
        "the old m moved the weights, not the new one": start
        - 0.1 * (mean / full) / np.sqrt(new_square / full),
        "the old v scaled the step, not the new one": start
        - 0.1 * (new_mean / full) / np.sqrt(square / full),
        "the gradient moved the weights, not m": start
        - 0.1 * np.array([3.0, -2.0]) / np.sqrt(new_square / full),
        "the step goes uphill": start + 0.1 * (new_mean / full) / np.sqrt(new_square / full),
        "the root is missing below the line": start - 0.1 * (new_mean / full) / (new_square / full),
    },
)
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(27)
# At the end with a gradient of 0, with tiny slopes, and with a single weight.
for t, beta1, beta2, size, count in (
    (2, 0.9, 0.999, 3, 9), (3, 0.9, 0.99, 3, 9), (10, 0.8, 0.95, 3, 9), (50, 0.9, 0.999, 3, 9),
    (4, 0.7, 0.8, 0, 9), (4, 0.7, 0.8, 1e-5, 9), (3, 0.6, 0.7, 3, 1), (2000, 0.9, 0.999, 3, 9), (3, 0.6, 0.7, 1e-3, 5),
):
    start, gradient = rng.normal(1, 1, count), rng.normal(0, size, count)
    mean, square = rng.normal(0, 1, count), rng.uniform(1, 3, count)
    mean *= 20 if count == 5 else 1
    moved = ask(adam_update, start.copy(), gradient, mean.copy(), square.copy(), t, 0.1, beta1, beta2)
    given = start, gradient, mean, square
    weights, mean, square = two_parts(moved, "adam_update", ("weights", "m", "v"))
    mean = check_seen(f"m at step {t}", mean, (count,), *given)
    square = np.abs(check_seen(f"v at step {t}", square, (count,), *given))
    full = [1 - np.prod(np.full(t, beta)) for beta in (beta1, beta2)]

    def step(full_mean, full_square, mean=mean, square=square, start=start):
        return start - 0.1 * mean / full_mean * np.sqrt(full_square / square)

    check_value(
        f"the weights after step {t}",
        weights,
        step(*full),
        rtol=1e-7,
        known={
            "the correction is that of step 1: it changes with t": step(1 - beta1, 1 - beta2),
            "m and v are both corrected with beta1": step(full[0], full[0]),
            "m and v are both corrected with beta2": step(full[1], full[1]),
            "the two betas stand in each other's places in the correction": step(full[1], full[0]),
        },
    )
### END HIDDEN TESTS

# %% check="adam-eps" points=1
tiny = np.array([1e-4, -3e-5])
moved = ask(adam_update, np.zeros(2), tiny, np.zeros(2), np.zeros(2), 1, eta=0.1, eps=1e-8)
weights = two_parts(moved, "adam_update", ("weights", "m", "v"))[0]
check_value(
    "the first step along a tiny gradient",
    weights,
    [-0.07071067811865475, 0.028734788556634545],
    rtol=1e-7,
    known={
        "eps stands outside the root; here it is inside": -0.1 * tiny / (np.abs(tiny) + 1e-8),
        "eps is missing": [-0.1, 0.1],
        "eps is below the root, but it joined v before the correction": -0.1
        * tiny
        / np.sqrt(tiny**2 + 1e-8 / 0.001),
        "neither mean is corrected": -0.01 * tiny / np.sqrt(0.001 * tiny**2 + 1e-8),
        "m is corrected, v is not": -0.1 * tiny / np.sqrt(0.001 * tiny**2 + 1e-8),
        "v is corrected, m is not": -0.01 * tiny / np.sqrt(tiny**2 + 1e-8),
        "the two betas stand in each other's places": -0.001 * tiny / np.sqrt(100 * tiny**2 + 1e-8),
        "t is one too high: the correction is that of the step after": -0.1
        * (tiny / 1.9)
        / np.sqrt(tiny**2 / 1.999 + 1e-8),
        "the step goes uphill": 0.1 * tiny / np.sqrt(tiny**2 + 1e-8),
    },
    hint="Where is eps in the formula above?",
)
### BEGIN HIDDEN TESTS
for eps in (1e-6, 0.04, 0.7):
    gradient = np.array([0.1, -0.2, 0.001])
    moved = ask(adam_update, np.zeros(3), gradient.copy(), np.zeros(3), np.zeros(3), 1, 0.1, 0.8, 0.9, eps)
    weights = two_parts(moved, "adam_update", ("weights", "m", "v"))[0]
    outside = -0.1 * gradient / (np.abs(gradient) + eps)
    known = {"eps stands outside the root; here it is inside": outside}
    known["eps is fixed inside the function; it should be the argument"] = (
        -0.1 * gradient / np.sqrt(gradient**2 + 1e-8)
    )
    check_value(
        "the first step with another eps",
        weights,
        -0.1 * gradient / np.sqrt(gradient**2 + eps),
        rtol=1e-7,
        known=known,
    )
usual = ask(adam_update, np.zeros(2), tiny, np.zeros(2), np.zeros(2), 1, 0.1)
weights = two_parts(usual, "adam_update", ("weights", "m", "v"))[0]
check_value(
    "the first step when eps is left out (so it is 1e-8)",
    weights,
    -0.1 * tiny / np.sqrt(tiny**2 + 1e-8),
    rtol=1e-7,
)
assert np.all(
    np.isfinite(as_numbers(ask(adam_update, np.ones(2), np.zeros(2), np.zeros(2), np.zeros(2), 1)[0]))
), "With a gradient of zero the weights became nan: that is what eps is for."
### END HIDDEN TESTS

# %% check="adam-unchanged" points=1
start, gradient, mean, square = (
    np.array([1.0, 2.0]),
    np.array([2.0, -4.0]),
    np.array([0.5, 0.3]),
    np.array([0.2, 5.0]),
)
check_kept(
    adam_update, [start, gradient, mean, square, 2, 0.1], [start, -gradient, 2 * mean, 3 * square, 2, 0.1],
    "w g m v t eta", hint="`w -= ...`, `m *= ...` and `v /= ...` change the caller's arrays; return new ones.",
)
### BEGIN HIDDEN TESTS
start, mean = np.linspace(-1, 1, 9), np.linspace(0.5, 0.1, 9)
check_kept(
    adam_update, [start, np.full(9, 0.5), mean, np.full(9, 0.2), 5], [start, np.full(9, 0.7), -mean, np.full(9, 0.3), 6],
    "w g m v t",
)
check_new(adam_update, start, np.full(9, 0.5), mean, np.full(9, 0.2), 5, 0.0)
### END HIDDEN TESTS

# %% [markdown]
# **Look:** a long narrow valley, and your three rules on their way to the cross at the bottom,
# 40 steps each from the same start.
# Which one zigzags? Which one overshoots and comes back?
# Which one heads off along the diagonal, because it does not care how steep a direction is?
#
# Across the valley the slope is 20 times as steep as along it, so a vanilla step multiplies the distance across by
# $1 - 20\,\eta$. From which $\eta$ on does it fly out? Work it out, then try it with the slider (that of $\gamma$ belongs to momentum).
#
# Stretch: For this valley, which $\eta$ brings vanilla nearest to the cross in 40 steps? Derive it: two factors have to be of one size.

# %%
# @title Three walks through a narrow valley: run me
def walk(rule, eta, gamma, steps=40):
    """The way that a rule takes through the valley, shape (steps + 1, 2)."""
    point, memory, way = np.array([-9.0, 2.0]), (np.zeros(2), np.zeros(2)), [np.array([-9.0, 2.0])]
    for t in range(1, steps + 1):
        gradient = np.array([1.0, 20.0]) * point
        if rule == "vanilla":
            point = vanilla_update(point, gradient, eta)
        elif rule == "momentum":
            point, velocity = momentum_update(point, gradient, memory[0], 0.02, gamma)
            memory = (velocity, memory[1])
        else:
            point, *memory = adam_update(point, gradient, *memory, t, 0.6)
        way.append(point)
    return np.array(way)


def draw_valley(eta, gamma):
    """The valley from above, with the way of each rule."""
    across, along = np.meshgrid(np.linspace(-10, 4, 120), np.linspace(-3, 3, 80))
    heights, levels = (across**2 + 20 * along**2) / 2, np.logspace(-0.5, 2.2, 12)
    figure, axes = plt.subplots(figsize=(7.2, 4))
    axes.contour(across, along, heights, levels=levels, colors="0.8", linewidths=0.8)
    for rule, color in (("vanilla", BLUE), ("momentum", ORANGE), ("adam", GREEN)):
        way = walk(rule, eta, gamma)
        axes.plot(way[:, 0], way[:, 1], "o-", color=color, markersize=3, linewidth=1.2, label=rule)
    axes.plot(0, 0, "x", color="black", markersize=10)
    axes.set(xlabel="first weight", ylabel="second weight", xlim=(-10, 4), ylim=(-3, 3))
    axes.set_title(f"How do three rules walk through one narrow valley? (eta {eta:g}, gamma {gamma:g})")
    axes.legend(loc="upper right")
    return f"Three ways from the upper left to the cross. With eta {eta:g} vanilla zigzags; momentum swings with gamma {gamma:g}; Adam takes the diagonal."


slide(draw_valley, eta=[0.01, 0.03, 0.06, 0.09, 0.095, 0.1, 0.105], gamma=(0.0, 0.95, 0.8))

# %% [markdown] question="train-vanilla" minutes=20 level=2 lines=8
# ## 6a. Training: vanilla steps
#
# Three functions, one for each rule. All of them walk the same way:
#
# > for each **epoch**: for each **row**, in order: forward pass, backward pass, one update of the weights.
#
# So with 506 rows, one epoch makes 506 updates, and each row meets the weights that the row before has left.
# This is **stochastic gradient descent**, one row at a time.
#
# What to return: the weights at the end, and a list with **one loss for each epoch**.
# That loss is the mean over all rows of the epoch, and each row's loss is taken where it is met,
# before its own update.
#
# Call your own `forward_propagation`, `backward_propagation` and update function.
# The gradients come in a dict, and an update wants an array. Make the array by name, `dw1` first.
# For that there is a small helper, `as_vector(gradients)`.
#
# The checks put the practice graph of part 4 in the place of yours again, and the course's own update in the place of your update function.
# So only the loop is judged here.
#
# Hint: Is the update inside the loop over rows, or one level too far to the left?
#
# Hint: Is the list of losses as long as `epochs`? What happens to the sum when a new epoch begins?
#
# Hint: Does the loop go over the argument `X`, or over something of the notebook?

# %% solution="train-vanilla"
def train_vanilla(X, y, w, epochs, eta):
    """Train with plain gradient descent, one row at a time, in order.

    Args:
        X: features, shape (rows, 5).
        y: targets, shape (rows,).
        w: the weights to start from, shape (9,); left as they are.
        epochs: how often to go through all rows.
        eta: the learning rate.

    Returns:
        (weights at the end, shape (9,); list of `epochs` numbers, the mean loss of each epoch).

    Example: 3 epochs over 506 rows make 1518 updates and 3 losses.
    """
    ### BEGIN SOLUTION
    losses = []
    for _ in range(epochs):
        seen = []
        for features, target in zip(X, y):
            forward = forward_propagation(features, target, w)
            w = vanilla_update(w, as_vector(backward_propagation(features, w, forward)), eta)
            seen.append(forward["L"])
        losses.append(np.mean(seen))
    return w, losses
    ### END SOLUTION


# %% check="train-vanilla-weights" points=2
with notebook_with(**PRACTICE):
    trained = ask(train_vanilla, X[:2], y[:2], TRAIN_FROM, 1, 0.02)
check_two_rows("train_vanilla", trained, vanilla_ends(0.02))
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(31)
rows, targets, start = rng.normal(0, 1, (4, 5)), rng.normal(0, 1, 4), rng.normal(0, 0.5, 9)
with only_arguments(**PRACTICE):
    trained = ask(train_vanilla, rows, targets, start.copy(), 3, 0.03)
trained, _ = two_parts(trained, "train_vanilla", ("weights", "losses"))
want, after = start, {}
for epoch in (1, 2, 3):
    for row, target in zip(rows, targets):
        want = course_vanilla(want.copy(), practice_slopes(row, target, want), 0.03)
    after[epoch] = want
known = {"there is one epoch only": after[1], "one epoch is missing": after[2]}
check_value("the weights after 3 epochs over 4 rows", trained, want, known=known)
want = start
for row, target in zip(rows[:2], targets[:2]):
    want = course_vanilla(want, practice_slopes(row, target, want), 0.03)
with only_arguments(**{**PRACTICE, "backward_propagation": made_beside("practice_backward_in", your_order())}):
    trained = ask(train_vanilla, rows[:2], targets[:2], start, 1, 0.03)[0]
check_value(
    "the weights after one epoch, where the dict holds the gradients in the order of yours",
    trained,
    want,
    hint="Are the gradients taken by their names?",
)


def update(w, g, _):
    return course_vanilla(w, g, eta), None


for rows, targets, start, eta in quiet_trainings():
    with only_arguments(**PRACTICE):
        trained = ask(train_vanilla, rows, targets, start, 4, eta)[0]
    check_value(
        "the weights after 4 epochs in which nearly nothing is left to learn, or all begins at 0, or the loss rises",
        trained,
        after_training(update, rows, targets, start, 4),
        rtol=1e-7 if eta > 0.1 else 1e-9,
        hint="Every row makes its update, in every epoch, however small its loss is; the last weights are returned, not the best.",
    )
with only_arguments(**PRACTICE):
    trained = two_parts(ask(train_vanilla, *long_training(), 0.002), "train_vanilla", ("weights", "losses"))


def long_update(w, g, v):
    return course_vanilla(w, g, 0.002), None


check_long_training(trained, long_update)
with only_arguments(**PRACTICE):
    none = two_parts(ask(train_vanilla, rows, targets, start, 0, 0.1), "train_vanilla", ("weights", "losses"))
check_value("the weights after no epoch", none[0], start)
### END HIDDEN TESTS

# %% check="train-vanilla-losses" points=1
with notebook_with(**{**PRACTICE, "vanilla_update": still_vanilla}):  # nothing moves, so all is easy to count
    trained = ask(train_vanilla, X[:4], y[:4], TRAIN_FROM, 2, 0.0)
check_two_epochs("train_vanilla", trained)
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(34)
rows, targets, start = rng.normal(0, 1, (5, 5)), rng.normal(0, 1, 5), rng.normal(0, 0.5, 9)
nowhere = np.zeros(9)
quiet, goals = almost_there(nowhere)
with only_arguments(**{**PRACTICE, "vanilla_update": still_vanilla}):
    calm = ask(train_vanilla, quiet, goals, nowhere, 3, 0.0)[1]
    still = ask(train_vanilla, rows, targets, start.copy(), 4, 0.0)[1]
with only_arguments(**PRACTICE):
    single = ask(train_vanilla, rows[:1], targets[:1], start.copy(), epochs=1, eta=0.05)
each = [(practice_prediction(row, start) - target) ** 2 for row, target in zip(rows, targets)]
check_value(
    "the losses of 4 epochs over 5 rows", np.array([float(loss) for loss in still]), np.full(4, np.mean(each))
)
check_count("The number of losses after 3 epochs, where every loss is tiny,", np.size(calm), 3,
            hint="One for each epoch, however small it is.")
check_value(
    "the tiny losses of 3 epochs", np.array([float(loss) for loss in calm]),
    np.full(3, np.mean([(practice_prediction(row, nowhere) - goal) ** 2 for row, goal in zip(quiet, goals)])), rtol=1e-6
)
after = (practice_prediction(rows[0], single[0]) - targets[0]) ** 2
check_value(
    "the loss of one epoch over one row",
    np.array([float(loss) for loss in single[1]]),
    each[:1],
    known={"the loss was taken after the update, not before": [after]},
)
with only_arguments(**PRACTICE):
    trained = two_parts(ask(train_vanilla, *rising_training(), 0.3), "train_vanilla", ("weights", "losses"))


def long_update(w, g, v):
    return course_vanilla(w, g, 0.3), None


check_rising_losses(trained, long_update)
### END HIDDEN TESTS

# %% check="train-vanilla-start" points=1
start, rows, targets = np.linspace(-0.4, 0.4, 9), X[:3], y[:3]
with notebook_with(**PRACTICE):
    check_kept(
        train_vanilla, [rows, targets, start, 2, 0.02], [rows + 1, targets, start, 2, 0.02], "X y w epochs eta",
        hint="Training changes nothing but its own weights: another training may want to start there, too.",
    )
### BEGIN HIDDEN TESTS
start, rows, targets = np.linspace(0.3, -0.5, 9), X[3:5], y[3:5]
with notebook_with(**PRACTICE):
    check_kept(
        train_vanilla, [rows, targets, start, 3, 0.05], [rows, targets + 1, -start, 3, 0.05], "X y w epochs eta",
        hint="Training changes nothing but its own weights.",
    )
### END HIDDEN TESTS

# %% [markdown] question="train-momentum" minutes=15 level=1 lines=9
# ## 6b. Training with momentum
#
# The same loop, with something to carry along: the velocity.
# It starts at zero **once**, before the first epoch.
# It is not reset when an epoch begins, and the weights move at every row.
#
# Hint: What belongs to a row, what to an epoch, what to the whole training?
#
# Hint: Both returned values of `momentum_update` have to be kept. If the velocity is not, there is no momentum.
#
# Hint: Look at how far each line is indented: where does the velocity start at zero?

# %% solution="train-momentum"
def train_momentum(X, y, w, epochs, eta, gamma):
    """Train with momentum, one row at a time, in order.

    Args:
        X: features, shape (rows, 5).
        y: targets, shape (rows,).
        w: the weights to start from, shape (9,); left as they are.
        epochs: how often to go through all rows.
        eta: the learning rate.
        gamma: how much of the velocity survives a step.

    Returns:
        (weights at the end, shape (9,); list of `epochs` numbers, the mean loss of each epoch).

    Example: 3 epochs over 506 rows make 1518 updates and 3 losses.
    """
    ### BEGIN SOLUTION
    velocity = np.zeros(9)
    losses = []
    for _ in range(epochs):
        seen = []
        for features, target in zip(X, y):
            forward = forward_propagation(features, target, w)
            gradient = as_vector(backward_propagation(features, w, forward))
            w, velocity = momentum_update(w, gradient, velocity, eta, gamma)
            seen.append(forward["L"])
        losses.append(np.mean(seen))
    return w, losses
    ### END SOLUTION


# %% check="train-momentum-weights" points=2
with notebook_with(**PRACTICE):
    trained = ask(train_momentum, X[:2], y[:2], TRAIN_FROM, 1, 0.02, 0.7)
check_two_rows("train_momentum", trained, momentum_ends(0.02, 0.7))
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(32)
rows, targets, start = rng.normal(0, 1, (4, 5)), rng.normal(0, 1, 4), rng.normal(0, 0.5, 9)
with only_arguments(**PRACTICE):
    trained = ask(train_momentum, rows, targets, start.copy(), 3, 0.01, 0.6)
trained, _ = two_parts(trained, "train_momentum", ("weights", "losses"))
ends = []
for reset in (False, True):
    want, velocity = start, np.zeros(9)
    for epoch in range(3):
        velocity = np.zeros(9) if reset else velocity
        for row, target in zip(rows, targets):
            want, velocity = course_momentum(want.copy(), practice_slopes(row, target, want), velocity.copy(), 0.01, 0.6
            )
        ends.append(want)
known = {"the velocity starts at zero again in each epoch": ends[5], "there is one epoch only": ends[0]}
check_value("the weights after 3 epochs over 4 rows", trained, ends[2], known=known)
want, velocity = start, np.zeros(9)
for row, target in zip(rows[:2], targets[:2]):
    want, velocity = course_momentum(want, practice_slopes(row, target, want), velocity, 0.03, 0.6)
with only_arguments(**{**PRACTICE, "backward_propagation": made_beside("practice_backward_in", your_order())}):
    trained = ask(train_momentum, rows[:2], targets[:2], start, 1, 0.03, 0.6)[0]
check_value(
    "the weights after one epoch, where the dict holds the gradients in the order of yours",
    trained,
    want,
    hint="Are the gradients taken by their names?",
)


def update(w, g, v):
    return course_momentum(w, g, np.zeros(9) if v is None else v, eta, 0.6)


for rows, targets, start, eta in quiet_trainings():
    with only_arguments(**PRACTICE):
        trained = ask(train_momentum, rows, targets, start, 4, eta, 0.6)[0]
    check_value(
        "the weights after 4 epochs in which nearly nothing is left to learn, or all begins at 0, or the loss rises",
        trained,
        after_training(update, rows, targets, start, 4),
        rtol=1e-7 if eta > 0.1 else 1e-9,
        hint="Every row makes its update, in every epoch, however small its loss is; the last weights are returned, not the best.",
    )
with only_arguments(**PRACTICE):
    trained = two_parts(ask(train_momentum, *long_training(), 0.0005, 0.95), "train_momentum", ("weights", "losses"))


def long_update(w, g, v):
    return course_momentum(w, g, np.zeros(9) if v is None else v, 0.0005, 0.95)


check_long_training(trained, long_update)
with only_arguments(**PRACTICE):
    none = two_parts(ask(train_momentum, rows, targets, start, 0, 0.1, 0.5), "train_momentum", ("weights", "losses"))
check_value("the weights after no epoch", none[0], start)
### END HIDDEN TESTS

# %% check="train-momentum-losses" points=1
with notebook_with(**{**PRACTICE, "momentum_update": still_momentum}):  # nothing moves, so all is easy to count
    trained = ask(train_momentum, X[:4], y[:4], TRAIN_FROM, 2, 0.0, 0.9)
check_two_epochs("train_momentum", trained)
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(35)
rows, targets, start = rng.normal(0, 1, (5, 5)), rng.normal(0, 1, 5), rng.normal(0, 0.5, 9)
nowhere = np.zeros(9)
quiet, goals = almost_there(nowhere)
with only_arguments(**{**PRACTICE, "momentum_update": still_momentum}):
    calm = ask(train_momentum, quiet, goals, nowhere, 3, 0.0, 0.9)[1]
    still = ask(train_momentum, rows, targets, start.copy(), 4, 0.0, 0.9)[1]
with only_arguments(**PRACTICE):
    single = ask(train_momentum, rows[:1], targets[:1], start.copy(), epochs=1, eta=0.05, gamma=0.9)
each = [(practice_prediction(row, start) - target) ** 2 for row, target in zip(rows, targets)]
check_value(
    "the losses of 4 epochs over 5 rows", np.array([float(loss) for loss in still]), np.full(4, np.mean(each))
)
check_count("The number of losses after 3 epochs, where every loss is tiny,", np.size(calm), 3,
            hint="One for each epoch, however small it is.")
check_value(
    "the tiny losses of 3 epochs", np.array([float(loss) for loss in calm]),
    np.full(3, np.mean([(practice_prediction(row, nowhere) - goal) ** 2 for row, goal in zip(quiet, goals)])), rtol=1e-6
)
after = (practice_prediction(rows[0], single[0]) - targets[0]) ** 2
check_value(
    "the loss of one epoch over one row",
    np.array([float(loss) for loss in single[1]]),
    each[:1],
    known={"the loss was taken after the update, not before": [after]},
)
with only_arguments(**PRACTICE):
    trained = two_parts(ask(train_momentum, *rising_training(), 0.3, 0.95), "train_momentum", ("weights", "losses"))


def long_update(w, g, v):
    return course_momentum(w, g, np.zeros(9) if v is None else v, 0.3, 0.95)


check_rising_losses(trained, long_update)
### END HIDDEN TESTS

# %% check="train-momentum-start" points=1
start, rows, targets = np.linspace(-0.4, 0.4, 9), X[:3], y[:3]
with notebook_with(**PRACTICE):
    check_kept(
        train_momentum, [rows, targets, start, 2, 0.02, 0.9], [rows + 1, targets, start, 2, 0.02, 0.9], "X y w epochs eta gamma",
        hint="Training changes nothing but its own weights: another training may want to start there, too.",
    )
### BEGIN HIDDEN TESTS
start, rows, targets = np.linspace(0.3, -0.5, 9), X[3:5], y[3:5]
with notebook_with(**PRACTICE):
    check_kept(
        train_momentum, [rows, targets, start, 3, 0.05, 0.5], [rows, targets + 1, -start, 3, 0.05, 0.5], "X y w epochs eta gamma",
        hint="Training changes nothing but its own weights.",
    )
### END HIDDEN TESTS

# %% [markdown] question="train-adam" minutes=15 level=2 lines=11
# ## 6c. Training with Adam
#
# Now there are three things to carry along: $m$, $v$ and the number of the step $t$.
# $t$ counts **updates**, not epochs: with 506 rows, the second epoch begins with $t = 507$.
# The first update of all has $t = 1$.
# Leave `beta1`, `beta2` and `eps` as they are set in `adam_update`.
#
# Hint: `range` and `enumerate` over the rows of one epoch begin anew in the next. What should not begin anew?
#
# Hint: `adam_update` with `t = 0` divides by zero: count first, then step.
#
# Hint: All three returned values have to be kept.

# %% solution="train-adam"
def train_adam(X, y, w, epochs, eta):
    """Train with Adam, one row at a time, in order.

    Args:
        X: features, shape (rows, 5).
        y: targets, shape (rows,).
        w: the weights to start from, shape (9,); left as they are.
        epochs: how often to go through all rows.
        eta: the learning rate.

    Returns:
        (weights at the end, shape (9,); list of `epochs` numbers, the mean loss of each epoch).

    Example: 3 epochs over 506 rows make 1518 updates; the last one has t = 1518.
    """
    ### BEGIN SOLUTION
    mean, square, t = np.zeros(9), np.zeros(9), 0
    losses = []
    for _ in range(epochs):
        seen = []
        for features, target in zip(X, y):
            forward = forward_propagation(features, target, w)
            gradient = as_vector(backward_propagation(features, w, forward))
            t += 1
            w, mean, square = adam_update(w, gradient, mean, square, t, eta)
            seen.append(forward["L"])
        losses.append(np.mean(seen))
    return w, losses
    ### END SOLUTION


# %% check="train-adam-weights" points=2
with notebook_with(**PRACTICE):
    trained = ask(train_adam, X[:2], y[:2], TRAIN_FROM, 1, 0.02)
check_two_rows("train_adam", trained, adam_ends(0.02))
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(33)
rows, targets, start = rng.normal(0, 1, (4, 5)), rng.normal(0, 1, 4), rng.normal(0, 0.5, 9)
with only_arguments(**PRACTICE):
    trained = ask(train_adam, rows, targets, start.copy(), 3, 0.03)
trained, _ = two_parts(trained, "train_adam", ("weights", "losses"))
ends = {}
for why in (
    "right",
    "t starts at 1 again in each epoch",
    "m and v start at zero again in each epoch",
    "t counts epochs",
    "all",
):
    want, mean, square, t = start, np.zeros(9), np.zeros(9), 0
    for epoch in (1, 2, 3):
        if why in ("t starts at 1 again in each epoch", "all"):
            t = 0
        if why in ("m and v start at zero again in each epoch", "all"):
            mean, square = np.zeros(9), np.zeros(9)
        for row, target in zip(rows, targets):
            t = epoch if why == "t counts epochs" else t + 1
            slopes = practice_slopes(row, target, want)
            want, mean, square = course_adam(want.copy(), slopes, mean.copy(), square.copy(), t, 0.03)
    ends[why] = want
want = ends.pop("right")
ends["m, v and t start anew in each epoch"] = ends.pop("all")
check_value("the weights after 3 epochs over 4 rows", trained, want, known=ends)
want, mean, square = start, np.zeros(9), np.zeros(9)
for t, (row, target) in enumerate(zip(rows[:2], targets[:2]), 1):
    want, mean, square = course_adam(want, practice_slopes(row, target, want), mean, square, t, 0.03)
with only_arguments(**{**PRACTICE, "backward_propagation": made_beside("practice_backward_in", your_order())}):
    trained = ask(train_adam, rows[:2], targets[:2], start, 1, 0.03)[0]
check_value(
    "the weights after one epoch, where the dict holds the gradients in the order of yours",
    trained,
    want,
    hint="Are the gradients taken by their names?",
)


def update(w, g, memory):
    m, v, t = memory or (np.zeros(9), np.zeros(9), 0)
    w, m, v = course_adam(w, g, m, v, t + 1, eta)
    return w, (m, v, t + 1)


for rows, targets, start, eta in quiet_trainings():
    with only_arguments(**PRACTICE):
        trained = ask(train_adam, rows, targets, start, 4, eta)[0]
    check_value(
        "the weights after 4 epochs in which nearly nothing is left to learn, or all begins at 0, or the loss rises",
        trained,
        after_training(update, rows, targets, start, 4),
        rtol=1e-7 if eta > 0.1 else 1e-9,
        hint="Every row makes its update, in every epoch, however small its loss is; the last weights are returned, not the best.",
    )
with only_arguments(**PRACTICE):
    trained = two_parts(ask(train_adam, *long_training(), 0.01), "train_adam", ("weights", "losses"))


def long_update(w, g, v):
    m, v, t = v or (np.zeros(9), np.zeros(9), 0)
    w, m, v = course_adam(w, g, m, v, t + 1, 0.01)
    return w, (m, v, t + 1)


check_long_training(trained, long_update)
with only_arguments(**PRACTICE):
    none = two_parts(ask(train_adam, rows, targets, start, 0, 0.1), "train_adam", ("weights", "losses"))
check_value("the weights after no epoch", none[0], start)
### END HIDDEN TESTS

# %% check="train-adam-losses" points=1
with notebook_with(**{**PRACTICE, "adam_update": still_adam}):  # nothing moves, so all is easy to count
    trained = ask(train_adam, X[:4], y[:4], TRAIN_FROM, 2, 0.0)
check_two_epochs("train_adam", trained)
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(36)
rows, targets, start = rng.normal(0, 1, (5, 5)), rng.normal(0, 1, 5), rng.normal(0, 0.5, 9)
nowhere = np.zeros(9)
quiet, goals = almost_there(nowhere)
with only_arguments(**{**PRACTICE, "adam_update": still_adam}):
    calm = ask(train_adam, quiet, goals, nowhere, 3, 0.0)[1]
    still = ask(train_adam, rows, targets, start.copy(), 4, 0.0)[1]
with only_arguments(**PRACTICE):
    single = ask(train_adam, rows[:1], targets[:1], start.copy(), epochs=1, eta=0.05)
each = [(practice_prediction(row, start) - target) ** 2 for row, target in zip(rows, targets)]
check_value(
    "the losses of 4 epochs over 5 rows", np.array([float(loss) for loss in still]), np.full(4, np.mean(each))
)
check_count("The number of losses after 3 epochs, where every loss is tiny,", np.size(calm), 3,
            hint="One for each epoch, however small it is.")
check_value(
    "the tiny losses of 3 epochs", np.array([float(loss) for loss in calm]),
    np.full(3, np.mean([(practice_prediction(row, nowhere) - goal) ** 2 for row, goal in zip(quiet, goals)])), rtol=1e-6
)
after = (practice_prediction(rows[0], single[0]) - targets[0]) ** 2
check_value(
    "the loss of one epoch over one row",
    np.array([float(loss) for loss in single[1]]),
    each[:1],
    known={"the loss was taken after the update, not before": [after]},
)
with only_arguments(**PRACTICE):
    trained = two_parts(ask(train_adam, *rising_training(), 0.3), "train_adam", ("weights", "losses"))


def long_update(w, g, v):
    m, v, t = v or (np.zeros(9), np.zeros(9), 0)
    w, m, v = course_adam(w, g, m, v, t + 1, 0.3)
    return w, (m, v, t + 1)


check_rising_losses(trained, long_update)
### END HIDDEN TESTS

# %% check="train-adam-start" points=1
start, rows, targets = np.linspace(-0.4, 0.4, 9), X[:3], y[:3]
with notebook_with(**PRACTICE):
    check_kept(
        train_adam, [rows, targets, start, 2, 0.02], [rows + 1, targets, start, 2, 0.02], "X y w epochs eta",
        hint="Training changes nothing but its own weights: another training may want to start there, too.",
    )
### BEGIN HIDDEN TESTS
start, rows, targets = np.linspace(0.3, -0.5, 9), X[3:5], y[3:5]
with notebook_with(**PRACTICE):
    check_kept(
        train_adam, [rows, targets, start, 3, 0.05], [rows, targets + 1, -start, 3, 0.05], "X y w epochs eta",
        hint="Training changes nothing but its own weights.",
    )
### END HIDDEN TESTS

# %% [markdown] hunt="adam_passes_corrected_means"
# **Bug hunt.** The end of somebody's `adam_update`. It passes the eye, its first step is right, and the loss falls. What is wrong?
#
# ```python
# m_hat = m / (1 - beta1**t)
# v_hat = v / (1 - beta2**t)
# return w - eta * m_hat / np.sqrt(v_hat + eps), m_hat, v_hat
# ```
#
# <details><summary>The answer</summary>
#
# The last line hands on the corrected means. In the next step they are taken for the plain ones, and are corrected once more.
# At $t = 1$ the correction multiplies by 10 and by 1000: from then on both means are far too large.
#
# </details>

# %% [markdown] section="race"
# ## 7. The race
#
# All three start at the same place:
# nine small random weights (mean 0, standard deviation 0.01), with the same learning rate 0.001.
# Momentum keeps 0.9 of its speed. 20 epochs take a few seconds; `FULL_RACE = True` runs the whole story of 100.
#
# **Look:** the mean loss of each epoch, for each optimizer alone and for all on a logarithmic axis.
# Who is stuck, and who gets away?
#
# In the first epoch momentum is far ahead, because its velocity makes each step up to ten times as long.
# Then vanilla and momentum both stop near 0.031. Momentum gets away after a while. Adam hardly stops at all.
#
# What holds them is not the bottom of a valley but a **saddle**, and your own gradients say why.
# `dw1` and `dw2` have the factor $w_1 f_1 + w_2 f_2$, `dw3` has the bracket, `dw4` and `dw5` have the sine.
# Where $w_1, \dots, w_5$ are 0, all these factors are 0.
# So all five gradients are 0, although the loss is not at its lowest.
# The training starts right beside that place. Any small push away from it grows, but slowly.
# Momentum adds small pushes up.
# Adam divides each step by the usual size of that weight's gradient, so small pushes become large steps.
#
# Then look where they ended up. Each dot is one weight at the end of the training.
# Do you see a number that Adam found again and again?

# %%
# @title The race, and where it ends: run me
from functools import cache

FULL_RACE = False  # True: 100 epochs, which takes a minute
EPOCHS = 100 if FULL_RACE else 20


@cache
def race(epochs):
    """Each optimizer's name with (weights at the end, losses); a second call takes no time."""
    start = np.random.default_rng(0).normal(0, 0.01, 9)
    return {
        "vanilla": train_vanilla(X, y, start, epochs, 0.001),
        "momentum": train_momentum(X, y, start, epochs, 0.001, 0.9),
        "adam": train_adam(X, y, start, epochs, 0.001),
    }


runners, looks = race(EPOCHS), {"vanilla": (BLUE, "s"), "momentum": (ORANGE, "o"), "adam": (GREEN, "^")}
epochs = range(1, EPOCHS + 1)
figure, panels = plt.subplot_mosaic([["vanilla", "momentum", "adam"], ["all"] * 3], figsize=(7.4, 6.4))
for name, (_, losses) in runners.items():
    color, marker = looks[name]
    panels[name].plot(epochs, losses, color=color, marker=marker, markersize=3)
    panels[name].set(title=f"{name}: {losses[0]:.3f} to {losses[-1]:.2g}", xlabel="epoch", ylabel="mean loss", ylim=(0, None))
    panels["all"].semilogy(epochs, losses, color=color, marker=marker, markersize=3, label=name)
panels["all"].set(xlabel="epoch", ylabel="mean loss", title="Who leaves the saddle first? One learning rate")
panels["all"].legend()
panels["all"].grid(alpha=0.3)
panels["all"].xaxis.get_major_locator().set_params(integer=True)
show("; ".join(f"{name} falls from {losses[0]:.3f} to {losses[-1]:.2g}" for name, (_, losses) in runners.items()) + f", in {EPOCHS} epochs.")

figure, axes = plt.subplots(figsize=(7.5, 3.6))
for shift, (name, (trained, _)) in zip((-0.15, 0, 0.15), runners.items()):
    color, marker = looks[name]
    axes.plot(np.arange(9) + shift, trained, marker, color=color, markersize=7, label=name)
axes.axhline(1, color="0.6", linewidth=1)
axes.set(xticks=range(9), xticklabels=NINE_NAMES, ylabel="weight after training", title="Which weights did the three find?")
axes.legend()
axes.grid(alpha=0.3)
show(f"The nine weights that each optimizer found. Adam's are {np.round(runners['adam'][0], 2).tolist()}.")

# %% [markdown]
# Here is the surprise. The targets are not prices of houses.
# **They were computed with this very graph, with every weight equal to 1.**
# So a loss of 0 is possible, and Adam has all but found it, from nothing but 506 rows of examples.
# It found five of the nine ones, too. Why not `w1`, `w2`, `w6` and `w7`?
# With all weights 1, what goes into the tanh is never below $e + 1 \approx 3.7$.
# There the tanh is flat: it is 0.999 whatever you do.
# The loss hardly hears these four, so it cannot tell them where to go.
# **A small loss does not mean that every weight is right.**
#
# There are also other places with loss 0. $w_1 = w_2 = -1$ gives the same square.
# And if $w_3$ changes its sign together with $w_4$ and $w_5$,
# the minus of the sine and the minus of the bracket cancel.
# Try other starting weights and see where you land. Try a learning rate of 0.01, too:
# longer steps are not always better.

# %% free
# A cell to play in. For example: start from np.random.default_rng(1).normal(0, 0.01, 9).

# %% [markdown] section="end"
# ## What you have learnt
#
# - A network is a graph.
#   The forward pass walks through it from left to right and stores what the way back needs.
# - The backward pass walks from right to left. Each circle multiplies what arrives by its own slope.
#   That is all of backpropagation.
# - Gradients can be measured.
#   A centred difference with an eps near $10^{-5}$ tells right from wrong, and a smaller eps is not better.
# - A function that peeks at the notebook's variables is right only by luck. Yours uses its arguments.
# - Momentum remembers directions, Adam remembers sizes as well. A loss that falls proves little:
#   a broken optimizer's loss falls, too.
#   What proves something is one single step, compared with numbers that you can count by hand.
#
# Read on: watch [a lecture of CS231n on backpropagation](https://www.youtube.com/watch?v=i940vYb6noo)
# and [one on training](https://www.youtube.com/watch?v=gYpoJmIgyXA);
# read [how to debug a network with gradient checking](https://towardsdatascience.com/how-to-debug-a-neural-network-with-gradient-checking-41deec0357a9)
# and [the notes on other optimizers](https://cs231n.github.io/neural-networks-3/).
#
# **What next:** the same idea with matrices, so that a whole layer takes one line: the XOR classifier.
