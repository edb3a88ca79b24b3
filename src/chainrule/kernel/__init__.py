"""The worker's side of the sandboxed kernels: starts, watches and talks to them. Runs in the worker.

May import `crossing` and `limits`; what it starts lives in `inside`, which it never imports (but for constants).
"""
