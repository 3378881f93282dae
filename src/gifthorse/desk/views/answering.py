"""How a form's answers reach a procedure, and how its refusal comes back to the form."""

from collections.abc import Callable
from typing import TypeVar

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from gifthorse.model.errors import NotAccepted

Made = TypeVar("Made")


def accepted(form: BaseForm, deed: Callable[[], Made]) -> Made | None:
    """What *deed* made from the valid form, or None with the form's errors filled in."""
    if not form.is_valid():
        return None
    try:
        return deed()
    except NotAccepted as error:
        form.add_error(error.field if error.field in form.fields else None, _(str(error)))
        return None


def said(request: HttpRequest, sentence: str | Promise) -> None:
    """*sentence* stands at the top of the next page."""
    messages.success(request, str(sentence))
