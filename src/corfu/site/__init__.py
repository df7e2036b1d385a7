"""The application: settings, addresses, the look, sign-in, commands that run it."""
