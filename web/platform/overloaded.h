// Several lambdas as one visitor of a std::variant.
#pragma once

namespace ownkey::platform {

template <class... Handlers>
struct Overloaded : Handlers... {
  using Handlers::operator()...;
};
template <class... Handlers>
Overloaded(Handlers...) -> Overloaded<Handlers...>;  // clang 14 does not deduce it by itself

}  // namespace ownkey::platform
