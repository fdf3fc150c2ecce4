"""From files to what was read of each: a form is read in a process that can be ended."""
