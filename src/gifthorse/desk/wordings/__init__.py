"""The words that people read for values of the model, by area; `labels` joins them."""

from collections.abc import Mapping

from django.utils.functional import Promise

Words = Mapping[str, str | Promise]
