# Plots of the answer's own, in every way.
# needs: matplotlib

# %% before="mean"
import matplotlib
import matplotlib.pyplot as plt
plt.style.use("ggplot")
plt.plot([1, 2, 3])
plt.show()
fig, axes = plt.subplots(2, 2)
fig
