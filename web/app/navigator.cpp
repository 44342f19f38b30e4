#include "web/app/navigator.h"

#include <utility>

#include "web/pages/page_list.h"

namespace ownkey::app {

using state::Page;
using state::Session;

std::string redirection(const state::Route& route, std::string_view address, Session::Phase phase) {
  const bool signed_in = phase == Session::Phase::SignedIn;
  if (phase == Session::Phase::SignedOut && pages::page_entry(route.page).needs_session)
    return state::login_address(address);
  if (signed_in && (route.page == Page::Login || route.page == Page::Register))
    return route.next.empty() ? "/workflows" : route.next;
  if (signed_in && route.page == Page::Home) return "/workflows";
  if (signed_in && route.page == Page::Settings) return "/settings/keys";
  return {};
}

namespace {

// A run is shown on the page that it was started from: whoever did that is not to be led away from there.
bool is_same_screen(const state::Route& from, const state::Route& to) {
  const auto runs = [](const state::Route& route) { return route.page == Page::Workflow || route.page == Page::Run; };
  return runs(from) && runs(to) && from.workflow_id == to.workflow_id;
}

}  // namespace

void Navigator::go(std::string_view address, platform::History history) {
  if (address == address_) return;
  platform_.set_address(address, history);
  enter(address);
}

void Navigator::follow(std::string_view address) { enter(address); }

void Navigator::enter(std::string_view address) {
  address_ = address;
  const state::Route before = std::exchange(state_.route, state::route_of(address));
  state_.entry.failure.reset();
  if (std::exchange(entered_before_, true) && !is_same_screen(before, state_.route)) ui_.focus_heading();
  settle();
}

void Navigator::settle() {
  if (const std::string other = redirection(state_.route, address_, state_.session.phase); !other.empty())
    return go(other, platform::History::Replace);
  if (state_.session.phase == Session::Phase::SignedIn && when_arrived) when_arrived();
}

void Navigator::update_window(bool unsaved) {
  if (unsaved != std::exchange(guarded_, unsaved)) platform_.guard_leaving(unsaved);
  std::string title = pages::window_title(state_);
  if (title == title_) return;
  platform_.set_title(title);
  title_ = std::move(title);
}

}  // namespace ownkey::app
