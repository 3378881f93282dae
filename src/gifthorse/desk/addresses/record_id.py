"""How a record stands in an address: by its opaque id; anything else in its place is no address of ours."""

from django.urls import register_converter

from gifthorse.model.ids import ALPHABET, BODY_LENGTH


class RecordId:
    """The opaque id of a record, as `model.ids` writes it."""

    regex = f"[a-z]+-[{ALPHABET}]{{{BODY_LENGTH + 1}}}"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


register_converter(RecordId, "id")
