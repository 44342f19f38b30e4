#include "web/ui/theme.h"

#include <boost/test/unit_test.hpp>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

using namespace ownkey::ui;

namespace {

struct Pair {
  std::string name;
  Color front, back;
};

std::vector<Pair> text_pairs(const Theme& t) {
  std::vector<Pair> pairs;
  for (const auto& [name, ground] :
       {std::pair{"background", t.background}, {"surface", t.surface}, {"raised", t.raised}}) {
    pairs.push_back({std::string("text on ") + name, t.text, ground});
    pairs.push_back({std::string("muted on ") + name, t.muted, ground});
  }
  for (const auto tone : {Tone::Plain, Tone::Muted, Tone::Accent, Tone::Danger, Tone::Success, Tone::Warning})
    pairs.push_back(
        {"tone " + std::to_string(static_cast<int>(tone)) + " on its soft ground", ink(t, tone), soft(t, tone)});
  pairs.push_back({"link on surface", t.accent, t.surface});
  pairs.push_back({"link on background", t.accent, t.background});
  pairs.push_back({"danger on surface", t.danger, t.surface});
  pairs.push_back({"label of a primary button", t.on_accent, t.accent});
  pairs.push_back({"label of a pressed primary button", t.on_accent, mixed(t.accent, t.text, .16f)});
  pairs.push_back({"label of a filled danger button", t.on_danger, t.danger});
  pairs.push_back({"toast", t.background, t.text});
  return pairs;
}

std::string css_color(Color c) {
  char text[8];
  std::snprintf(text, sizeof text, "#%06x", hex_of(c));
  return text;
}

std::string style_sheet() {
  std::ifstream file(OWNKEY_SOURCE_DIR "/assets/style.css");
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(theme_contrast)

BOOST_AUTO_TEST_CASE(black_on_white_has_the_ratio_of_the_standard) {
  BOOST_TEST(contrast(rgb(0x000000), rgb(0xFFFFFF)) == 21.0, boost::test_tools::tolerance(0.001));
  BOOST_TEST(contrast(rgb(0x777777), rgb(0x777777)) == 1.0, boost::test_tools::tolerance(0.001));
}

BOOST_AUTO_TEST_CASE(every_text_is_readable_in_both_themes) {
  for (const Theme* theme : {&light_theme(), &dark_theme()})
    for (const auto& [name, front, back] : text_pairs(*theme)) BOOST_TEST(contrast(front, back) >= 4.5, name);
}

BOOST_AUTO_TEST_CASE(borders_and_rings_stand_out_in_both_themes) {
  for (const Theme* theme : {&light_theme(), &dark_theme()}) {
    for (const Color ground : {theme->surface, theme->background}) {
      BOOST_TEST(contrast(theme->field_border, ground) >= 3.0);
      BOOST_TEST(contrast(theme->accent, ground) >= 3.0);
      BOOST_TEST(contrast(theme->danger, ground) >= 3.0);
    }
  }
}

BOOST_AUTO_TEST_CASE(the_style_sheet_repeats_the_table) {
  const std::string css = style_sheet();
  const Theme &light = light_theme(), &dark = dark_theme();
  const std::pair<std::string, Color Theme::*> expected[] = {{"background", &Theme::background},
                                                             {"surface", &Theme::surface},
                                                             {"raised", &Theme::raised},
                                                             {"text", &Theme::text},
                                                             {"muted", &Theme::muted},
                                                             {"accent", &Theme::accent},
                                                             {"on-accent", &Theme::on_accent},
                                                             {"accent-soft", &Theme::accent_soft},
                                                             {"danger", &Theme::danger},
                                                             {"on-danger", &Theme::on_danger},
                                                             {"danger-soft", &Theme::danger_soft},
                                                             {"success", &Theme::success},
                                                             {"success-soft", &Theme::success_soft},
                                                             {"warning", &Theme::warning},
                                                             {"warning-soft", &Theme::warning_soft},
                                                             {"field-border", &Theme::field_border},
                                                             {"hairline", &Theme::hairline}};
  for (const auto& [name, color] : expected) {
    const std::string line =
        "--" + name + ": light-dark(" + css_color(light.*color) + ", " + css_color(dark.*color) + ");";
    BOOST_TEST(css.find(line) != std::string::npos, line);
  }
}

BOOST_AUTO_TEST_CASE(fields_are_large_enough_for_fingers) {
  const Metrics fingers{1, true};
  BOOST_TEST(fingers.control() >= 44);
  BOOST_TEST(fingers.input() >= 44);
  BOOST_TEST(fingers.style(Type::Input).font.size >= 16);
}

BOOST_AUTO_TEST_SUITE_END()
