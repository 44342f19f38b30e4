// "Random" bytes that a test knows: 0, 1, 2, … Never the same twice in a row, always the same from run to run.
#pragma once

#include "server/crypto/random.h"

namespace ownkey::test {

class FixedRandom final : public crypto::Random {
 public:
  void fill(std::span<std::uint8_t> bytes) override {
    for (auto& byte : bytes) byte = next_++;
  }

 private:
  std::uint8_t next_ = 0;
};

}  // namespace ownkey::test
