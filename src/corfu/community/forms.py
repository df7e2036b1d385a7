"""What a delegation's administrator fills in."""

from django import forms
from django.utils.translation import gettext_lazy as _


class Accreditation(forms.Form):
    """Who may act for the delegation."""

    email = forms.EmailField(label=_("E-mail address"), max_length=150)  # it is the account's name too
    person = forms.CharField(label=_("Name"), max_length=150)
    administrator = forms.BooleanField(label=_("May accredit others"), required=False)
    until = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}), help_text=_("Empty: no end.")
    )

    def clean_person(self) -> str:
        """A name as it is read: without characters that nobody sees, or that turn the direction of writing."""
        name = str(self.cleaned_data["person"])
        if not name.isprintable():
            raise forms.ValidationError(_("This name has characters that cannot be seen: type it anew."))
        return name
