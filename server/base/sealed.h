// Sealed: a ciphertext as it lies in the database. It is the only thing that crypto and store both know: store keeps it
// without looking, vault opens it. docs/sealed-format.md describes the bytes.
#pragma once

#include <utility>

#include "server/base/bytes.h"

namespace ownkey::base {

class Sealed {
 public:
  Sealed() = default;
  explicit Sealed(Bytes bytes) : bytes_(std::move(bytes)) {}

  const Bytes& bytes() const { return bytes_; }
  bool operator==(const Sealed&) const = default;

 private:
  Bytes bytes_;
};

}  // namespace ownkey::base
