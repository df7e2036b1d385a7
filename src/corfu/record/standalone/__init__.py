"""What goes into every bundle for people: a guide, and two verifiers that stand alone."""

from importlib import resources

from corfu.record.bundle import FOR_PEOPLE


def files() -> dict[str, bytes]:
    """The files for people by name, as `corfu.record.bundle.make` takes them; those that this installation holds."""
    here = resources.files(__name__)
    return {name: here.joinpath(name).read_bytes() for name in FOR_PEOPLE if here.joinpath(name).is_file()}
