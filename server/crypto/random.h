// Random bytes, behind an interface so that tests can fix them. Safe from several threads.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "server/crypto/key.h"

namespace ownkey::crypto {

class Random {
 public:
  virtual ~Random() = default;
  virtual void fill(std::span<std::uint8_t> bytes) = 0;
};

// The operating system's generator (getrandom). It cannot fail once the machine is up; if it does, the program ends.
class SystemRandom final : public Random {
 public:
  void fill(std::span<std::uint8_t> bytes) override;
};

// 128 random bits as 26 letters and digits; unique without asking anybody.
std::string new_id(Random& random);

Key new_key(Random& random);

}  // namespace ownkey::crypto
