"""A filter of a list in the admin by clinic, for whoever looks after several."""

import django_filters


class ClinicChoiceField(django_filters.fields.ModelChoiceField):
    """A clinic, by the name that its site has."""

    def label_from_instance(self, site):
        return site.site_name


class ClinicFilter(django_filters.ModelChoiceFilter):
    """By clinic: by those that its queryset finds for the person who asks."""

    field_class = ClinicChoiceField
