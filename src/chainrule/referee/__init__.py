"""The referee: judges checks in a TRUSTED process of its own, which never holds student code.

May import `crossing`, `limits` and the analysis of names; never `inside`, the engine or the author's tools.
The worker's side of it is `chainrule.engine.referee_client`.
"""
