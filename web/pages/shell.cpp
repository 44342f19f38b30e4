#include "web/pages/shell.h"

#include <array>
#include <vector>

#include "web/pages/format.h"
#include "web/ui/field.h"
#include "web/ui/label.h"
#include "web/ui/navigation.h"
#include "web/ui/panel.h"

namespace ownkey::pages {
namespace {

constexpr float kWhoWidth = 280;

struct Place {
  state::Page page;
  std::string_view name, label, href;
};
constexpr std::array<Place, 6> kPlaces{{
    {state::Page::Workflows, "nav.workflows", "Workflows", "/workflows"},
    {state::Page::ApiKeys, "nav.keys", "API Keys", "/settings/keys"},
    {state::Page::Usage, "nav.usage", "Usage", "/settings/usage"},
    {state::Page::Activity, "nav.activity", "Activity", "/settings/activity"},
    {state::Page::Preferences, "nav.preferences", "Preferences", "/settings/preferences"},
    {state::Page::Account, "nav.account", "Account", "/settings/account"},
}};

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

bool is_about_workflows(const state::Route& route) {
  return route.page == state::Page::NewWorkflow || !route.workflow_id.empty();
}

}  // namespace

void draw_shell(ui::Ui& ui, const state::AppState& state, state::Actions& actions) {
  using state::Page;
  ui::skip_link(ui);
  draw_header(ui, state.session.user, actions);
  const Page page = is_about_workflows(state.route) ? Page::Workflows : state.route.page;
  std::vector<ui::NavEntry> entries;
  for (const auto& place : kPlaces) entries.push_back({place.name, place.label, place.href, page == place.page});
  const int clicked = ui::navigation(ui, entries);
  if (clicked >= 0)
    actions.emplace_back(state::action::GoTo{std::string(kPlaces[static_cast<std::size_t>(clicked)].href)});
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

void draw_card_title(ui::Ui& ui, std::string_view name, std::string_view heading, std::string_view intro) {
  ui::heading(ui, 2, std::string(name) + ".heading", heading);
  ui.gap(ui::space::kTight);
  ui::paragraph(ui, {.name = std::string(name) + ".intro", .text = intro, .tone = ui::Tone::Muted});
  ui.gap(ui::space::kField);
}

void draw_password(ui::Ui& ui, std::string_view name, std::string_view label, std::string_view autocomplete,
                   std::string_view help, ui::FieldState& draft) {
  std::string secret_name(label);
  secret_name.front() = static_cast<char>(secret_name.front() - 'A' + 'a');
  ui::field(ui,
            {.name = name,
             .label = label,
             .kind = ui::FieldKind::Password,
             .autocomplete = autocomplete,
             .help = help,
             .secret_name = std::move(secret_name)},
            draft);
}

bool draw_save(ui::Ui& ui, std::string_view name, std::string_view accessible_name, const state::Form& form,
               std::uint32_t edits) {
  draw_failure(ui, std::string(name) + ".failure", form.failure, edits);
  ui.gap(ui::space::kField);
  ui::ButtonRow row(ui);
  return row.button({.name = std::string(name) + ".save",
                     .label = "Save",
                     .accessible_name = "Save " + std::string(accessible_name),
                     .look = ui::Look::Primary,
                     .submits = true,
                     .busy = form.busy,
                     .busy_label = "Saving",
                     .busy_accessible_name = "Saving " + std::string(accessible_name)});
}

void draw_load_failure(ui::Ui& ui, const state::Failure& failure, state::Actions& actions, std::string_view name) {
  if (ui::callout(ui, name, sentence(failure.text), ui::Tone::Danger,
                  ui::ButtonSpec{.name = std::string(name) + ".again", .label = "Try again"}))
    actions.emplace_back(state::action::LoadAgain{});
}

}  // namespace ownkey::pages
