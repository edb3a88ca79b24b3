# Shows scripts as HTML, JavaScript, SVG, LaTeX, markdown and JSON, and breaks out of a picture's address.
# family: leaks through outputs and feedback
# after: Pages for teachers and students run none of it.

# %% own
import sys

from IPython.display import HTML, SVG, Javascript, Latex, Markdown, display, publish_display_data

display(HTML("<script>pwned()</script><img src=x onerror=pwned()>"))
display(Javascript("pwned()"))
display(SVG("<svg xmlns='http://www.w3.org/2000/svg' onload='pwned()'><script>pwned()</script></svg>"))
display(Latex("$\\href{javascript:pwned()}{click}$ <script>pwned()</script>"))
display(Markdown("[x](javascript:pwned())"))
picture = {"image/png": 'AAAA" onerror="pwned()', "image/jpeg": "AA==", "application/javascript": "pwned()"}
publish_display_data({**picture, "text/html": "<script>pwned()</script>", "text/plain": "<script>pwned()</script>"}, metadata={"image/jpeg": {"width": '1" onload="pwned()'}})
print("<script>pwned()</script>\x1b]8;;javascript:pwned()\x07x\x1b]8;;\x07")
print("<img src=x onerror=pwned()>", file=sys.stderr)
