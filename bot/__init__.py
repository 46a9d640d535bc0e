"""The process: starts things, knows the network and the clock."""
