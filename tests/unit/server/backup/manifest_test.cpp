#include "server/backup/manifest.h"

#include <boost/test/unit_test.hpp>

#include "tests/support/temp_folder.h"

using namespace ownkey;
using namespace ownkey::backup;

namespace {

struct Fixture {
  test::TempFolder folder;
  const std::filesystem::path file = folder / "manifest.jsonl";

  Fixture() {
    Manifest manifest;
    manifest.backup.ownkey_version = "1.2.3";
    manifest.backup.instance_id = "here";
    manifest.backup.master_keys = {"k1", "k2"};
    manifest.files = {{"accounts.db", 4096, "aa"}, {"users/ab/abc.db", 8192, "bb"}};
    BOOST_REQUIRE(write_manifest(folder.path(), manifest));
  }

  // What is said when this text stands in the place of that one.
  std::string refusal(const std::string& that, const std::string& with) {
    auto text = test::read_file(file);
    BOOST_REQUIRE(text.find(that) != std::string::npos);
    test::write_file(file, text.replace(text.find(that), that.size(), with));
    const auto manifest = read_manifest(folder.path());
    return manifest ? "" : manifest.error().public_text;
  }
};

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

BOOST_FIXTURE_TEST_SUITE(manifest, Fixture)

BOOST_AUTO_TEST_CASE(what_was_written_is_read) {
  const auto manifest = read_manifest(folder.path());
  BOOST_REQUIRE(manifest);
  BOOST_TEST(manifest->backup.instance_id == "here");
  BOOST_TEST(manifest->backup.master_keys.size() == 2U);
  BOOST_TEST(manifest->backup.files == 2);
  BOOST_REQUIRE(manifest->files.size() == 2U);
  BOOST_TEST(manifest->files[1].path == "users/ab/abc.db");
  BOOST_TEST(manifest->files[1].bytes == 8192);
}

BOOST_AUTO_TEST_CASE(a_folder_without_one_is_no_whole_backup) {
  std::filesystem::remove(file);
  const auto manifest = read_manifest(folder.path());
  BOOST_REQUIRE(!manifest);
  BOOST_TEST(holds(manifest.error().public_text, "not a whole backup"));
}

BOOST_AUTO_TEST_CASE(one_that_breaks_off_is_refused) {
  const auto text = test::read_file(file);
  for (std::size_t size = 0; size + 1 < text.size(); ++size) {
    test::write_file(file, text.substr(0, size));
    BOOST_TEST(!read_manifest(folder.path()), "cut off at " << size);
  }
}

BOOST_AUTO_TEST_CASE(another_format_is_refused_with_the_version_that_wrote_it) {
  BOOST_TEST(holds(refusal(R"("format":1)", R"("format":2)"), "1.2.3"));
}

BOOST_AUTO_TEST_CASE(no_path_leads_out_of_the_backup) {
  for (const auto* path : {"../abc.db", "/etc/passwd", "users/ab/../../abc.db", "users/ab/abc.db-wal", "master.key"}) {
    Fixture fresh;
    BOOST_TEST(holds(fresh.refusal("users/ab/abc.db", path), "names the file"));
  }
}

BOOST_AUTO_TEST_CASE(a_file_is_named_once) {
  BOOST_TEST(holds(refusal("users/ab/abc.db", "accounts.db"), "each file once"));
}

BOOST_AUTO_TEST_SUITE_END()
