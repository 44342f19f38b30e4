#include "web/pages/shell.h"

#include <array>

#include "web/pages/format.h"
#include "web/ui/label.h"
#include "web/ui/navigation.h"
#include "web/ui/panel.h"

namespace ownkey::pages {
namespace {

constexpr float kWhoWidth = 280;

void draw_who(ui::Ui& ui, float right, float middle, const std::string& email) {
  const ui::TextStyle style = ui.style(ui::Type::Help);
  const std::string shown = ui.text().first_lines(email, style, kWhoWidth * ui.metrics().scale, 1).front();
  ui::line(ui, right - ui.text().width(shown, style), middle - style.line_height / 2,
           {.name = "who", .text = shown, .type = ui::Type::Help, .tone = ui::Tone::Muted, .tag = "span"});
}

void draw_header(ui::Ui& ui, const api::User& user, state::Actions& actions) {
  const ui::Group header(ui, "header", "header");
  ui::header_ground(ui);
  const float side = ui.narrow() ? ui::space::kField : ui::space::kCard, middle = ui.metrics().header() / 2;
  const ui::ButtonSpec sign_out{.name = "sign-out", .label = "Sign out", .look = ui::Look::Ghost};
  const ui::Rect button = ui::flush_right(ui, ui.width() - side, middle, sign_out);
  if (ui::brand(ui, side, middle - ui::brand_height(ui) / 2, button.x - side))
    actions.emplace_back(state::action::GoTo{"/"});
  if (!ui.narrow()) draw_who(ui, button.x - ui::space::kSmall, middle, user.email);
  if (ui::button_at(ui, button, sign_out)) actions.emplace_back(state::action::SignOut{});
}

}  // namespace

void draw_shell(ui::Ui& ui, const state::AppState& state, state::Actions& actions) {
  using state::Page;
  ui::skip_link(ui);
  draw_header(ui, state.session.user, actions);
  const Page page = state.route.page;
  const std::array hrefs{"/workflows", "/settings/keys", "/settings/account"};
  const int clicked =
      ui::navigation(ui, {
                             {"nav.workflows", "Workflows", hrefs[0],
                              page == Page::Workflows || page == Page::NewWorkflow || !state.route.workflow_id.empty()},
                             {"nav.keys", "API Keys", hrefs[1], page == Page::ApiKeys},
                             {"nav.account", "Account", hrefs[2], page == Page::Account},
                         });
  if (clicked >= 0) actions.emplace_back(state::action::GoTo{hrefs[static_cast<std::size_t>(clicked)]});
  if (state.online) return;
  ui::callout(ui, "offline", "You are offline. What you typed stays here, and runs go on without you.",
              ui::Tone::Warning);
  ui.gap(ui::space::kField);
}

void end_page(ui::Ui& ui) { ui.reserve_height(ui.pen().y + ui::space::kCard); }

void draw_failure(ui::Ui& ui, std::string_view name, const std::optional<state::Failure>& failure,
                  std::uint32_t edits) {
  if (!failure || (failure->edit && *failure->edit != edits)) return;
  ui.gap(ui::space::kMedium);
  ui::callout(ui, name, sentence(failure->text), ui::Tone::Danger);
}

void draw_load_failure(ui::Ui& ui, const state::Failure& failure, state::Actions& actions) {
  if (ui::callout(ui, "load-failure", sentence(failure.text), ui::Tone::Danger,
                  ui::ButtonSpec{.name = "try-again", .label = "Try again"}))
    actions.emplace_back(state::action::LoadAgain{});
}

}  // namespace ownkey::pages
