"""The cases, one file a group; those that are data are in the tables beside."""
import importlib
import pkgutil


def load():
    """Registers every case of every module here."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
