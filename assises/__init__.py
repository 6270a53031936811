"""The portal's project: settings, tenancy, jobs, people."""
