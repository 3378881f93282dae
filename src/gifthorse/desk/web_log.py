"""The web server's own log, without secrets as well."""

from typing import Any

from gunicorn.glogging import Logger

from gifthorse.desk.log_lines import WithoutSecrets


class WebLog(Logger):
    """Gunicorn's log as it is; an address that it couldn't serve is written without its secrets."""

    def setup(self, cfg: Any) -> None:
        """Its handlers write through `WithoutSecrets`."""
        super().setup(cfg)  # type: ignore[no-untyped-call]
        for handler in self.error_log.handlers:
            handler.setFormatter(WithoutSecrets(self.error_fmt, self.datefmt))
