"""People, units, invitations, devices."""
