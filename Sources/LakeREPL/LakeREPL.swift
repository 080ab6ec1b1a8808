// The door of LakeREPL.
