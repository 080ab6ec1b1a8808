// The door of LakeRunner.
