#include "tests/scale/population.h"

#include <atomic>
#include <iostream>
#include <limits>
#include <thread>

#include "server/crypto/digest.h"
#include "tests/support/many_users.h"
#include "tests/support/vault_fixture.h"

// Nothing that is made here must outlive a power cut, and waiting for the disk at each of a million commits would take
// hours. SQLite calls these; the server that is measured is a process of its own, which does wait.
extern "C" int fsync(int) { return 0; }
extern "C" int fdatasync(int) { return 0; }

namespace ownkey::scale {
namespace {

constexpr std::uintmax_t kBytesOfUser = 100 * 1024;  // with its place in accounts.db, and room to spare
constexpr std::size_t kOpenFiles = 64;
constexpr int kNews = 10'000;  // users between two lines of progress

void check_room(const std::filesystem::path& folder, int users) {
  const auto needed = static_cast<std::uintmax_t>(users) * kBytesOfUser;
  const auto there = std::filesystem::space(folder).available;
  if (there < needed)
    throw std::runtime_error("the disk of " + folder.string() + " has room for " + std::to_string(there >> 20) +
                             " MiB, and " + std::to_string(users) + " users need " + std::to_string(needed >> 20) +
                             " MiB; make room, or give --users or --folder");
}

}  // namespace

Population::Population(const std::filesystem::path& folder, const std::string& master_keys, int users)
    : folder_(folder) {
  std::filesystem::create_directories(folder);
  check_room(folder, users);
  const base::SystemClock clock;
  crypto::SystemRandom random;
  const auto accounts_file = folder / "accounts.db";
  const auto accounts = test::value_of(store::open_account_store(accounts_file));
  const auto given = test::value_of(crypto::MasterKeys::parse(Secret(master_keys)));
  const auto keys = test::value_of(vault::KeyRing::open(*accounts, given, random, clock));
  people_ =
      test::sign_in(accounts_file, test::add_many_users(accounts_file, keys, random, users, clock.now()), clock.now());

  store::UserStores stores(folder, kOpenFiles, crypto::sha256_text, accounts.get());
  vault::CredentialVault vault(*accounts, stores, keys, random, clock);
  std::atomic<std::size_t> next = 0, failed = 0;
  const auto fill = [&] {
    for (std::size_t i = next++; i < people_.size(); i = next++) {
      const auto& person = people_[i];
      for (const auto& [provider, key] : {std::pair(Provider::OpenAi, openai_key_of(person)),
                                          std::pair(Provider::Anthropic, "sk-ant-scale-" + person.user.text()),
                                          std::pair(Provider::Google, "AQ.scale-" + person.user.text())})
        failed += vault.save(person.user, {provider, std::string(vault::kDefaultLabel), {}, Secret(key)}, test::kClient)
                      ? 0
                      : 1;
      if ((i + 1) % kNews == 0) std::cerr << i + 1 << " users made" << std::endl;
    }
  };
  std::vector<std::thread> threads;
  for (unsigned i = 0; i < std::max(1U, std::thread::hardware_concurrency()); ++i) threads.emplace_back(fill);
  for (auto& thread : threads) thread.join();
  if (failed > 0) throw std::runtime_error(std::to_string(failed) + " keys could not be saved");
}

Population::Population(const std::filesystem::path& folder) : folder_(folder) {
  const auto accounts = test::value_of(store::open_account_store_read_only(folder / "accounts.db"));
  for (auto& user : test::value_of(accounts->users({}, std::numeric_limits<std::uint32_t>::max())))
    people_.push_back({user, test::token_of(user)});
}

}  // namespace ownkey::scale
