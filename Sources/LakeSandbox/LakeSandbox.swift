// The door of LakeSandbox.
