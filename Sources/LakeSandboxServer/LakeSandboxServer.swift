// The door of LakeSandboxServer.
