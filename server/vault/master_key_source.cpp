#include "server/vault/master_key_source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "server/base/bytes.h"
#include "server/base/descriptor.h"
#include "server/base/files.h"

namespace ownkey::vault {
namespace {

constexpr std::size_t kMaxFileSize = 64 * 1024;

base::Descriptor open_file(const std::filesystem::path& path, int flags, mode_t mode = 0) {
  return base::Descriptor(::open(path.c_str(), flags | O_CLOEXEC, mode));
}

Error file_error(const std::filesystem::path& path, std::string_view what) {
  return {ErrorKind::Internal, "the key file " + path.string() + " " + std::string(what)};
}

// On the disk, folder entry included, before any data is encrypted with it.
Result<void> write_key_file(const std::filesystem::path& path, const Secret& key) {
  const auto file = open_file(path, O_WRONLY | O_CREAT | O_EXCL, S_IRUSR | S_IWUSR);
  const auto write = [&](std::string_view text) { return base::write_all(file.get(), base::bytes_of(text)); };
  const bool written = file && write("k1:") && write(key.reveal()) && write("\n") && ::fsync(file.get()) == 0;
  if (!written) return file_error(path, std::string("cannot be written: ") + std::strerror(errno));
  if (!base::sync_folder(path.parent_path()))
    return file_error(path, std::string("cannot be made durable: ") + std::strerror(errno));
  return {};
}

Result<LoadedMasterKeys> parsed(const Secret& text, std::string_view where) {
  auto keys = crypto::MasterKeys::parse(text);
  if (!keys) return Error{ErrorKind::Internal, std::string(where) + ": " + keys.error().public_text};
  return LoadedMasterKeys{std::move(*keys)};
}

Result<LoadedMasterKeys> from_file(const std::filesystem::path& path) {
  const auto text = read_key_file(path);
  if (!text) return text.error();
  return parsed(*text, path.string());
}

}  // namespace

Result<Secret> read_key_file(const std::filesystem::path& path) {
  const auto file = open_file(path, O_RDONLY);
  if (!file) return file_error(path, std::string("cannot be read: ") + std::strerror(errno));
  struct stat status {};
  if (::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode)) return file_error(path, "is not a regular file");
  if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    return file_error(path, "can be read by others than its owner; run: chmod 600 " + path.string());
  if (static_cast<std::size_t>(status.st_size) > kMaxFileSize) return file_error(path, "is too large to hold keys");
  std::string text(static_cast<std::size_t>(status.st_size), '\0');
  const auto size = ::read(file.get(), text.data(), text.size());
  if (size < 0) return file_error(path, std::string("cannot be read: ") + std::strerror(errno));
  text.resize(static_cast<std::size_t>(size));
  return Secret::take(std::move(text));
}

Result<LoadedMasterKeys> load_master_keys(const MasterKeyOptions& options, crypto::Random& random) {
  if (!options.encryption_key.empty()) return parsed(options.encryption_key, "ENCRYPTION_KEY");
  if (!options.keys.empty()) return parsed(options.keys, "OWNKEY_KEYS");
  if (options.keys_file) return from_file(*options.keys_file);
  if (std::filesystem::exists(options.own_file)) return from_file(options.own_file);
  if (options.has_database)
    return file_error(options.own_file,
                      "is missing, but there is data that was encrypted with a master key; put the file back from your "
                      "backup, or set ENCRYPTION_KEY, OWNKEY_KEYS or OWNKEY_KEYS_FILE");
  const auto key = crypto::generate_master_key(random);
  if (auto written = write_key_file(options.own_file, key); !written) return written.error();
  auto loaded = from_file(options.own_file);
  if (loaded) loaded->made_now = true;
  return loaded;
}

}  // namespace ownkey::vault
