// FieldState: what a field holds between frames. Lives with the page's drafts. Any text may be a password or a key, so
// all of it is kept in a Secret and wiped when it is replaced.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "shared/secret.h"

namespace ownkey::ui {

class FieldState {
 public:
  std::string_view text() const& { return text_.reveal(); }
  const Secret& secret() const { return text_; }
  bool empty() const { return text_.empty(); }

  // The person typed: an error about the old text no longer holds.
  void type(Secret text) {
    text_ = std::move(text);
    error.clear();
    ++edits_;
  }

  // The person chose: another element that shows the same field must follow.
  void choose(Secret text) {
    type(std::move(text));
    revision_ = ++newest_revision_;
  }

  // The program fills the field in, or empties it.
  void set(std::string_view text) {
    text_ = Secret(text);
    error.clear();
    revision_ = ++newest_revision_;
  }
  void clear() {
    set({});
    revealed = false;
  }

  // Another one after each change by the program, which the browser's element must follow. No two fields ever have the
  // same: one may stand where another stood.
  std::uint32_t revision() const { return revision_; }

  void fail(std::string text, bool takes_focus = true) {
    error = std::move(text);
    wants_focus = takes_focus;
  }

  // Grows with each change by the person: what was found out about the text holds for one value of this.
  std::uint32_t edits() const { return edits_; }

  std::string error;         // shown under the field
  bool revealed = false;     // Show was pressed
  bool wants_focus = false;  // takes the focus when it is drawn next

 private:
  Secret text_;
  static inline std::uint32_t newest_revision_ = 0;
  std::uint32_t revision_ = ++newest_revision_;
  std::uint32_t edits_ = 0;
};

}  // namespace ownkey::ui
