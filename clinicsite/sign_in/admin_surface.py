"""What of this app's admin surface clinics' people may use; see `clinicsite.clinics.tenancy.surface`."""

from clinicsite.clinics.tenancy.surface import EVERYBODYS_OWN, Kind, for_clinics

JUDGEMENTS = [
    for_clinics(
        Kind.ADDRESS,
        """
        account_{login,logout,reauthenticate} clinicsite_sign_in:{forgotten,kept} usersessions_list
        mfa_{index,authenticate,reauthenticate,activate_totp,deactivate_totp}
        mfa_{list_webauthn,add_webauthn,edit_webauthn,remove_webauthn,login_webauthn,reauthenticate_webauthn}
        mfa_{view_recovery_codes,generate_recovery_codes,download_recovery_codes}
        """,
        "Signing in, one's own second steps and one's own sessions.",
        EVERYBODYS_OWN,
    ),
]
