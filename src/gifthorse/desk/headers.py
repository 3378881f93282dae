"""The headers that every answer carries, as data. Nothing of the desk needs more than this, so nothing gets more.

The policy forbids every source but the desk itself; scripts and styles inside pages don't run (OWASP ASVS 5.0, V3.4).
"""

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

CONTENT_SECURITY_POLICY: Final[dict[str, str]] = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self'",  # the page for being away
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
FORBIDDEN_FEATURES: Final = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",  # a phone's own camera app takes the photographs; pages never see the stream
    "display-capture",
    "encrypted-media",
    "geolocation",
    "gyroscope",
    "hid",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
ALLOWED_FEATURES: Final = ("fullscreen", "publickey-credentials-create", "publickey-credentials-get")

HEADERS: Final[dict[str, str]] = {
    "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in CONTENT_SECURITY_POLICY.items()),
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join([f"{name}=()" for name in FORBIDDEN_FEATURES] + [f"{name}=(self)" for name in ALLOWED_FEATURES]),
    # Within the desk alone: with "no-referrer" browsers send forms with "Origin: null" (Fetch standard, 3.2), which the check of
    # forms rightly refuses. Nothing of it ever reaches another site.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}
NOT_KEPT: Final = "no-store"

Answer = Callable[[HttpRequest], HttpResponseBase]


def security_headers(get_response: Answer) -> Answer:
    """Every answer with `HEADERS`, and none of them kept by browsers or proxies but the desk's own public files."""

    def with_headers(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        for name, value in HEADERS.items():
            response.headers[name] = value
        if not request.path.startswith(settings.STATIC_URL) or response.status_code != 200:
            response.headers["Cache-Control"] = NOT_KEPT
        return response

    return with_headers
