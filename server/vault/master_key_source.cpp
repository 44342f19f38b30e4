#include "server/vault/master_key_source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace ownkey::vault {
namespace {

constexpr std::size_t kMaxFileSize = 64 * 1024;

class File {
 public:
  File(const std::filesystem::path& path, int flags, mode_t mode = 0)
      : descriptor_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {}
  ~File() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  bool is_open() const { return descriptor_ >= 0; }
  int get() const { return descriptor_; }

 private:
  int descriptor_;
};

Error file_error(const std::filesystem::path& path, std::string_view what) {
  return {ErrorKind::Internal, "the key file " + path.string() + " " + std::string(what)};
}

bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const auto written = ::write(descriptor, text.data(), text.size());
    if (written < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

// On the disk, folder entry included, before any data is encrypted with it.
Result<void> write_key_file(const std::filesystem::path& path, const Secret& key) {
  const File file(path, O_WRONLY | O_CREAT | O_EXCL, S_IRUSR | S_IWUSR);
  const bool written = file.is_open() && write_all(file.get(), "k1:") && write_all(file.get(), key.reveal()) &&
                       write_all(file.get(), "\n") && ::fsync(file.get()) == 0;
  if (!written) return file_error(path, std::string("cannot be written: ") + std::strerror(errno));
  const File folder(path.parent_path(), O_RDONLY | O_DIRECTORY);
  if (!folder.is_open() || ::fsync(folder.get()) != 0)
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
  const File file(path, O_RDONLY);
  if (!file.is_open()) return file_error(path, std::string("cannot be read: ") + std::strerror(errno));
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
