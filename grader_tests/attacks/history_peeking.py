# Reads the history of inputs, IPython's hidden variables and its history database, and prints what the checks say.
# family: frames and history
# after: No hidden line is there to be read.

# %% solution="double"
def double(x):
    shell = get_ipython()
    for text in [shell.user_ns.get("_i", ""), *shell.user_ns.get("In", [])]:
        if ("um" + "bra") in text:
            print(text)
    return 0

# %% own last
shell = get_ipython()
for text in [*In, *shell.history_manager.input_hist_raw, *map(str, shell.user_ns.values())]:
    if ("um" + "bra") in text:
        print(text)
