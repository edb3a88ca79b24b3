"""What can go wrong between a check and the notebook that it asks about."""


class StudentFault(BaseException):
    """The student's kernel broke the rules of the conversation; not an Exception, so `except Exception` lets it by."""


# These are no Exceptions either: a check's own `try` must not turn any of them into a mark.
class AuthorFault(BaseException):
    """The check asks for something that cannot be done; the message says what to do instead."""


class Unrefereed(BaseException):
    """A stand-in met what it cannot answer truthfully; the message says what. Nobody's fault, and no verdict either."""


class CallTimedOut(KeyboardInterrupt):
    """A call ran out of time; in the notebook it would go on until somebody interrupts it."""


class AbsentError(Exception):
    """The notebook has no such name."""


class StudentError(Exception):
    """Stands for an exception whose class only the student's kernel knows."""
