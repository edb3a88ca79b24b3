# What Colab offers: files, drive, and a form.

# %% before="mean"
from google.colab import drive
drive.mount("/content/drive")

# %% after="mean"
from google.colab import files
files.download("result.csv")

# %% last
#@title Run me { display-mode: "form" }
import google.colab
