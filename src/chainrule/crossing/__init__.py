"""What both sides of the wall speak: encoding, frames, the protocol. Mounted whole into the sandbox.

Runs in the student's process, in the referee and in the worker. Imports nothing else of Chainrule.
"""
