"""How forms become HTML: one field under the other, its help before it, its error after it, all joined for screen readers."""

from django.forms.renderers import TemplatesSetting


class DeskForms(TemplatesSetting):
    """Renders forms by the desk's own templates."""

    form_template_name = "parts/form.html"
    field_template_name = "parts/field.html"
