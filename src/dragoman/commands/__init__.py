"""The commands of the command line, a module for each of their groups: parse arguments, call one function, print."""
