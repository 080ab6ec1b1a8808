// The door to libyaml: its event parser and emitter.
#pragma once
#include <yaml.h>
