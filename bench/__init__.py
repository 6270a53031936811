"""How fast the portal is, on this machine, against what Django can do at best."""
