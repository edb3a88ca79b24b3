# PyTorch's default type is another, and so is the printing of numpy.
# needs: torch

# %% before="mean"
import torch
torch.set_default_dtype(torch.float64)
np.set_printoptions(precision=2, suppress=True)
