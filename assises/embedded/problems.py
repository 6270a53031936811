"""What can go wrong, in words for the person who typed the command."""


class CannotRunError(Exception):
    """The message, in French, says what is wrong and what to do; it is all that the person sees."""
