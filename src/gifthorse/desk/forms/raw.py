"""What somebody has typed so far, shown again without judging it yet: for buttons that add a row to a form."""

from collections.abc import Mapping
from typing import Any

from django.forms import BaseForm, CheckboxInput, Form
from django.http import QueryDict


def typed(form: BaseForm, data: QueryDict) -> dict[str, Any]:
    """The values of *form*'s fields as *data* has them, under its prefix."""
    return {name: _typed(form, name, data) for name in form.fields}


def _typed(form: BaseForm, name: str, data: QueryDict) -> Any:
    widget = form.fields[name].widget
    value = widget.value_from_datadict(data, {}, form.add_prefix(name))
    return bool(value) if isinstance(widget, CheckboxInput) else value


def typed_rows(form: type[Form], data: QueryDict, prefix: str, number: int) -> list[Mapping[str, Any]]:
    """The same for *number* forms of a set."""
    return [typed(form(prefix=f"{prefix}-{row}"), data) for row in range(number)]
