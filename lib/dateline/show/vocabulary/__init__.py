"""Terms as figures and tables."""
