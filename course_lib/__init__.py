"""What the lessons share. Importing it is instant: a module imports its heavy libraries when it needs them."""
