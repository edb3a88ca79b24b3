# PyTorch's DataLoader with worker processes.
# needs: torch

# %% before="mean"
import torch
from torch.utils.data import DataLoader
for batch in DataLoader(torch.arange(8.0), batch_size=4, num_workers=2):
    print(batch)
