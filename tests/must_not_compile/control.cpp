// The one file here that must compile: it shows that the others fail for the reason they name, not for a broken set-up.
#include <iostream>

#include "server/base/ids.h"
#include "server/base/log.h"
#include "shared/fields.h"
#include "shared/secret.h"

void control(ownkey::base::Log& log, const ownkey::Secret& secret) {
  const ownkey::Secret copy = secret.clone();
  std::cout << copy.size() << ownkey::dump_json(ownkey::to_json(std::string("text")));
  log.info("stored", {{"user", ownkey::base::UserId("u1").text()}});
}
