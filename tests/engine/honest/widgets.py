# A slider, where widgets are there or not.

# %% before="mean"
import ipywidgets
from IPython.display import display
display(ipywidgets.IntSlider())

# %% after="mean"
from IPython.display import HTML, Javascript, Math, Markdown
display(HTML("<b>x</b>"), Math("x^2"), Markdown("*x*"), Javascript("1"))
