"""What both sides of the wall speak: encoding, frames, the protocol. Mounted whole into the sandbox.

Imports nothing else of Chainrule.
"""
