// error: use of deleted function|deleted function
#include "shared/secret.h"

std::string_view dangle() { return ownkey::Secret("text").reveal(); }
