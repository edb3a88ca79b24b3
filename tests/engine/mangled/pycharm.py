"""PyCharm: metadata of its own, and ids of another kind."""


def mangle(notebook):
    for cell in notebook["cells"]:
        cell["metadata"]["pycharm"] = {"name": "#%%\n", "is_executing": False}
        cell["id"] = "a" + cell["id"]
    return notebook
