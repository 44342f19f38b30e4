#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <functional>

#include "web/platform/null_platform.h"
#include "web/ui/button.h"
#include "web/ui/check_box.h"
#include "web/ui/field.h"
#include "web/ui/graph.h"
#include "web/ui/icon.h"
#include "web/ui/label.h"
#include "web/ui/navigation.h"
#include "web/ui/panel.h"
#include "web/ui/progress.h"
#include "web/ui/toast.h"

using namespace ownkey;
using namespace ownkey::ui;

namespace {

// A page that consists of what the test draws.
class Sheet final : public platform::Client {
 public:
  explicit Sheet(platform::Platform& platform) : ui(platform) {}

  platform::Pacing frame(platform::Frame frame) override {
    ui.begin_frame(frame);
    for (auto& event : frame.events) ui.handle(event);
    for (int pass = 0; pass < 3; ++pass) {
      ui.begin_pass();
      ui.pen() = {16, 16, 400};
      if (draw) draw();
      ui.reserve_height(ui.pen().y);
      if (!ui.end_pass()) break;
    }
    return ui.end_frame();
  }

  Ui ui;
  std::function<void()> draw;
};

struct Fixture {
  platform::NullPlatform platform;
  Sheet sheet{platform};
  Ui& ui = sheet.ui;

  platform::Pacing run() { return platform.run(sheet); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(widgets, Fixture)

BOOST_AUTO_TEST_CASE(a_click_activates_the_button_exactly_once) {
  int clicks = 0;
  sheet.draw = [&] { clicks += wide_button(ui, {.name = "go", .label = "Go"}); };
  run();
  platform.click("button", "Go");
  run();
  run();
  BOOST_TEST(clicks == 1);
}

BOOST_AUTO_TEST_CASE(a_busy_button_says_so_and_cannot_be_clicked) {
  int clicks = 0;
  sheet.draw = [&] {
    clicks += wide_button(ui, {.name = "go",
                               .label = "Save",
                               .busy = true,
                               .busy_label = "Saving",
                               .busy_accessible_name = "Saving OpenAI key"});
  };
  platform.world.preferences.reduced_motion = true;
  run();
  platform.click("button", "Saving OpenAI key");
  run();
  BOOST_TEST(clicks == 0);
  BOOST_TEST(*platform.find("button", "Saving OpenAI key")->attributes.find("aria-busy") == "true");
}

BOOST_AUTO_TEST_CASE(typing_reaches_the_field_and_clears_its_error) {
  FieldState state;
  state.error = "Too short.";
  sheet.draw = [&] { field(ui, {.name = "name", .label = "Name"}, state); };
  run();
  BOOST_TEST(*platform.find("input", "Name")->attributes.find("aria-invalid") == "true");
  platform.type("Name", "Ada");
  run();
  BOOST_TEST(state.text() == "Ada");
  BOOST_TEST(state.error.empty());
  BOOST_TEST(!platform.find("input", "Name")->attributes.find("aria-invalid"));
}

// Regression: a text wider than any texture was not drawn at all, and cost hundreds of megabytes.
BOOST_AUTO_TEST_CASE(of_a_very_long_text_a_field_draws_what_it_has_room_for) {
  FieldState state;
  state.set("begin" + std::string(100'000, 'x'));
  sheet.draw = [&] { field(ui, {.name = "name", .label = "Name"}, state); };
  run();
  const auto drawn = std::find_if(platform.drawn.begin(), platform.drawn.end(),
                                  [](const std::string& text) { return text.starts_with("begin"); });
  BOOST_REQUIRE(drawn != platform.drawn.end());
  BOOST_TEST(drawn->size() > 20U);
  BOOST_TEST(drawn->size() < 1'000U);
}

BOOST_AUTO_TEST_CASE(text_set_by_the_program_reaches_the_element_and_typed_text_is_left_alone) {
  FieldState state;
  sheet.draw = [&] { field(ui, {.name = "name", .label = "Name"}, state); };
  state.set("first");
  run();
  BOOST_TEST(platform.text_of("Name") == "first");
  platform.type("Name", "typed");
  run();
  BOOST_TEST(platform.text_of("Name") == "typed");
  state.clear();
  run();
  BOOST_TEST(platform.text_of("Name").empty());
}

BOOST_AUTO_TEST_CASE(show_reveals_a_secret_and_its_label_changes_with_it) {
  FieldState state;
  sheet.draw = [&] {
    field(ui, {.name = "key", .label = "OpenAI key", .kind = FieldKind::Key, .secret_name = "OpenAI key"}, state);
  };
  run();
  BOOST_TEST(*platform.find("input", "OpenAI key")->attributes.find("type") == "password");
  platform.click("button", "Show OpenAI key");
  run();
  BOOST_TEST(*platform.find("input", "OpenAI key")->attributes.find("type") == "text");
  BOOST_TEST(platform.find("button", "Hide OpenAI key"));
  BOOST_TEST(!platform.find("button", "Show OpenAI key"));
}

BOOST_AUTO_TEST_CASE(a_typed_secret_is_in_no_mirror_node_and_is_never_drawn) {
  FieldState state;
  sheet.draw = [&] { field(ui, {.name = "key", .label = "Key", .kind = FieldKind::Key, .secret_name = "key"}, state); };
  run();
  platform.type("Key", "sk-secret-1234567890");
  for (const bool revealed : {false, true}) {
    state.revealed = revealed;
    run();
    for (const auto& node : platform.mirror) {
      BOOST_TEST(node.text.find("secret") == std::string::npos);
      BOOST_TEST(node.attributes.text().find("secret") == std::string::npos);
    }
    for (const auto& text : platform.drawn) BOOST_TEST(text.find("secret") == std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(the_first_of_several_bad_fields_takes_the_focus) {
  FieldState first, second;
  sheet.draw = [&] {
    field(ui, {.name = "a", .label = "A"}, first);
    field(ui, {.name = "b", .label = "B"}, second);
  };
  second.fail("Missing.");
  first.fail("Missing.");
  run();
  BOOST_TEST(platform.focused == platform.find("input", "A")->id);
}

BOOST_AUTO_TEST_CASE(an_error_describes_its_field_in_place_of_the_help) {
  FieldState state;
  state.error = "Too short.";
  sheet.draw = [&] { field(ui, {.name = "name", .label = "Name", .help = "As you like."}, state); };
  run();
  const auto description = *platform.find("input", "Name")->attributes.find("aria-describedby");
  BOOST_TEST(description == reference(platform.find("p", "Too short.")->id));
  BOOST_TEST(!platform.shows("As you like."));
  state.error.clear();
  run();
  BOOST_TEST(platform.shows("As you like."));
}

BOOST_AUTO_TEST_CASE(what_does_not_fit_beside_goes_on_below) {
  float available = 400;
  sheet.draw = [&] {
    ui.pen().width = available;
    heading_with_chip(ui, "title", "Google Gemini", {"status", "Saved", Tone::Plain});
  };
  run();
  const auto is_beside = [&] {
    return platform.find("span", "Saved")->rect.y < platform.find("h2", "Google Gemini")->rect.bottom();
  };
  BOOST_TEST(is_beside());
  available = 120;
  run();
  BOOST_TEST(!is_beside());
  BOOST_TEST(platform.find("span", "Saved")->rect.x == 16);
}

BOOST_AUTO_TEST_CASE(tabs_that_do_not_fit_go_on_in_another_row) {
  platform.world.width = 320;
  platform.world.preferences.text_scale = 2;
  sheet.draw = [&] { navigation(ui, {{"a", "Workflows", "/a"}, {"b", "API Keys", "/b"}, {"c", "Account", "/c"}}); };
  run();
  for (const auto* name : {"Workflows", "API Keys", "Account"})
    BOOST_TEST(platform.find("a", name)->rect.right() <= 320, name);
}

BOOST_AUTO_TEST_CASE(a_long_name_ends_in_a_sign_on_its_second_line_and_is_read_out_in_full) {
  std::string name = "A";
  for (int i = 0; i < 40; ++i) name += " word";
  sheet.draw = [&] { row_link(ui, "row", name, "changed today", "/row"); };
  run();
  const auto* row = platform.find("a", name);
  BOOST_REQUIRE(row);
  BOOST_TEST(row->text.ends_with("…"));
  BOOST_TEST(std::count(row->text.begin(), row->text.end(), '\n') == 1);
}

BOOST_AUTO_TEST_CASE(a_long_link_is_broken_into_lines) {
  sheet.draw = [&] {
    ui.pen().width = 100;
    link(ui, {.name = "docs", .label = "Get one at platform.example", .href = "/"});
  };
  run();
  BOOST_TEST(platform.find("a", "Get one at\nplatform.examp\nle")->rect.width <= 100);
}

BOOST_AUTO_TEST_CASE(an_item_without_a_mirror_node_is_reported) {
  sheet.draw = [&] { wide_button(ui, {.name = "go", .label = "Go"}); };
  run();
  BOOST_TEST(platform.defects.empty());
  sheet.draw = [&] { ui.interact(node_id("bare"), {10, 10, 50, 50}); };
  run();
  BOOST_REQUIRE(!platform.defects.empty());
  BOOST_TEST(platform.defects.front().find("no mirror node") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(nothing_is_drawn_again_while_nothing_happens) {
  sheet.draw = [&] { paragraph(ui, {.name = "p", .text = "Quiet."}); };
  BOOST_TEST(!run().after_s);
}

BOOST_AUTO_TEST_CASE(a_spinner_asks_for_frames_unless_motion_is_unwelcome) {
  sheet.draw = [&] { spinner(ui, 0, 0, 16, ui.theme().text); };
  BOOST_TEST((run().after_s == 0.0));
  platform.world.preferences.reduced_motion = true;
  BOOST_TEST(!run().after_s);
}

BOOST_AUTO_TEST_CASE(a_toast_is_announced_and_goes_by_itself) {
  Toasts toasts;
  sheet.draw = [&] { toasts.draw(ui); };
  run();
  toasts.show(ui, "Saved");
  const auto pacing = run();
  BOOST_TEST(platform.announcements.back().text == "Saved");
  BOOST_TEST(pacing.while_scrolling);
  BOOST_REQUIRE(pacing.after_s);
  platform.world.now_s += *pacing.after_s + 0.01;
  BOOST_TEST(!run().after_s);
}

BOOST_AUTO_TEST_CASE(a_skeleton_waits_before_it_shows) {
  const double since = platform.world.now_s;
  sheet.draw = [&] { skeleton(ui, since, 1, 80); };
  const auto pacing = run();
  BOOST_TEST(!platform.shows("Loading"));
  BOOST_REQUIRE(pacing.after_s);
  platform.world.now_s += *pacing.after_s + 0.01;
  run();
  BOOST_TEST(platform.shows("Loading"));
}

BOOST_AUTO_TEST_CASE(buttons_stand_below_each_other_where_it_is_narrow) {
  float available = 600;
  sheet.draw = [&] {
    ui.pen().width = available;
    ButtonRow row(ui);
    row.button({.name = "a", .label = "A"});
    row.button({.name = "b", .label = "B"});
  };
  run();
  BOOST_TEST(platform.find("button", "A")->rect.y == platform.find("button", "B")->rect.y);
  available = 300;
  run();
  BOOST_TEST(platform.find("button", "A")->rect.bottom() < platform.find("button", "B")->rect.y);
  BOOST_TEST(platform.find("button", "A")->rect.width == 300);
}

BOOST_AUTO_TEST_CASE(the_skip_link_puts_the_focus_on_the_heading) {
  sheet.draw = [&] {
    skip_link(ui);
    heading(ui, 1, "title", "API keys");
  };
  run();
  platform.click("a", "Skip to content");
  run();
  BOOST_TEST(platform.focused == platform.find("h1", "API keys")->id);
}

BOOST_AUTO_TEST_CASE(a_card_is_a_section_named_by_its_heading) {
  sheet.draw = [&] {
    const Card card(ui, "card", "card.heading");
    heading(ui, 2, "card.heading", "OpenAI");
  };
  run();
  const auto* title = platform.find("h2", "OpenAI");
  const auto* section = platform.find("section", "");
  BOOST_REQUIRE(section);
  BOOST_TEST(*section->attributes.find("aria-labelledby") == reference(title->id));
  BOOST_TEST(title->parent == section->id);
}

BOOST_AUTO_TEST_CASE(a_choice_is_shown_by_its_label_and_goes_to_its_field) {
  FieldState state;
  state.set("b");
  const std::vector<Option> options{{"a", "First", "Group"}, {"b", "Second\tone", {}}};
  sheet.draw = [&] {
    field(ui, {.name = "f", .label = "Which", .kind = FieldKind::Select, .options = &options}, state);
  };
  run();
  const auto* node = platform.find("select", "Which");
  BOOST_REQUIRE(node);
  BOOST_TEST(*node->attributes.find("data-options") == "a\tFirst\tGroup\nb\tSecond one\t");
  BOOST_TEST(platform.text_of("Which") == "b");
  platform.type("Which", "a");
  run();
  BOOST_TEST(state.text() == "a");
  BOOST_TEST((std::count(platform.drawn.begin(), platform.drawn.end(), "First") > 0));
}

BOOST_AUTO_TEST_CASE(a_text_may_offer_what_to_choose_and_takes_anything_else_too) {
  FieldState state;
  const std::vector<Option> options{{"m1", "One"}, {"m2", "Two"}};
  sheet.draw = [&] {
    field(ui, {.name = "f", .label = "Model", .options = &options, .options_name = "Known models"}, state);
  };
  run();
  platform.type("Known models", "m2");
  run();
  BOOST_TEST(platform.text_of("Model") == "m2");
  platform.type("Model", "mine");
  run();
  BOOST_TEST(state.text() == "mine");
}

BOOST_AUTO_TEST_CASE(a_box_says_whether_it_is_ticked) {
  bool ticked = false;
  sheet.draw = [&] {
    if (check_box(ui, {.name = "c", .label = "calculator", .help = "arithmetic", .checked = ticked})) ticked = !ticked;
  };
  run();
  BOOST_TEST(*platform.find("button", "calculator")->attributes.find("aria-checked") == "false");
  platform.click("button", "calculator");
  run();
  BOOST_TEST(*platform.find("button", "calculator")->attributes.find("aria-checked") == "true");
}

BOOST_AUTO_TEST_CASE(progress_is_a_real_element_with_its_numbers) {
  sheet.draw = [&] { progress(ui, "p", "Steps", 3, 7); };
  run();
  const auto* node = platform.find("progress", "Steps");
  BOOST_REQUIRE(node);
  BOOST_TEST(*node->attributes.find("value") == "3");
  BOOST_TEST(*node->attributes.find("max") == "7");
}

BOOST_AUTO_TEST_CASE(a_button_that_leads_elsewhere_is_a_link) {
  bool followed = false;
  sheet.draw = [&] { followed = wide_button(ui, {.name = "n", .label = "New", .href = "/new"}) || followed; };
  run();
  BOOST_TEST(*platform.find("a", "New")->attributes.find("href") == "/new");
  platform.click("a", "New");
  run();
  BOOST_TEST(followed);
}

BOOST_AUTO_TEST_CASE(what_is_under_the_pointer_is_known_in_the_frame_that_the_pointer_came_in) {
  Interaction state;
  sheet.draw = [&] {
    const Rect rect{16, 16, 100, 20};
    state = ui.interact(node_id("item"), rect);
    ui.mirror().add({.tag = "button", .id = node_id("item"), .rect = rect});
  };
  run();
  const int before = platform.frames_painted;
  platform.world.events.emplace_back(platform::PointerMoved{20, 20});
  run();
  BOOST_TEST(platform.frames_painted == before + 1);
  BOOST_TEST(state.hovered);
  platform.world.events.emplace_back(platform::PointerMoved{20, 60});
  run();
  BOOST_TEST(!state.hovered);
}

BOOST_AUTO_TEST_CASE(a_spinner_out_of_sight_stands_still_until_the_page_is_scrolled_to_it) {
  float y = 20;
  sheet.draw = [&] { spinner(ui, 20, y, 16, {}); };
  BOOST_TEST(*run().after_s == 0);
  y = 3000;
  const platform::Pacing pacing = run();
  BOOST_TEST(!pacing.after_s);
  BOOST_TEST(pacing.while_scrolling);
  platform.world.scroll_y = 2800;
  BOOST_TEST(*run().after_s == 0);
}

BOOST_AUTO_TEST_CASE(a_kept_graph_shows_what_has_changed_since_it_was_drawn) {
  Graph graph;
  graph.nodes = {{.name = "a", .label = "First", .detail = "Input", .leads_to = "Second"},
                 {.name = "b", .label = "Second", .detail = "Output"}};
  graph.edges = {{0, 1}};
  int clicked = -1;
  sheet.draw = [&] { clicked = std::max(clicked, graph.draw(ui, "graph", "Steps")); };
  run();
  const Rect before = platform.find("button", "Second, Output")->rect;
  BOOST_TEST(*platform.find("button", "First, Input")->attributes.find("aria-description") == "leads to Second");
  graph.nodes[1].look = NodeLook::Done;
  graph.nodes[1].state = "Done";
  graph.nodes[0].selected = true;
  run();
  BOOST_TEST((platform.find("button", "Second, Output, Done")->rect == before));
  BOOST_TEST(*platform.find("button", "First, Input")->attributes.find("aria-current") == "true");
  graph.nodes[0].selected = false;
  const auto draw = std::exchange(sheet.draw, [&] {
    ui.gap(100);
    graph.draw(ui, "graph", "Steps");
  });
  run();
  BOOST_TEST(platform.find("button", "Second, Output, Done")->rect.y == before.y + 100);
  BOOST_TEST(!platform.find("button", "First, Input")->attributes.find("aria-current"));
  sheet.draw = draw;
  run();
  platform.click("button", "Second, Output, Done");
  run();
  BOOST_TEST(clicked == 1);
}

BOOST_AUTO_TEST_CASE(nodes_and_edges_far_out_of_sight_are_mirrored_but_not_drawn) {
  Graph graph;
  for (int i = 0; i < 300; ++i) {
    const std::string name = std::to_string(i);
    graph.nodes.push_back({.name = name, .label = "Node " + name, .detail = "Model call"});
    if (i > 0) graph.edges.push_back({static_cast<std::size_t>(i - 1), static_cast<std::size_t>(i)});
  }
  sheet.draw = [&] { graph.draw(ui, "graph", "Steps"); };
  run();
  const auto is_drawn = [&](std::string_view text) {
    return std::find(platform.drawn.begin(), platform.drawn.end(), text) != platform.drawn.end();
  };
  BOOST_TEST(platform.find("button", "Node 299, Model call"));
  BOOST_TEST(is_drawn("Node 0"));
  BOOST_TEST(!is_drawn("Node 299"));
  platform.world.scroll_y = platform.find("button", "Node 299, Model call")->rect.y - 400;
  run();
  BOOST_TEST(is_drawn("Node 299"));
}

BOOST_AUTO_TEST_CASE(a_page_that_gets_shorter_leaves_no_element_behind) {
  int paragraphs = 3;
  sheet.draw = [&] {
    for (int i = 0; i < paragraphs; ++i)
      paragraph(ui, {.name = std::to_string(i), .text = "Text " + std::to_string(i)});
  };
  run();
  BOOST_TEST(platform.mirror.size() == 3u);
  paragraphs = 1;
  run();
  BOOST_TEST(platform.mirror.size() == 1u);
  BOOST_TEST(platform.mirror[0].text == "Text 0");
}

BOOST_AUTO_TEST_SUITE_END()
