// Shape: what a type looks like as JSON, in a table that one reader and one writer walk. fields.h makes the tables from
// the types at compile time. Tables and not templates all the way, since the page is loaded over the network: a message
// costs it a few words a field this way, and a kilobyte of code otherwise.
//
// An object that a shape describes is handed around as a void pointer; only fields.h may pair the two.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "shared/json.h"

namespace ownkey {

// Requests must hold no field that we do not know (a typo would be silently lost); answers may grow new ones.
enum class Unknown { Refuse, Ignore };

namespace shape {

struct Shape {
  enum class Kind { Leaf, Enum, Optional, List, Struct };
  Kind kind;
};

struct LeafShape : Shape {
  std::string_view expected;                      // "a whole number"
  bool (*read)(const json& value, void* target);  // false: the value is of another type
  json (*write)(const void* source);
};

struct EnumShape : Shape {
  struct Value {
    int value;  // what the enum is kept as
    std::string_view text;
  };
  std::span<const Value> values;
};

struct OptionalShape : Shape {
  const Shape& inner;
  void* (*fill)(void* optional);             // the value that is there now
  const void* (*get)(const void* optional);  // null when empty
};

struct ListShape : Shape {
  const Shape& item;
  void (*reserve)(void* list, std::size_t size);
  void* (*append)(void* list);                              // the new last item
  const void* (*get)(const void* list, std::size_t index);  // null past the end
};

struct StructShape : Shape {
  struct Member {
    std::string_view name;
    const Shape& shape;
    void* (*in)(void* owner);
  };
  std::span<const Member> members;
  bool refuses_null;
};

// Fills the target, in part if it fails. `path` is where the value stands in the request, for the error.
std::optional<Error> read(const json& value, const Shape& shape, void* target, Unknown unknown, std::string_view path);

json write(const Shape& shape, const void* source);

}  // namespace shape
}  // namespace ownkey
