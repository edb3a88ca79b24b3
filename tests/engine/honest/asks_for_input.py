# `input()` waits for somebody who is not there.

# %% before="mean"
name = input("Your name? ")
import getpass
getpass.getpass()
