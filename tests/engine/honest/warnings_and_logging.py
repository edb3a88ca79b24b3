# A warning of numpy in an answer, and logging set up.

# %% before="mean"
import logging
logging.basicConfig(level=logging.DEBUG, force=True)

# %% answer="mean"
def mean(values):
    np.log(np.zeros(1))
    logging.warning("mean")
    return sum(values) / len(values)
