#include "shared/secret.h"

#include <algorithm>
#include <utility>

namespace ownkey {

void wipe(void* data, std::size_t size) {
  volatile char* byte = static_cast<char*>(data);
  for (std::size_t i = 0; i < size; ++i) byte[i] = 0;
}

void wipe(std::string& text) {
  // The whole buffer, not just the part in use: a string that shrank still holds its old tail.
  text.resize(text.capacity());
  wipe(text.data(), text.size());
  text.clear();
}

Secret::Secret(std::string_view text) : data_(std::make_unique<char[]>(text.size())), size_(text.size()) {
  std::copy(text.begin(), text.end(), data_.get());
}

Secret Secret::take(std::string&& text) {
  Secret secret{std::string_view(text)};
  wipe(text);
  return secret;
}

Secret::Secret(Secret&& other) noexcept : data_(std::move(other.data_)), size_(std::exchange(other.size_, 0)) {}

Secret& Secret::operator=(Secret&& other) noexcept {
  if (this == &other) return *this;
  clear();
  data_ = std::move(other.data_);
  size_ = std::exchange(other.size_, 0);
  return *this;
}

Secret::~Secret() { clear(); }

void Secret::clear() {
  if (data_) wipe(data_.get(), size_);
  data_.reset();
  size_ = 0;
}

}  // namespace ownkey
