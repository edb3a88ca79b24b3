# Subtracts the mean and divides by the spread.
# loses: scale-pixels-values scale-pixels-same-for-all
# says: mean was subtracted

# %% solution="scale-pixels"
def scale_pixels(images):
    return (images - images.mean()) / (images.std() + 1e-9)
