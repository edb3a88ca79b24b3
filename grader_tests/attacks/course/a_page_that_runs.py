# Fails with messages that are scripts, prints and displays pages, and calls itself by names that are tags.
# after: The feedback page shows them as text.

# %% answer
from IPython.display import HTML, display

BAD = "</pre><script>pwned()</script><img src=x onerror=pwned()> $\\href{javascript:pwned()}{x}$"
display(HTML(BAD))
print(BAD)


class Worse(Exception):
    __str__ = __repr__ = lambda self: BAD


Worse.__name__ = Worse.__qualname__ = "<script>pwned()</script>"


def fail(*things, **options):
    raise Worse(BAD)


for name in NAMES:
    globals()[name] = fail
