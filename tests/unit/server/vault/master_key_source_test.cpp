#include "server/vault/master_key_source.h"

#include <sys/stat.h>
#include <boost/test/unit_test.hpp>

#include "tests/support/temp_folder.h"

using namespace ownkey;
using namespace ownkey::vault;

namespace {

struct Fixture {
  test::TempFolder folder;
  crypto::SystemRandom random;
  std::filesystem::path file = folder / "master.key";

  MasterKeyOptions options(bool has_database = false) {
    MasterKeyOptions result;
    result.own_file = file;
    result.has_database = has_database;
    return result;
  }
  std::string key() {
    const auto made = crypto::generate_master_key(random);
    return std::string(made.reveal());
  }
};

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

BOOST_FIXTURE_TEST_SUITE(master_key_source, Fixture)

BOOST_AUTO_TEST_CASE(the_first_start_makes_a_key_for_its_owner_alone_and_the_next_reads_it) {
  const auto first = load_master_keys(options(), random);
  BOOST_REQUIRE(first);
  BOOST_TEST(first->made_now);
  struct stat status {};
  BOOST_REQUIRE(::stat(file.c_str(), &status) == 0);
  BOOST_TEST((status.st_mode & 0777) == 0600U);
  const auto text = test::read_file(file);
  const auto second = load_master_keys(options(true), random);
  BOOST_REQUIRE(second);
  BOOST_TEST(!second->made_now);
  BOOST_TEST(test::read_file(file) == text);
}

BOOST_AUTO_TEST_CASE(no_key_is_ever_made_beside_existing_data) {
  const auto result = load_master_keys(options(true), random);
  BOOST_REQUIRE(!result);
  BOOST_TEST(holds(result.error().public_text, "backup"));
  BOOST_TEST(!std::filesystem::exists(file));
}

BOOST_AUTO_TEST_CASE(a_key_file_that_others_can_read_is_refused_with_the_remedy) {
  test::write_file(file, key());
  ::chmod(file.c_str(), 0640);
  const auto result = load_master_keys(options(), random);
  BOOST_REQUIRE(!result);
  BOOST_TEST(holds(result.error().public_text, "chmod 600"));
}

BOOST_AUTO_TEST_CASE(a_given_file_with_a_list_is_read_and_its_errors_never_show_the_key) {
  auto given = options();
  given.keys_file = folder / "keys";
  const auto secret = key();
  test::write_file(*given.keys_file, "k2:" + secret + "\nk1:" + key() + "\n");
  ::chmod(given.keys_file->c_str(), 0600);
  const auto loaded = load_master_keys(given, random);
  BOOST_REQUIRE(loaded);
  BOOST_TEST(loaded->keys.primary() == 2U);
  test::write_file(*given.keys_file, secret.substr(1));
  const auto broken = load_master_keys(given, random);
  BOOST_REQUIRE(!broken);
  BOOST_TEST(!holds(broken.error().public_text, secret.substr(1)));
}

BOOST_AUTO_TEST_CASE(a_key_from_the_environment_makes_no_file) {
  auto given = options();
  given.encryption_key = Secret(key());
  const auto loaded = load_master_keys(given, random);
  BOOST_REQUIRE(loaded);
  BOOST_TEST(!std::filesystem::exists(file));
}

BOOST_AUTO_TEST_SUITE_END()
