// What the outside world does between two frames, in the order in which it happened.
#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "shared/secret.h"
#include "web/platform/mirror_node.h"

namespace ownkey::platform {

struct PointerMoved {
  float x, y;
};
struct PointerLeft {};
struct PointerButton {
  int button;
  bool down;
};

// The one way in which anything is triggered: mouse, touch, Enter, Space, a screen reader and a submitted form all end
// in a click on the node's element.
struct Activated {
  NodeId id;
};
struct FocusMoved {
  NodeId id;     // kNoNode: nothing of ours has the focus
  bool visible;  // whether a focus ring is due (reached by keyboard)
};
// The whole new text of a field. It may be a password or a key, so it is a Secret for every field.
struct TextTyped {
  NodeId id;
  Secret text;
};

// Escape was pressed.
struct Dismissed {};

// A character that no field took ("?"), or "Control+s" and, in a field, "Control+enter".
struct KeyPressed {
  std::string key;
};

// The address changed by the browser's back or forward, or is the one that the page was opened with.
struct AddressChanged {
  std::string address;  // path and query
};

using RequestId = std::uint32_t;
struct Answered {
  RequestId id;
  int status;  // 0: no answer came
  std::string body;
};

// An event of a stream that is followed. Without a name: the connection was lost and is being made again.
struct Streamed {
  RequestId id;
  std::string name, data;
};

struct Copied {
  bool done;
};

struct FilePicked {
  std::string text;
};

// Whether there is a network at all, as far as the browser knows.
struct ConnectionChanged {
  bool online;
};

using Event = std::variant<PointerMoved, PointerLeft, PointerButton, Activated, FocusMoved, TextTyped, Dismissed,
                           KeyPressed, AddressChanged, Answered, Streamed, Copied, FilePicked, ConnectionChanged>;

}  // namespace ownkey::platform
