"""A record that is chosen by typing a name: one that fits is taken, several are offered to choose from. Works without a script."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gifthorse.desk.templatetags.desk import untrusted
from gifthorse.model.errors import NotAccepted
from gifthorse.model.words import N_

CHOSEN = "-chosen"


class ChoosingForm(forms.Form):
    """A form in which `chosen` finds the record that a typed name means."""

    def chosen(self, name: str, called: Callable[[str], Mapping[str, str]]) -> str:
        """The id that the text of field *name* means; *called* gives who is called so, by id. Raises NotAccepted, and offers who fits."""
        typed = str(self.cleaned_data[name]).strip()
        if not typed:
            return ""
        found = called(typed)
        picked = str(self.data.get(self.add_prefix(name + CHOSEN), ""))
        if picked in found:
            return picked
        if len(found) == 1:
            return next(iter(found))
        self._offer(name, found)
        if found:
            raise NotAccepted(N_("Several fit. Please choose one."), field=name)
        raise NotAccepted(N_("Nobody of this name was found. Please type a part of the name as it is spelled in the list."), field=name)

    def _offer(self, name: str, found: Mapping[str, str]) -> None:
        """Who fits, to tap, right below the field."""
        if not found:
            return
        choices = [(one, untrusted(text or one)) for one, text in found.items()]
        offer: Any = forms.ChoiceField(
            label=_("Who is meant?"), choices=choices, widget=forms.RadioSelect(attrs={"class": "rows"}), required=False
        )
        fields = dict(self.fields)
        self.fields.clear()
        for one, field in fields.items():
            self.fields[one] = field
            if one == name:
                self.fields[name + CHOSEN] = offer
