// The front guard and the head of a request: whatever comes is a request, a refusal, or needs more; however it is cut.
#include <algorithm>
#include <string>
#include <variant>

#include "server/http/front_guard.h"
#include "tests/fuzz/target.h"

namespace {

using namespace ownkey;
using namespace std::chrono_literals;

constexpr std::size_t kMostPieces = 2000;

void check(const http::RequestHead& head) {
  fuzz::require(head.target.starts_with('/'), "a target begins with a slash");
  fuzz::require(head.headers.size() <= http::kMaxFields, "a head has 64 fields at most");
  fuzz::require(
      !head.host.empty() || std::ranges::any_of(head.headers, [](const auto& field) { return field.second.empty(); }),
      "a head has a host");
  for (const auto& [name, value] : head.headers)
    fuzz::require((name + value).find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos,
                  "no field holds the end of a line");
}

// What became of the first request.
std::string outcome(std::string_view text, std::size_t piece) {
  const http::Moment now{};
  http::FrontGuard guard({10s, 10s, 10s}, now);
  for (;;) {
    guard.feed(text.substr(0, piece), now);
    text.remove_prefix(std::min(piece, text.size()));
    auto step = guard.next_head(now);
    if (const auto* head = std::get_if<http::RequestHead>(&step)) {
      check(*head);
      return head->method + " " + head->target + " " + std::to_string(head->headers.size());
    }
    if (const auto* refused = std::get_if<http::Refusal>(&step)) return std::to_string(refused->status);
    if (text.empty()) return "more";
  }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = fuzz::text_of(data, size);
  const auto whole = outcome(text, std::max<std::size_t>(size, 1));
  if (size <= kMostPieces) fuzz::require(outcome(text, 1) == whole, "a head means the same however it is cut");
  return 0;
}
