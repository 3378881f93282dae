"""What administrators and the custodian enter."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gifthorse.desk import labels
from gifthorse.model.roles import Role
from gifthorse.procedures.read_ledger import TOLD_AS

PEOPLE = tuple(role for role in Role if role is not Role.DESK)


def role_choices() -> list[tuple[str, Any]]:
    """The roles that people can have, each with what it is for."""
    return [(role.value, labels.ROLES[role]) for role in PEOPLE]


class RolesForm(forms.Form):
    """The roles of an account."""

    roles = forms.MultipleChoiceField(label=_("Roles"), choices=role_choices, widget=forms.CheckboxSelectMultiple(attrs={"class": "rows"}))


class NewAccountForm(forms.Form):
    """A new account with the person behind it."""

    username = forms.CharField(label=_("Login name"), help_text=_("It need not be a real name."), max_length=64)
    password = forms.CharField(
        label=_("First password"),
        help_text=_("At least twelve characters. The person should change it at once."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        max_length=200,
    )
    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=role_choices, widget=forms.CheckboxSelectMultiple(attrs={"class": "rows"}), initial=[Role.STAFF.value]
    )
    name = forms.CharField(label=_("Name of the person"), help_text=_("Kept encrypted, like the three below."), max_length=200)
    mail = forms.CharField(label=_("Mail address"), max_length=200, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=60, required=False)
    unit = forms.CharField(label=_("Department"), max_length=200, required=False)

    def identity(self) -> dict[str, str]:
        """What goes to the vault."""
        return {name: self.cleaned_data[name] for name in ("name", "mail", "phone", "unit") if self.cleaned_data[name]}


class ReleaseForm(forms.Form):
    """Whose name is asked for, and why."""

    person = forms.CharField(label=_("Person"), help_text=_("The opaque number, such as person-7ZZ3K0QH2M4DX."), max_length=40)
    reason = forms.CharField(
        label=_("Why is this name needed?"),
        help_text=_("Your reason stays on record for good."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
    )


class EraseForm(forms.Form):
    """Which item's content is erased, and why."""

    item = forms.CharField(label=_("Item"), help_text=_("The number on its label, such as item-7ZZ3K0QH2M4DX."), max_length=40)
    reason = forms.CharField(label=_("Why may it be erased?"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


class CheckForm(forms.Form):
    """What the records are checked against besides the ledger."""

    checkpoint = forms.FileField(
        label=_("A signed checkpoint that was kept elsewhere"),
        help_text=_("Shows a ledger that was cut off or rewritten as a whole. Optional."),
        required=False,
    )


class TrailForm(forms.Form):
    """Narrows the ledger."""

    subject = forms.CharField(label=_("Record"), required=False, max_length=40)
    procedure = forms.ChoiceField(label=_("What was done"), required=False)
    who = forms.CharField(label=_("By whom"), required=False, max_length=40)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = ((str(key), words) for key, words in labels.ALL["deed"].items() if key not in TOLD_AS)
        self.fields["procedure"].choices = [("", _("anything")), *told]  # type: ignore[attr-defined]

    def wanted(self) -> dict[str, Any]:
        """What was asked for."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) or None for name in self.fields}
