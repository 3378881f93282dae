"""Levels, the board of research security, the auditor's workload, and how all this works."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gifthorse.assess.scale import standard_scale
from gifthorse.assess.weights import standard_weights
from gifthorse.desk.forms.case import LevelsForm
from gifthorse.desk.jobs import compute_levels
from gifthorse.desk.requests import actor
from gifthorse.desk.views.answering import accepted, said
from gifthorse.procedures import calibrate_house, research_board, workload_figures
from gifthorse.procedures.levels import thresholds

LEVELS = ("none", "watch", "talk", "act")


@require_http_methods(["GET", "HEAD", "POST"])
def levels(request: HttpRequest) -> HttpResponse:
    """The levels of this house."""
    what = request.POST.get("what", "") if request.method == "POST" else ""
    if what == "take":
        calibrate_house.take(actor(request))
        said(request, _("These levels hold from now on; every thread is being assessed anew."))
        return redirect("levels")
    if what == "shipped":
        calibrate_house.take_shipped(actor(request))
        said(request, _("The levels of this version hold again."))
        return redirect("levels")
    form = LevelsForm(request.POST if what else None, initial={"staff": 200, "exposed": 60})
    if what and accepted(form, lambda: _ask(request, form)) is not None:
        said(request, _("It is being computed; that takes up to a minute. Load this page again then."))
        return redirect("levels")
    view = calibrate_house.levels(actor(request))
    return render(request, "threads/levels.html", {"view": view, "form": form, "levels": LEVELS}, status=400 if form.errors else 200)


def _ask(request: HttpRequest, form: LevelsForm) -> object:
    given = form.cleaned_data
    return calibrate_house.ask(actor(request), given["staff"], given["exposed"], with_own_rates=given["with_own_rates"], enqueue=_soon)


def _soon() -> None:
    """The worker computes it, within the transaction that is open."""
    compute_levels.enqueue()


@require_safe
def research(request: HttpRequest) -> HttpResponse:
    """The board of research security."""
    return render(request, "threads/research.html", {"board": research_board.research_board(actor(request))})


@require_safe
def workload(request: HttpRequest) -> HttpResponse:
    """The auditor's figures."""
    return render(request, "threads/workload.html", {"view": workload_figures.workload_figures(actor(request)), "levels": LEVELS[1:]})


@require_safe
def how_it_works(request: HttpRequest) -> HttpResponse:
    """What is read and what isn't, how it is weighed, and what rights everybody has: for all who sign in."""
    weights = standard_weights()
    groups = [(group_id, group) for group_id, group in weights.groups.items()]
    context = {
        "groups": groups,
        "rules": list(weights.rules.values()),
        "mitigators": list(weights.mitigators.items()),
        "most": weights.mitigators_most.value,
        "limits": thresholds(),
        "switched_off": sorted(standard_scale().switched_off),
    }
    return render(request, "threads/how_it_works.html", context)
