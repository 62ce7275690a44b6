"""One module per command or group of commands, named after it; none imports another."""
