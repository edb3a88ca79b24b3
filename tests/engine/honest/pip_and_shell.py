# `!pip install` at the top, and a look around with the shell.

# %% before="mean"
!pip install -q numpy
%pip install numpy
!ls -la
files = !ls
