"""Approval by risk: what changes claims or fees waits for the agency's eyes; hours and notices never do."""
