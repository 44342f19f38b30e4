#include "shared/shape.h"

#include <algorithm>
#include <cstring>

namespace ownkey::shape {
namespace {

// Where a value stands: put into words only when something is wrong with it.
struct Place {
  const Place* outer = nullptr;
  std::string_view name = {};
  std::size_t index = 0;  // in a list, whose items have no name

  std::string path() const {
    if (!outer) return std::string(name);
    std::string text = outer->path();
    if (name.empty()) return text + "[" + std::to_string(index) + "]";
    return text.empty() ? std::string(name) : text + "." + std::string(name);
  }
};

class Reader {
 public:
  explicit Reader(Unknown unknown) : unknown_(unknown) {}

  std::optional<Error> error;

  bool read(const json& value, const Shape& shape, void* target, const Place& place) {
    switch (shape.kind) {
      case Shape::Kind::Leaf: return read_leaf(value, static_cast<const LeafShape&>(shape), target, place);
      case Shape::Kind::Enum: return read_enum(value, static_cast<const EnumShape&>(shape), target, place);
      case Shape::Kind::Optional: {
        const auto& optional = static_cast<const OptionalShape&>(shape);
        return read(value, optional.inner, optional.fill(target), place);
      }
      case Shape::Kind::List: return read_list(value, static_cast<const ListShape&>(shape), target, place);
      case Shape::Kind::Struct: return read_struct(value, static_cast<const StructShape&>(shape), target, place);
    }
    return false;
  }

 private:
  bool fail(const Place& place, std::string_view before, std::string_view after) {
    std::string path = place.path();
    std::string text = path.empty() ? "the body" : "'" + path + "'";
    text.insert(0, before);
    text += after;
    error = invalid(std::move(path), std::move(text));
    return false;
  }
  bool wrong_type(const Place& place, std::string_view expected) {
    return fail(place, "", " must be " + std::string(expected));
  }

  bool read_leaf(const json& value, const LeafShape& shape, void* target, const Place& place) {
    return shape.read(value, target) || wrong_type(place, shape.expected);
  }

  bool read_enum(const json& value, const EnumShape& shape, void* target, const Place& place) {
    std::string choices = "one of: ";
    for (const auto& [number, text] : shape.values) {
      if (value.is_string() && value.get_ref<const std::string&>() == text) {
        std::memcpy(target, &number, sizeof number);
        return true;
      }
      if (&text != &shape.values.front().text) choices += ", ";
      choices += text;
    }
    return wrong_type(place, choices);
  }

  bool read_list(const json& value, const ListShape& shape, void* target, const Place& place) {
    if (!value.is_array()) return wrong_type(place, "a list");
    shape.reserve(target, value.size());
    std::size_t index = 0;
    for (const auto& item : value)
      if (!read(item, shape.item, shape.append(target), {&place, {}, index++})) return false;
    return true;
  }

  bool read_struct(const json& value, const StructShape& shape, void* target, const Place& place) {
    if (!value.is_object()) return wrong_type(place, "an object");
    for (const auto& member : shape.members) {
      const auto found = value.find(member.name);
      const bool optional = member.shape.kind == Shape::Kind::Optional;
      const Place at{&place, member.name};
      if (found == value.end()) {
        if (!optional) return fail(at, "the field ", " is missing");
      } else if (!(optional && !shape.refuses_null && found->is_null())) {
        if (!read(*found, member.shape, member.in(target), at)) return false;
      }
    }
    return unknown_ == Unknown::Ignore || knows_all(value, shape, place);
  }

  bool knows_all(const json& value, const StructShape& shape, const Place& place) {
    for (auto item = value.begin(); item != value.end(); ++item) {
      const auto is_it = [&](const StructShape::Member& member) { return member.name == item.key(); };
      if (std::any_of(shape.members.begin(), shape.members.end(), is_it)) continue;
      return fail({&place, item.key()}, "the field ", " is not known here; remove it or check its spelling");
    }
    return true;
  }

  Unknown unknown_;
};

std::string_view text_of(const EnumShape& shape, const void* source) {
  int number = 0;
  std::memcpy(&number, source, sizeof number);
  for (const auto& [value, text] : shape.values)
    if (value == number) return text;
  return {};
}

json write_list(const ListShape& shape, const void* source) {
  json list = json::array();
  for (std::size_t index = 0; const void* item = shape.get(source, index); ++index)
    list.push_back(write(shape.item, item));
  return list;
}

json write_struct(const StructShape& shape, const void* source) {
  json object = json::object();
  for (const auto& member : shape.members) {
    // The table has one way to a member; nothing is written through it here.
    const void* value = member.in(const_cast<void*>(source));
    if (member.shape.kind == Shape::Kind::Optional && !static_cast<const OptionalShape&>(member.shape).get(value))
      continue;
    object[std::string(member.name)] = write(member.shape, value);
  }
  return object;
}

}  // namespace

std::optional<Error> read(const json& value, const Shape& shape, void* target, Unknown unknown, std::string_view path) {
  Reader reader(unknown);
  reader.read(value, shape, target, Place{nullptr, path});
  return std::move(reader.error);
}

json write(const Shape& shape, const void* source) {
  switch (shape.kind) {
    case Shape::Kind::Leaf: return static_cast<const LeafShape&>(shape).write(source);
    case Shape::Kind::Enum: return std::string(text_of(static_cast<const EnumShape&>(shape), source));
    case Shape::Kind::Optional: {
      const auto& optional = static_cast<const OptionalShape&>(shape);
      const void* inner = optional.get(source);
      return inner ? write(optional.inner, inner) : json(nullptr);
    }
    case Shape::Kind::List: return write_list(static_cast<const ListShape&>(shape), source);
    case Shape::Kind::Struct: return write_struct(static_cast<const StructShape&>(shape), source);
  }
  return nullptr;
}

}  // namespace ownkey::shape
