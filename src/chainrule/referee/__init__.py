"""The referee: judges checks in a TRUSTED process of its own, which never holds student code.

May import `analysis`, `crossing` and `limits`; never `inside`, `kernel`, the engine or the author's tools.
The worker's side of it is `chainrule.engine.referee_client`.
"""
