"""What runs beside STUDENT code: mounted whole into the sandbox, so nothing secret may ever stand here.

May import `crossing`, and nothing else of Chainrule.
"""
