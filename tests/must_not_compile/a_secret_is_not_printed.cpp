// error: no match for .*operator<<.|invalid operands
#include <iostream>

#include "shared/secret.h"

void print(const ownkey::Secret& secret) { std::cout << secret; }
