// Nginx: one worker of nginx that hands every request to a port of this machine, over connections that stay open. What
// a proxy costs that does nothing else.
#pragma once

#include "tests/support/child_process.h"
#include "tests/support/temp_folder.h"

namespace ownkey::bench {

class Nginx {
 public:
  static bool is_installed();

  // Throws when it does not start.
  explicit Nginx(int upstream_port);
  ~Nginx();

  int port() const { return port_; }

 private:
  std::filesystem::path write_settings(int upstream_port) const;

  test::TempFolder folder_;
  const int port_;
  test::ChildProcess process_;
};

}  // namespace ownkey::bench
