"""What people ask for, and where it stands."""
