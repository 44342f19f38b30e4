#include "server/backup/manifest.h"

#include <algorithm>
#include <fstream>
#include <regex>
#include <utility>

#include "server/backup/files.h"
#include "server/store/data_folder.h"

namespace ownkey::backup {
namespace {

std::filesystem::path manifest_file(const std::filesystem::path& folder) { return folder / "manifest.jsonl"; }

Error broken(const std::filesystem::path& folder, const std::string& why) {
  return {ErrorKind::InvalidRequest,
          folder.string() + " is not a backup that can be trusted: " + why + "; use another backup"};
}

// Nothing else may be written to when a backup is put back.
bool is_path_of_backup(const std::string& path) {
  static const std::regex pattern("accounts\\.db|users/[0-9a-z]{2}/[0-9a-z]{2,64}\\.db");
  return std::regex_match(path, pattern);
}

Result<Manifest> read_lines(std::ifstream& lines, const std::filesystem::path& folder) {
  const auto bad_line = [&](const Error& error) { return broken(folder, "manifest.jsonl: " + error.public_text); };
  Manifest manifest;
  std::string line;
  std::getline(lines, line);
  auto backup = parse_as<Backup>(line, Unknown::Ignore);
  if (!backup) return bad_line(backup.error());
  manifest.backup = std::move(*backup);
  if (manifest.backup.format != kFormat)
    return Error{ErrorKind::InvalidRequest, folder.string() + " is a backup of format " +
                                                std::to_string(manifest.backup.format) + ", and this program reads " +
                                                std::to_string(kFormat) + "; use ownkey " +
                                                manifest.backup.ownkey_version + " to restore it"};
  while (std::getline(lines, line)) {
    auto file = parse_as<File>(line, Unknown::Refuse);
    if (!file) return bad_line(file.error());
    if (!is_path_of_backup(file->path)) return broken(folder, "manifest.jsonl names the file " + file->path);
    manifest.files.push_back(std::move(*file));
  }
  return manifest;
}

}  // namespace

Result<void> write_manifest(const std::filesystem::path& folder, Manifest manifest) {
  manifest.backup.files = std::ssize(manifest.files);
  std::string text = dump_json(to_json(manifest.backup)) + "\n";
  for (const auto& file : manifest.files) text += dump_json(to_json(file)) + "\n";
  return write_file(manifest_file(folder), text);
}

Result<Manifest> read_manifest(const std::filesystem::path& folder) {
  std::ifstream lines(manifest_file(folder));
  if (!lines)
    return Error{ErrorKind::InvalidRequest,
                 folder.string() +
                     " is not a whole backup: it has no manifest.jsonl; name a folder that 'ownkey backup' "
                     "has made to its end"};
  auto manifest = read_lines(lines, folder);
  if (!manifest) return manifest;
  if (std::ssize(manifest->files) != manifest->backup.files)
    return broken(folder, "manifest.jsonl breaks off, or has lines too many");
  const auto same_path = [](const File& a, const File& b) { return a.path >= b.path; };
  if (manifest->files.empty() || manifest->files.front().path != store::kAccountsFile ||
      std::ranges::adjacent_find(manifest->files, same_path) != manifest->files.end())
    return broken(folder, "manifest.jsonl does not list accounts.db and then each file once");
  return manifest;
}

}  // namespace ownkey::backup
