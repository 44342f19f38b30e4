// The arrows of the architecture: which folder may include which. One list here, one check over every file.
#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace {

using Names = std::set<std::string>;

// Folder → the folders it may include besides its own. What those include is not inherited: it is spelt out.
const std::map<std::string, Names>& allowed() {
  static const Names everything_below_vault{"shared", "server/base", "server/config", "server/crypto", "server/store"};
  static const Names up_to_vault{"shared",        "server/base",  "server/config",
                                 "server/crypto", "server/store", "server/vault"};
  static const std::map<std::string, Names> arrows{
      {"shared", {}},
      {"server/base", {"shared"}},
      {"server/config", {"shared", "server/base"}},
      {"server/crypto", {"shared", "server/base", "server/config"}},
      {"server/store", {"shared", "server/base", "server/config"}},
      {"server/vault", everything_below_vault},
      {"server/backup", up_to_vault},
      {"server/accounts", everything_below_vault},
      {"server/llm",
       {"shared", "server/base", "server/config", "server/crypto", "server/store", "server/vault", "server/accounts"}},
      {"server/workflow",
       {"shared", "server/base", "server/config", "server/crypto", "server/store", "server/vault", "server/accounts",
        "server/llm"}},
      {"server/http",
       {"shared", "server/base", "server/config", "server/crypto", "server/store", "server/vault", "server/accounts",
        "server/llm", "server/workflow"}},
      {"server/installation", up_to_vault},
      {"server/commands",
       {"shared", "server/base", "server/config", "server/crypto", "server/store", "server/vault", "server/backup",
        "server/accounts", "server/installation"}},
      {"web/platform", {"shared"}},
      {"web/ui", {"shared", "web/platform"}},
      {"web/state", {"shared"}},
      {"web/api", {"shared", "web/state", "web/platform"}},
      {"web/pages", {"shared", "web/ui", "web/state"}},
      {"web/app", {"shared", "web/platform", "web/ui", "web/pages", "web/state", "web/api"}},
  };
  return arrows;
}

// A library's headers → the only folders that may include them.
const std::vector<std::pair<std::regex, Names>>& libraries() {
  static const std::vector<std::pair<std::regex, Names>> rules{
      {std::regex("botan/.*"), {"server/crypto"}},
      {std::regex("sqlite3\\.h"), {"server/store"}},
      {std::regex("httplib\\.h"), {"server/http", "server/llm"}},
      {std::regex("openssl/.*"), {"server/http", "server/llm"}},
      {std::regex("qrcodegen/.*"), {"server/http"}},
      {std::regex("spdlog/.*"), {"server/base"}},
      {std::regex("date/.*"), {"server/workflow"}},
      {std::regex("emscripten.*"), {"web/platform"}},
      {std::regex("imgui.*"), {"web/platform", "web/ui"}},
  };
  return rules;
}

struct Include {
  std::string file;    // from the root
  std::string folder;  // "server/vault"; empty for a file at the top of server/ or web/, which puts all together
  std::string target;  // as written
};

// "server/http/handlers/x.h" → "server/http"; "shared/api/x.h" → "shared"; "server/main.cpp" → "".
std::string folder_of(const std::string& path) {
  static const std::regex pattern("^(shared)/.*|^((server|web)/[^/]+)/.*");
  std::smatch match;
  if (!std::regex_match(path, match, pattern)) return {};
  return match[1].matched ? match[1] : match[2];
}

std::vector<Include> all_includes() {
  static const std::regex line_pattern(R"(^\s*#\s*include\s*[<"]([^>"]+)[>"].*)");
  const std::filesystem::path root = OWNKEY_SOURCE_DIR;
  std::vector<Include> includes;
  for (const auto* top : {"shared", "server", "web"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root / top)) {
      const auto extension = entry.path().extension();
      if (extension != ".h" && extension != ".cpp") continue;
      const auto file = std::filesystem::relative(entry.path(), root).generic_string();
      std::ifstream stream(entry.path());
      std::smatch match;
      for (std::string line; std::getline(stream, line);)
        if (std::regex_match(line, match, line_pattern)) includes.push_back({file, folder_of(file), match[1]});
    }
  }
  return includes;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(architecture)

BOOST_AUTO_TEST_CASE(folders_include_along_the_arrows_alone) {
  const auto includes = all_includes();
  BOOST_TEST(includes.size() > 300U);
  for (const auto& include : includes) {
    const auto target = folder_of(include.target);
    const bool at_top = target.empty() && (include.target.starts_with("server/") || include.target.starts_with("web/"));
    BOOST_TEST((!at_top || include.folder.empty()), include.file << " includes " << include.target << " from above it");
    if (include.folder.empty() || target.empty() || target == include.folder) continue;
    const auto arrows = allowed().find(include.folder);
    BOOST_REQUIRE_MESSAGE(arrows != allowed().end(), include.folder << " has no place in the architecture");
    BOOST_TEST(arrows->second.contains(target), include.file << " includes " << include.target);
  }
}

BOOST_AUTO_TEST_CASE(libraries_stay_in_their_folders) {
  for (const auto& include : all_includes())
    for (const auto& [pattern, folders] : libraries())
      if (std::regex_match(include.target, pattern))
        BOOST_TEST(folders.contains(include.folder), include.file << " includes " << include.target);
}

BOOST_AUTO_TEST_CASE(includes_name_the_path_from_the_root) {
  for (const auto& include : all_includes())
    BOOST_TEST(include.target.find("..") == std::string::npos, include.file << " includes " << include.target);
}

BOOST_AUTO_TEST_SUITE_END()
