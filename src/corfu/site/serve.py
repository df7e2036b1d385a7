"""Serving: one process that writes, with threads; gunicorn keeps it."""

from typing import Any, Final

from django.core.management import call_command
from django.db import connections
from gunicorn.app.base import BaseApplication

from corfu.acts import writer
from corfu.formats.errors import BadInput

THREADS: Final = 8


class _Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn with our application in it."""

    def __init__(self, options: dict[str, Any]) -> None:
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        """Take over the options."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """The application, and the log open in it: from now on nobody else writes, even before its first act."""
        from corfu.site.wsgi import application  # noqa: PLC0415 - in the worker, after the fork

        open_log()
        return application


def open_log() -> None:
    """Open the log, whose lock this process then holds; the database's connection is not kept for it."""
    with writer.DOOR:
        writer.log()
    connections.close_all()


def collect() -> None:
    """Put fonts and styles where they are served from, compressed."""
    call_command("collectstatic", verbosity=0, interactive=False)


def serve(host: str, port: int, *, quiet: bool = False) -> None:
    """Serve until interrupted. One worker: it holds the log's lock, and nobody else writes.

    The log is opened once beforehand, so that whoever starts a second server is told. What this process has open is
    closed then: the worker is a fork of it, and no database bears that. Raises `corfu.acts.writer.Closed`.
    """
    open_log()
    writer.close()
    options = {
        "bind": f"{host}:{port}",
        "workers": 1,
        "threads": THREADS,
        "worker_class": "gthread",
        "keepalive": 5,
        "graceful_timeout": 10,
        "timeout": 60,
        "accesslog": None if quiet else "-",
        "loglevel": "warning" if quiet else "info",
        "proc_name": "corfu",
        "worker_tmp_dir": "/dev/shm",  # noqa: S108 - gunicorn's heartbeat: memory, so that no disk can stall it
        "control_socket_disable": True,
    }
    try:
        _Server(options).run()
    except SystemExit as ended:
        if ended.code:
            raise BadInput(f"Nothing is served at {host}:{port}. Name another --port, or end what is there.") from None
        raise
