"""What the house sets for itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gifthorse.desk.forms.house import FORMS
from gifthorse.desk.requests import actor
from gifthorse.desk.views.answering import accepted, said
from gifthorse.model.errors import NotFound
from gifthorse.procedures import house_settings
from gifthorse.procedures.acting import NOT_THERE


@require_http_methods(["GET", "HEAD", "POST"])
def house(request: HttpRequest) -> HttpResponse:
    """All settings, each in its own form; one is sent at a time."""
    settings = house_settings.every_setting(actor(request))
    forms = {title: form(initial=form.initial_of(settings[title]), prefix=title) for title, form in FORMS.items()}
    if request.method == "POST":
        title = request.POST.get("title", "")
        if title not in FORMS:
            raise NotFound(NOT_THERE)
        form = forms[title] = FORMS[title](request.POST, prefix=title)
        if accepted(form, lambda: house_settings.set_setting(actor(request), title, form.value())) is not None:
            said(request, _("The setting holds from now on."))
            return redirect("house_settings")
    wrong = any(form.is_bound for form in forms.values())
    return render(request, "register/house_settings.html", {"forms": forms.values()}, status=400 if wrong else 200)
