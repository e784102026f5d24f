"""Putting a rule of ours in front of a permission policy that Wagtail or the project has registered."""

from copy import copy

from django.core.exceptions import ImproperlyConfigured
from wagtail.permissions import policy_registry, register_permission_policy


def put_before(model, mixin: type) -> None:
    """Have the policy of a model asked through a class of ours, which derives from the policy's own.

    Read in Wagtail 8.0.1: `policy_registry` keeps policies by class, and a later one takes its place.
    """
    policy = policy_registry.get_by_type(model)
    kind = type(f"{mixin.__name__.removesuffix('Mixin')}{type(policy).__name__}", (mixin, type(policy)), {})
    narrowed = copy(policy)
    narrowed.__class__ = kind
    register_permission_policy(_registered_for(model, policy), narrowed)


def _registered_for(model, policy):
    found = [cls for cls in model.mro() if policy_registry.values_by_class.get(cls) is policy]
    if not found:
        raise ImproperlyConfigured(
            f"INSTALLED_APPS: clinicsite's apps must stand after the one that has {model._meta.label}, of "
            "whose permissions they ask. Use clinicsite.plugin.apps."
        )
    return found[0]
