"""What the forms ask: a name, a way to answer, and nothing about the patient's health."""

from django import forms

from clinicsite.core.phones import PhoneFormField
from clinicsite.core.querysets import listed
from clinicsite.home.contact.robots import TRAP, is_accepted, validate_few_links, validate_no_link
from clinicsite.modalities.models import ModalityPage

EITHER = "Give an e-mail address or a phone number, so that we can answer."
#: Letters of an e-mail address; mail servers take no longer one. Source: RFC 5321, 4.5.3.1.3.
LONGEST_ADDRESS = 254


class RequestForm(forms.Form):
    """What every form has. `page` is the contact page, `clinic` the profile of its clinic or None."""

    name = forms.CharField(
        label="Your name",
        max_length=100,
        validators=[validate_no_link],
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": "Write your name."},
    )
    location = forms.ChoiceField(
        label="Location", required=False, error_messages={"invalid_choice": "Choose one of our locations."}
    )
    answer = forms.CharField(
        max_length=100,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": "Answer the question."},
        help_text="This tells us that you are not a robot.",
    )
    stamp = forms.CharField(required=False, widget=forms.HiddenInput)

    #: The order of the fields in each form; the question stands last.
    field_order = ["name", "email", "phone", "preferred_time", "location", "treatment", "message", "answer"]
    #: What is stored as it was written.
    texts = ("name", "email", "preferred_time", "message")
    #: What is stored by the words that were chosen.
    choices = ("location", "treatment")

    def __init__(self, *args, page, clinic, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields[TRAP] = forms.CharField(required=False, label="Leave this empty")
        self._ask_for_location(clinic.parts["places"].all if clinic else ())
        self.page = page
        if page.question:
            self.fields["answer"].label = page.question
        else:
            del self.fields["answer"]

    def _ask_for_location(self, places):
        if len(places) < 2:
            del self.fields["location"]
            return
        choices = [("", "Any of them"), *((str(place.id), place.title) for place in places)]
        self.fields["location"].choices = choices

    def clean_answer(self):
        """Hold off robots that know the form but not the town."""
        answer = self.cleaned_data["answer"]
        if not is_accepted(answer, self.page.accepted_answers):
            raise forms.ValidationError("That is not the answer we know. Try other words.")
        return answer

    @property
    def values(self):
        """What was sent, as it is stored; of a valid form only."""
        sent = self.cleaned_data
        values = {name: sent.get(name) or "" for name in self.texts}
        values |= {name: self._chosen(name) for name in self.choices}
        return values | {"phone": str(sent.get("phone") or "")}

    def _chosen(self, name):
        value = self.cleaned_data.get(name)
        return dict(self.fields[name].choices)[value] if value else ""


class PreferredTimeMixin(forms.Form):
    """When the patient can be reached."""

    preferred_time = forms.CharField(
        label="When is a good time?",
        required=False,
        max_length=100,
        validators=[validate_no_link],
        help_text="For example: weekday mornings, or Tuesday after 3 pm.",
    )


class ReachableMixin(forms.Form):
    """An e-mail address or a phone number; either will do."""

    email = forms.EmailField(
        label="E-mail",
        required=False,
        max_length=LONGEST_ADDRESS,
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={"invalid": "Write the whole address, such as name@mail.example."},
        help_text="An e-mail address or a phone number, so that we can answer.",
    )
    phone = PhoneFormField(
        label="Phone",
        required=False,
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # One of the two is needed, so neither is marked as optional.
        for name in ("email", "phone"):
            self.fields[name].is_one_of_several = True

    def clean(self):
        cleaned = super().clean()
        is_wrong = {"email", "phone"} & self.errors.keys()
        if not is_wrong and not cleaned.get("email") and not cleaned.get("phone"):
            self.add_error("email", EITHER)
        return cleaned


class MessageForm(ReachableMixin, RequestForm):
    """A few words to the clinic."""

    message = forms.CharField(
        label="Message",
        max_length=2000,
        validators=[validate_few_links],
        widget=forms.Textarea({"rows": 5}),
        error_messages={"required": "Write a few words about what we can do for you."},
        help_text="Please do not send health details. We will ask for them in private.",
    )


class CallBackForm(PreferredTimeMixin, RequestForm):
    """Whom to call, and when."""

    phone = PhoneFormField(
        label="Phone",
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel"}),
        error_messages={"required": "Write the number that we can call you on."},
    )


class ConsultationForm(PreferredTimeMixin, ReachableMixin, RequestForm):
    """Whom to meet, when, and which treatment they would like to hear about."""

    treatment = forms.ChoiceField(
        label="What would you like to talk about?",
        required=False,
        error_messages={"invalid_choice": "Choose one of our treatments."},
        help_text="A treatment we offer. Please do not tell us about your health here.",
    )

    def __init__(self, *args, page, clinic, **kwargs):
        super().__init__(*args, page=page, clinic=clinic, **kwargs)
        home = page.get_parent()
        treatments = listed(ModalityPage.objects.descendant_of(home), home).order_by("title")
        names = [(str(pk), title) for pk, title in treatments.values_list("pk", "title")]
        if names:
            self.fields["treatment"].choices = [("", "I am not sure yet"), *names]
        else:
            del self.fields["treatment"]
