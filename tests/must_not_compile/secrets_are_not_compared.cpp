// error: no match for .*operator==.|invalid operands
#include "shared/secret.h"

bool same(const ownkey::Secret& a, const ownkey::Secret& b) { return a == b; }
