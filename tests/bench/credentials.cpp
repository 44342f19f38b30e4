// What it costs to store a key so that it is on the disk, and to open one.
#include <openssl/evp.h>

#include "server/crypto/sealing.h"
#include "tests/bench/bench_main.h"
#include "tests/bench/home.h"
#include "tests/bench/windows.h"
#include "tests/support/raw_socket.h"
#include "tests/support/vault_fixture.h"

namespace {

using namespace ownkey;
using namespace ownkey::bench;
using Clock = std::chrono::steady_clock;

constexpr int kSaves = 40;      // in a window
constexpr int kOpens = 20'000;  // in a window
constexpr std::string_view kApiKey = "sk-proj-4f9cT0mWqLzY7rB2xKd8HsVn31JpUeGa6oXtR5iCvEwQ0Zy";

double microseconds_since(Clock::time_point begin) {
  return std::chrono::duration<double, std::micro>(Clock::now() - begin).count();
}

// Of one call among many.
template <class Call>
double microseconds_each(int times, const Call& call) {
  const auto begin = Clock::now();
  for (int i = 0; i < times; ++i) call();
  return microseconds_since(begin) / times;
}

// A file as a person's is, with one row for each commit.
class Commits {
 public:
  explicit Commits(const std::filesystem::path& file) : database_(store::Database::open(file)) {
    database_.execute("CREATE TABLE rows (id INTEGER PRIMARY KEY, text TEXT NOT NULL)");
  }
  void commit_one() {
    store::Transaction transaction(database_);
    database_.prepare("INSERT INTO rows (text) VALUES (?)").bind(1, kApiKey).run();
    transaction.commit();
  }

 private:
  store::Database database_;
};

void measure_storing(const BenchOptions& options, test::BenchTable& table) {
  const Home home({.people = options.windows});  // a new one for each window: a person has 100 keys at most
  test::RawSocket client(home.port());
  Commits commits(home.data().parent_path() / "commits.db");
  Series stored, committed;
  std::size_t window = 0;
  in_turn("storing keys", options.windows, [&] {
    const auto& person = home.people()[window++];
    std::vector<double> of_store, of_commit;
    for (int i = 0; i < kSaves; ++i) {
      const auto request = home.post(
          "/api/settings/credentials",
          dump_json({{"provider", "openai"}, {"api_key", kApiKey}, {"label", "stored-" + std::to_string(i)}}), person);
      auto begin = Clock::now();
      if (const auto answer = client.ask(request); answer.status != 200)
        throw std::runtime_error("a key was not stored: " + answer.body);
      of_store.push_back(microseconds_since(begin) / 1000);
      begin = Clock::now();
      commits.commit_one();
      of_commit.push_back(microseconds_since(begin) / 1000);
    }
    stored.add(median(of_store));
    committed.add(median(of_commit));
  });
  table.add("store a key, on the disk, p50", stored.median(), "ms", test::at_most(1.2),
            test::Floor{"one commit of SQLite", committed.median()});
}

// The cipher alone, by a library that everybody knows.
class BareCipher {
 public:
  BareCipher() : context_(EVP_CIPHER_CTX_new()), plain_(kApiKey.size()) {
    std::vector<unsigned char> sealed(kApiKey.size());
    int size = 0;
    EVP_EncryptInit_ex(context_, EVP_aes_256_gcm(), nullptr, key_.data(), nonce_.data());
    EVP_EncryptUpdate(context_, sealed.data(), &size, reinterpret_cast<const unsigned char*>(kApiKey.data()),
                      static_cast<int>(kApiKey.size()));
    EVP_EncryptFinal_ex(context_, sealed.data() + size, &size);
    EVP_CIPHER_CTX_ctrl(context_, EVP_CTRL_GCM_GET_TAG, static_cast<int>(tag_.size()), tag_.data());
    sealed_ = sealed;
    EVP_DecryptInit_ex(context_, EVP_aes_256_gcm(), nullptr, key_.data(), nullptr);
  }
  ~BareCipher() { EVP_CIPHER_CTX_free(context_); }
  BareCipher(const BareCipher&) = delete;
  BareCipher& operator=(const BareCipher&) = delete;

  void open() {
    int size = 0;
    EVP_DecryptInit_ex(context_, nullptr, nullptr, nullptr, nonce_.data());
    EVP_DecryptUpdate(context_, plain_.data(), &size, sealed_.data(), static_cast<int>(sealed_.size()));
    EVP_CIPHER_CTX_ctrl(context_, EVP_CTRL_GCM_SET_TAG, static_cast<int>(tag_.size()), tag_.data());
    if (EVP_DecryptFinal_ex(context_, plain_.data() + size, &size) != 1) throw std::runtime_error("not authentic");
  }

 private:
  EVP_CIPHER_CTX* context_;
  std::array<unsigned char, 32> key_{1, 2, 3};
  std::array<unsigned char, 12> nonce_{4, 5, 6};
  std::array<unsigned char, 16> tag_{};
  std::vector<unsigned char> sealed_, plain_;
};

// What a server in Python does for the same; nothing where its library is not installed.
std::optional<double> fernet_microseconds() {
  test::ChildProcess python({"/usr/bin/python3", "-c",
                             "import timeit\n"
                             "from cryptography.fernet import Fernet\n"
                             "fernet = Fernet(Fernet.generate_key())\n"
                             "token = fernet.encrypt(b'" +
                                 std::string(kApiKey) +
                                 "')\n"
                                 "print(timeit.timeit(lambda: fernet.decrypt(token), number=5000) / 5000 * 1e6)"});
  if (python.wait() != 0) return std::nullopt;
  return std::stod(python.out());
}

void measure_opening(const BenchOptions& options, test::BenchTable& table) {
  test::VaultFixture home;
  const auto ada = home.add_user("ada");
  const auto credential = home.save(ada, Provider::OpenAi, kApiKey);
  const auto data_key = crypto::new_key(home.random);
  const crypto::ColumnPlace place{ada.text(), "openai", credential.id.text(), "sealed_key", 1};
  const auto sealed = crypto::seal_column(data_key, 1, place, Secret(kApiKey), home.random);
  BareCipher cipher;
  Series opened, found, bare, fernet;
  in_turn("opening keys", options.windows, [&] {
    opened.add(microseconds_each(kOpens, [&] {
      if (!crypto::open_column(data_key, 1, place, sealed).value) throw std::runtime_error("not opened");
    }));
    found.add(microseconds_each(kOpens, [&] { test::value_of(home.vault.open(ada, credential.id)); }));
    bare.add(microseconds_each(kOpens, [&] { cipher.open(); }));
    if (const auto taken = fernet_microseconds()) fernet.add(*taken);
  });
  table.add("open a key, its data key at hand", opened.median(), "us", test::at_most(1.5),
            test::Floor{"AES-256-GCM alone", bare.median()});
  table.add("find a key in the vault and open it", found.median(), "us", {},
            test::Floor{"AES-256-GCM alone", bare.median()});
  if (fernet.median() > 0) table.add("open a Fernet token in Python", fernet.median(), "us");
}

}  // namespace

int main(int argc, char** argv) {
  return bench_main(argc, argv, "Measures what storing and opening keys costs", [](const auto& options, auto& table) {
    measure_storing(options, table);
    measure_opening(options, table);
  });
}
