"""What a reader says when it cannot read."""


class BadInput(Exception):
    """A file that cannot be read, and why.

    str(error) is one sentence or two for the person at the keyboard: it begins with the file's name, says what is
    wrong with it and what to do next. It is shown as it is, without a traceback; the command line exits with 2.
    """
