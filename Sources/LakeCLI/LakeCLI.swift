// The door of LakeCLI.
