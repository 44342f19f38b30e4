#include "server/config/config.h"

#include <boost/test/unit_test.hpp>

#include <cstdlib>

#include "tests/support/temp_folder.h"

using namespace ownkey;
using namespace ownkey::config;

namespace {

SettingValues values(std::initializer_list<std::pair<Setting, const char*>> list) {
  SettingValues result;
  for (const auto& [setting, text] : list) result.emplace(setting, Secret(text));
  return result;
}

std::string error_text(std::initializer_list<std::pair<Setting, const char*>> flags) {
  const auto config = make_config(values(flags), {}, {});
  return config ? "" : config.error().public_text;
}

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

BOOST_AUTO_TEST_SUITE(configuration)

BOOST_AUTO_TEST_CASE(nothing_set_gives_the_defaults) {
  const auto config = make_config({}, {}, {});
  BOOST_REQUIRE(config);
  BOOST_TEST(config->listen.host == "127.0.0.1");
  BOOST_TEST(config->listen.port == 8080);
  BOOST_TEST(!config->allow_system_keys);
  BOOST_TEST(config->base_urls.at(Provider::OpenAi) == "https://api.openai.com/v1");
  BOOST_TEST(config->max_connections == 1024U);
}

BOOST_AUTO_TEST_CASE(a_flag_wins_over_the_environment_and_that_over_the_file) {
  auto flags = values({{Setting::Data, "from-flag"}});
  auto environment = values({{Setting::Data, "from-env"}, {Setting::Log, "debug"}});
  auto file = values({{Setting::Data, "from-file"}, {Setting::Log, "error"}, {Setting::Registration, "closed"}});
  const auto config = make_config(std::move(flags), std::move(environment), std::move(file));
  BOOST_REQUIRE(config);
  BOOST_TEST(config->data.string() == "from-flag");
  BOOST_TEST((config->log == base::LogLevel::Debug));
  BOOST_TEST((config->registration == Registration::Closed));
}

BOOST_AUTO_TEST_CASE(a_bad_value_names_its_setting) {
  BOOST_TEST(holds(error_text({{Setting::Listen, "nowhere"}}), "OWNKEY_LISTEN"));
  BOOST_TEST(holds(error_text({{Setting::Listen, "127.0.0.1:99999"}}), "OWNKEY_LISTEN"));
  BOOST_TEST(holds(error_text({{Setting::PublicOrigin, "keys.example.com"}}), "OWNKEY_PUBLIC_ORIGIN"));
  BOOST_TEST(holds(error_text({{Setting::PublicOrigin, "https://x.com/path"}}), "OWNKEY_PUBLIC_ORIGIN"));
  BOOST_TEST(holds(error_text({{Setting::OpenAiBaseUrl, "ftp://x"}}), "OWNKEY_OPENAI_BASE_URL"));
  BOOST_TEST(holds(error_text({{Setting::Registration, "maybe"}}), "OWNKEY_REGISTRATION"));
  BOOST_TEST(holds(error_text({{Setting::MaxConnections, "many"}}), "OWNKEY_MAX_CONNECTIONS"));
  BOOST_TEST(holds(error_text({{Setting::AllowSystemKeys, "perhaps"}}), "OWNKEY_ALLOW_SYSTEM_KEYS"));
  BOOST_TEST(holds(error_text({{Setting::EncryptionKey, "a"}, {Setting::Keys, "b"}}), "only one"));
}

BOOST_AUTO_TEST_CASE(a_system_key_without_permission_is_not_used) {
  const auto refused = make_config(values({{Setting::SystemOpenAiKey, "sk-system"}}), {}, {});
  BOOST_REQUIRE(refused);
  BOOST_TEST(refused->system_keys.empty());
  BOOST_TEST(refused->ignores_system_keys);
  const auto allowed =
      make_config(values({{Setting::SystemOpenAiKey, "sk-system"}, {Setting::AllowSystemKeys, "true"}}), {}, {});
  BOOST_REQUIRE(allowed);
  BOOST_TEST(allowed->system_keys.size() == 1U);
  BOOST_TEST(!allowed->ignores_system_keys);
}

BOOST_AUTO_TEST_CASE(a_master_key_from_a_stronger_source_sets_the_weaker_ones_aside) {
  const auto config = make_config(values({{Setting::KeysFile, "keys"}}), values({{Setting::EncryptionKey, "a"}}),
                                  values({{Setting::Keys, "b"}}));
  BOOST_REQUIRE(config);
  BOOST_TEST(config->keys_file->string() == "keys");
  BOOST_TEST(config->encryption_key.empty());
  BOOST_TEST(config->keys.empty());
  // An empty one says nothing.
  const auto from_file = make_config({}, values({{Setting::EncryptionKey, ""}}), values({{Setting::Keys, "b"}}));
  BOOST_REQUIRE(from_file);
  BOOST_TEST(!from_file->keys.empty());
}

BOOST_AUTO_TEST_CASE(demo_points_at_the_simulator_unless_a_base_url_is_set) {
  const auto config =
      make_config(values({{Setting::Demo, "true"}, {Setting::GoogleBaseUrl, "https://g.example/v1beta/"}}), {}, {});
  BOOST_REQUIRE(config);
  BOOST_TEST(config->base_urls.at(Provider::OpenAi) == "http://127.0.0.1:8091/v1");
  BOOST_TEST(config->base_urls.at(Provider::Anthropic) == "http://127.0.0.1:8091");
  BOOST_TEST(config->base_urls.at(Provider::Google) == "https://g.example/v1beta");
}

BOOST_AUTO_TEST_CASE(an_env_file_is_read_as_people_write_them) {
  const auto read = parse_env_file(
      "# comment\n\nexport OWNKEY_LOG=debug\r\nOWNKEY_DATA = \"/var/lib/own key\"\nPATH=/bin\nENCRYPTION_KEY='abc='\n"
      "OWNKEY_PROXY=\n");
  BOOST_REQUIRE(read);
  BOOST_TEST(read->at(Setting::Log).reveal() == "debug");
  BOOST_TEST(read->at(Setting::Data).reveal() == "/var/lib/own key");
  BOOST_TEST(read->at(Setting::EncryptionKey).reveal() == "abc=");
  BOOST_TEST(!read->contains(Setting::Proxy));
}

BOOST_AUTO_TEST_CASE(a_misspelt_name_is_refused_with_the_nearest_one) {
  const auto read = parse_env_file("OWNKEY_MAX_CONECTIONS=5\n");
  BOOST_REQUIRE(!read);
  BOOST_TEST(holds(read.error().public_text, "OWNKEY_MAX_CONNECTIONS"));
}

BOOST_AUTO_TEST_CASE(secrets_are_taken_out_of_the_environment) {
  setenv("ENCRYPTION_KEY", "a-master-key", 1);
  setenv("OWNKEY_LOG", "off", 1);
  const char* in_place = std::getenv("ENCRYPTION_KEY");
  const auto taken = take_environment();
  BOOST_REQUIRE(taken);
  BOOST_TEST(taken->at(Setting::EncryptionKey).reveal() == "a-master-key");
  BOOST_TEST(taken->at(Setting::Log).reveal() == "off");
  BOOST_TEST(std::getenv("ENCRYPTION_KEY") == nullptr);
  BOOST_TEST(in_place[0] == 0);
  unsetenv("OWNKEY_LOG");
}

BOOST_AUTO_TEST_CASE(the_settings_page_is_what_the_table_says) {
  BOOST_TEST(test::read_file(OWNKEY_SOURCE_DIR "/docs/settings.md") == settings_markdown(),
             "docs/settings.md is out of date: write it anew with 'ownkey settings > docs/settings.md'");
}

BOOST_AUTO_TEST_SUITE_END()
