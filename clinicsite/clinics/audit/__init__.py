"""The audit log: who signed in, who changed whose rights, what was downloaded, set, released and retired.

`log` writes it, `watching` knows what is written, `views` shows it, and `manage.py purge_audit_log` takes
away what is older than CLINICSITE["AUDIT_LOG_DAYS"].
"""
