"""The one Django app of the project: so there is one line of migrations."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """Registers the tables under the label ``store``."""

    name = "gifthorse.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"
