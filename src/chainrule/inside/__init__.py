"""What runs beside STUDENT code: mounted whole into the sandbox, so nothing secret may ever stand here.

Runs in the warm parent and in the kernels forked from it. May import `crossing`, and nothing else of Chainrule.
"""
