#include "web/app/app.h"

#include <utility>

#include "web/pages/page_list.h"
#include "web/pages/pages.h"
#include "web/pages/shortcuts.h"
#include "web/platform/overloaded.h"
#include "web/ui/dialog.h"

namespace ownkey::app {
namespace {

// A click may open a page whose height changes the canvas, which changes the layout: that is three.
constexpr int kMostPasses = 5;

}  // namespace

App::App(platform::Platform& platform)
    : ui_(platform),
      api_(platform),
      navigator_(platform, ui_, state_),
      settings_(desk_, platform),
      two_factor_(desk_, platform),
      workflows_(desk_, platform) {
  api_.when_signed_out = [this] { session_.lost(); };
  session_.when_entered = [this] { settings_.load_preferences(); };
  navigator_.when_arrived = [this] { load_what_is_shown(); };
}

platform::Pacing App::frame(platform::Frame frame) {
  ui_.begin_frame(frame);
  if (!std::exchange(started_, true)) session_.find_out();
  // What was typed and clicked goes first: it is about the picture that is still shown.
  std::vector<platform::Event> others;
  for (auto& event : frame.events)
    if (!ui_.handle(event)) others.push_back(std::move(event));
  workflows_.take_typed();
  for (auto& event : others) take(event);

  for (int pass = 0; pass < kMostPasses; ++pass) {
    ui_.begin_pass();
    workflows_.take_typed();
    const state::Actions actions = draw();
    const bool unsettled = ui_.end_pass();
    for (const auto& action : actions) carry_out(action);
    if (!unsettled && actions.empty()) break;
  }
  settings_.follow_look();
  navigator_.update_window(pages::has_unsaved(state_, drafts_));
  return ui_.end_frame();
}

void App::take(platform::Event& event) {
  std::visit(platform::Overloaded{
                 [&](platform::AddressChanged& e) { navigator_.follow(e.address); },
                 [&](platform::Answered& e) {
                   if (e.status != 0) state::forget_unreachable(state_);
                   api_.handle(e);
                 },
                 [&](platform::Streamed& e) { api_.handle(e); },
                 [&](platform::Copied& e) {
                   if (state_.route.page == state::Page::Account) two_factor_.copied(e.done);
                   else workflows_.copied(e.done);
                 },
                 [&](platform::FilePicked& e) { workflows_.take_file(e.text); },
                 [&](platform::KeyPressed& e) { press(e.key); },
                 [&](platform::ConnectionChanged& e) {
                   state_.online = e.online;
                   using Phase = state::Session::Phase;
                   if (e.online && state_.session.phase == Phase::SignedIn) load_what_is_shown();
                   else if (e.online && state_.session.phase == Phase::Unreachable) session_.find_out();
                 },
                 [](auto&) {},
             },
             event);
}

void App::press(std::string_view key) {
  using enum state::action::WorkflowTask;
  const state::Page page = state_.route.page;
  if (state_.session.phase != state::Session::Phase::SignedIn) return;
  if (key == "Control+s" && page == state::Page::EditWorkflow) return workflows_.carry_out({Save});
  if (key == "Control+enter" && (page == state::Page::Workflow || page == state::Page::Run))
    return workflows_.carry_out({Run});
  for (const auto& shortcut : pages::shortcuts())
    if (state_.shortcuts && shortcut.key == key) navigator_.go(shortcut.address);
}

state::Actions App::draw() {
  using Phase = state::Session::Phase;
  state::Actions actions;
  const auto& page = pages::page_entry(state_.route.page);
  const bool unclear = state_.session.phase == Phase::Unknown || state_.session.phase == Phase::Unreachable;
  // Whoever signs in meanwhile keeps the page that they did it on.
  const auto& shown = unclear && page.needs_session ? pages::page_entry(state::Page::Home) : page;
  const bool asks = SessionController::asks_in_place(state_);
  {
    const ui::Backdrop backdrop(ui_, asks);
    shown.draw(ui_, state_, drafts_, actions);
  }
  if (asks) pages::draw_session_ended(ui_, state_, drafts_, actions);
  toasts_.draw(ui_);
  return actions;
}

void App::load_what_is_shown() {
  using state::Page;
  if (state_.route.page != Page::Account) {
    two_factor_.forget_unless_new();
    account_.forget_passwords();
  }
  if (state_.route.page != Page::ApiKeys)
    for (auto& [provider, draft] : drafts_.keys) draft.key.revealed = false;
  workflows_.leave_other_runs();
  switch (state_.route.page) {
    case Page::ApiKeys: return keys_.load();
    case Page::Account: return two_factor_.load(), account_.load();
    case Page::Preferences: return settings_.load_preferences(), load_models(desk_);
    case Page::Activity: return settings_.load_activity();
    case Page::Usage: return settings_.load_usage();
    case Page::Workflows: return workflows_.load_list();
    case Page::NewWorkflow: return workflows_.load_examples();
    case Page::EditWorkflow: keys_.load(); return workflows_.load_shown();
    case Page::Workflow:
    case Page::Run:
    case Page::Runs: return workflows_.load_shown();
    default: return;
  }
}

void App::carry_out(const state::Action& action) {
  using namespace state::action;
  std::visit(platform::Overloaded{
                 [&](const GoTo& a) { navigator_.go(a.address); },
                 [&](const LoadAgain&) {
                   ui_.focus_heading();  // the button that was pressed goes
                   if (state_.session.phase == state::Session::Phase::SignedIn) load_what_is_shown();
                   else session_.find_out();
                 },
                 [&](const SignIn&) { session_.sign_in(); },
                 [&](const CreateAccount&) { session_.create_account(); },
                 [&](const SignOut&) { session_.sign_out(); },
                 [&](const SignInAsOther&) { session_.leave(); },
                 [&](const OnKey& a) { keys_.carry_out(a); },
                 [&](const SaveProfile&) { account_.save_profile(); },
                 [&](const SavePassword&) { account_.save_password(); },
                 [&](const EndSession& a) { account_.end_session(a.id); },
                 [&](const EndOtherSessions&) { account_.end_other_sessions(); },
                 [&](const AskToDeleteAccount&) { account_.ask_to_delete(); },
                 [&](const KeepAccount&) { account_.keep(); },
                 [&](const DeleteAccount&) { account_.remove(); },
                 [&](const OpenTwoFactor& a) { two_factor_.open(a.step); },
                 [&](const SendTwoFactor&) { two_factor_.send(); },
                 [&](const CopyRecoveryCodes&) { two_factor_.copy_codes(); },
                 [&](const SavePreferences&) { settings_.save_preferences(); },
                 [&](const ShowMoreActivity&) { settings_.show_more_activity(); },
                 [&](const SaveBudget& a) { settings_.save_budget(a.credential_id); },
                 [&](const OnWorkflow& a) { workflows_.carry_out(a); },
                 [&](const SwitchShortcuts&) { state_.shortcuts = !state_.shortcuts; },
             },
             action);
}

}  // namespace ownkey::app
