#include "web/pages/shell.h"

#include <array>

#include "web/pages/format.h"
#include "web/ui/navigation.h"
#include "web/ui/panel.h"

namespace ownkey::pages {
namespace {

void draw_header(ui::Ui& ui, state::Actions& actions) {
  const ui::Group header(ui, "header", "header");
  const float side = ui.narrow() ? ui::space::kField : ui::space::kCard;
  ui.brush().fill({0, 0, ui.width(), ui.metrics().header()}, ui.theme().surface);
  ui.brush().fill({0, ui.metrics().header() - 1, ui.width(), 1}, ui.theme().hairline);
  if (ui::brand(ui, side, (ui.metrics().header() - ui::brand_height(ui)) / 2))
    actions.emplace_back(state::action::GoTo{"/"});
  const ui::ButtonSpec sign_out{.name = "sign-out", .label = "Sign out", .look = ui::Look::Ghost};
  const float width = ui::button_width(ui, sign_out), height = ui.metrics().control();
  const ui::Rect rect{ui.width() - side - width + 16, (ui.metrics().header() - height) / 2, width, height};
  if (ui::button_at(ui, rect, sign_out)) actions.emplace_back(state::action::SignOut{});
}

}  // namespace

void draw_shell(ui::Ui& ui, const state::AppState& state, state::Actions& actions) {
  using state::Page;
  ui::skip_link(ui);
  draw_header(ui, actions);
  const Page page = state.route.page;
  const std::array hrefs{"/workflows", "/settings/keys", "/settings/account"};
  const int clicked = ui::navigation(
      ui, {
              {"nav.workflows", "Workflows", hrefs[0], page == Page::Workflows || page == Page::Workflow},
              {"nav.keys", "API Keys", hrefs[1], page == Page::ApiKeys},
              {"nav.account", "Account", hrefs[2], page == Page::Account},
          });
  if (clicked >= 0) actions.emplace_back(state::action::GoTo{hrefs[static_cast<std::size_t>(clicked)]});
}

void end_page(ui::Ui& ui) { ui.reserve_height(ui.pen().y + ui::space::kCard); }

void draw_load_failure(ui::Ui& ui, const state::Failure& failure, state::Actions& actions) {
  if (ui::callout(ui, "load-failure", sentence(failure.text), ui::Tone::Danger,
                  ui::ButtonSpec{.name = "try-again", .label = "Try again"}))
    actions.emplace_back(state::action::LoadAgain{});
}

}  // namespace ownkey::pages
