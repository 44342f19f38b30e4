// Navigator: which page is shown. Keeps the address bar, the window's title and the focus in step with it.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "web/platform/platform.h"
#include "web/state/app_state.h"
#include "web/ui/ui.h"

namespace ownkey::app {

class Navigator {
 public:
  Navigator(platform::Platform& platform, ui::Ui& ui, state::AppState& state)
      : platform_(platform), ui_(ui), state_(state) {}

  // Called when a page is entered for which the session allows it: loads what it shows.
  std::function<void()> when_arrived;

  // A link was followed; the browser went back or forward; something made another page necessary.
  void go(std::string_view address, platform::History history = platform::History::Push);
  void follow(std::string_view address);

  // Goes where the session now allows or demands.
  void settle();

  const std::string& address() const { return address_; }

  // Once a frame: the window's title, and whether the browser asks before what is typed is lost.
  void update_window(bool unsaved);

 private:
  void enter(std::string_view address);

  platform::Platform& platform_;
  ui::Ui& ui_;
  state::AppState& state_;
  std::string address_;
  std::string title_;
  bool guarded_ = false;
  bool entered_before_ = false;
};

// The address to go to instead of this one; empty to stay.
std::string redirection(const state::Route& route, std::string_view address, state::Session::Phase phase);

}  // namespace ownkey::app
