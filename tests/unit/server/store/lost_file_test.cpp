// A user's file that is not there any more: it is never taken for one that was never made.
#include <boost/test/unit_test.hpp>

#include <thread>

#include "server/store/audit_check.h"
#include "server/store/database.h"
#include "server/store/folder_view.h"
#include "server/store/sqlite_user_store.h"
#include "server/vault/key_doctor.h"
#include "tests/support/vault_fixture.h"

using namespace ownkey;
using namespace ownkey::store;
using test::value_of;

namespace {

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

template <class T>
void check_refused(const Result<T>& result) {
  BOOST_REQUIRE(!result);
  BOOST_TEST((result.error().kind == ErrorKind::Internal));
  BOOST_TEST(holds(result.error().public_text, "missing or empty"));
  BOOST_TEST(holds(result.error().public_text, "operator"));
  BOOST_TEST(holds(result.error().public_text, "ownkey restore"));
}

struct Fixture : test::VaultFixture {
  const base::UserId ada = add_user("ada");

  UserStores new_stores() { return {folder.path(), 4, crypto::sha256_text, accounts.get()}; }
  std::filesystem::path file() const { return users.file_of(ada); }
  FileMark mark() { return value_of(accounts->file_mark(ada)); }
  void store_something() {
    auto stores = new_stores();
    value_of(vault::CredentialVault(*accounts, stores, keys, random, clock)
                 .save(ada, {Provider::OpenAi, std::string(vault::kDefaultLabel), {}, Secret("sk-of-ada-0123456789")},
                       test::kClient));
  }
  // As an older version has left it.
  void forget_mark() { Database::open(folder / "accounts.db").execute("UPDATE users SET has_file = 0"); }
  // What is left of a database without its log.
  void leave_head_alone() {
    std::filesystem::remove(file());
    Database::open(file());
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(lost_file, Fixture)

BOOST_AUTO_TEST_CASE(a_new_users_file_is_made_at_its_first_use_and_marked) {
  BOOST_TEST((mark() == FileMark::None));
  const auto store = new_stores().open(ada);
  BOOST_REQUIRE(store);
  BOOST_TEST((mark() == FileMark::Made));
  BOOST_TEST(std::filesystem::file_size(file()) > 0U);  // already, while all else lies in the log
  BOOST_TEST(bool(new_stores().open(ada)));
}

// Regression: an empty file was made in its place, in which there was no second factor and no key.
BOOST_AUTO_TEST_CASE(one_that_was_lost_is_refused_and_none_is_made_in_its_place) {
  const auto lose = {+[](Fixture& it) { std::filesystem::remove(it.file()); },
                     +[](Fixture& it) { test::write_file(it.file(), ""); },
                     +[](Fixture& it) { it.leave_head_alone(); }};
  store_something();
  for (const auto& lose_it : lose) {
    lose_it(*this);
    const auto there = std::filesystem::exists(file());
    const auto before = test::read_file(file());
    auto stores = new_stores();
    check_refused(stores.open(ada));
    const auto look = [](UserView& view) { return view.second_factor(); };
    check_refused(stores.read(ada, look));
    check_refused(stores.read(ada, look));
    check_refused(read_sealed_values(file(), ada, mark()));
    check_refused(check_audit(file(), ada, mark(), crypto::sha256_text));
    check_refused(FolderView(folder.path()).has_credential(ada, Provider::OpenAi, vault::kDefaultLabel));
    BOOST_TEST(std::filesystem::exists(file()) == there);
    BOOST_TEST(test::read_file(file()) == before);
  }
}

BOOST_AUTO_TEST_CASE(what_lies_beside_a_lost_file_stays) {
  store_something();
  std::filesystem::remove(file());
  test::write_file(file().string() + "-wal", "a log");
  check_refused(new_stores().open(ada));
  test::write_file(file(), "");
  check_refused(new_stores().open(ada));
  BOOST_TEST(test::read_file(file().string() + "-wal") == "a log");
}

BOOST_AUTO_TEST_CASE(it_is_back_when_its_file_is) {
  store_something();
  std::filesystem::rename(file(), folder / "kept");
  auto stores = new_stores();
  check_refused(stores.open(ada));
  std::filesystem::rename(folder / "kept", file());
  const auto store = stores.open(ada);
  BOOST_REQUIRE(store);
  BOOST_TEST(value_of((*store)->credentials())->size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_file_of_an_older_version_is_marked_when_it_is_opened_next) {
  store_something();
  forget_mark();
  BOOST_REQUIRE(new_stores().open(ada));
  BOOST_TEST((mark() == FileMark::Made));
  const auto bob = add_user("bob");
  BOOST_TEST(bool(new_stores().open(bob)));
}

BOOST_AUTO_TEST_CASE(accounts_of_an_older_version_know_of_no_marks) {
  store_something();
  Database::open(folder / "accounts.db").execute("ALTER TABLE users DROP COLUMN has_file");
  const auto older = value_of(open_account_store_read_only(folder / "accounts.db"));
  BOOST_TEST((value_of(older->file_mark(ada)) == FileMark::None));
  BOOST_TEST(!value_of(FolderView(folder.path()).has_credential(ada, Provider::Google, vault::kDefaultLabel)));
}

BOOST_AUTO_TEST_CASE(a_server_that_was_killed_before_the_mark_goes_on_where_it_was) {
  std::filesystem::create_directories(file().parent_path());
  test::write_file(file(), "");
  BOOST_TEST(bool(new_stores().open(ada)));
  BOOST_TEST((mark() == FileMark::Made));
}

BOOST_AUTO_TEST_CASE(the_key_doctor_finds_a_lost_file) {
  store_something();
  std::filesystem::remove(file());
  std::vector<vault::Finding> findings;
  const auto examination =
      value_of(vault::KeyDoctor(*accounts, users, keys)
                   .examine(
                       vault::KeyDoctor::Depth::Values, [&](const auto& finding) { findings.push_back(finding); },
                       [](const auto&) { return true; }));
  BOOST_REQUIRE(findings.size() == 1U);
  BOOST_TEST((findings.front().of == vault::Finding::Of::File));
  BOOST_TEST(holds(findings.front().reason, "missing or empty"));
  BOOST_TEST(!examination.values.all_readable());
}

BOOST_AUTO_TEST_CASE(whose_file_was_lost_can_be_erased) {
  store_something();
  std::filesystem::remove(file());
  check_refused(new_stores().open(ada));
  const auto erasure = value_of(accounts->begin_erasure(ada));
  auto stores = new_stores();
  BOOST_REQUIRE(stores.erase(ada));
  BOOST_REQUIRE(accounts->finish_erasure(erasure));
  const auto gone = stores.open(ada);
  BOOST_REQUIRE(!gone);
  BOOST_TEST((gone.error().kind == ErrorKind::NotFound));
}

// As the server and a command beside it.
BOOST_AUTO_TEST_CASE(two_processes_may_make_the_file_at_the_same_time) {
  const auto their_accounts = value_of(open_account_store(folder / "accounts.db"));
  for (int i = 0; i < 20; ++i) {
    const auto user = add_user();
    auto ours = new_stores();
    UserStores theirs{folder.path(), 4, crypto::sha256_text, their_accounts.get()};
    const auto use = [&](UserStores& stores, Result<void>& used) {
      const auto store = stores.open(user);
      used = store ? (*store)->append_audit({AuditAction::AccountCreated, {}, test::kClient, {}})
                   : Result<void>(store.error());
    };
    Result<void> here, there;
    { const std::jthread one(use, std::ref(ours), std::ref(here)), other(use, std::ref(theirs), std::ref(there)); }
    BOOST_TEST(bool(here));
    BOOST_TEST(bool(there));
    BOOST_TEST((value_of(accounts->file_mark(user)) == FileMark::Made));
    BOOST_TEST(value_of(check_audit(users.file_of(user), user, FileMark::Made, crypto::sha256_text)).entries == 2);
  }
}

BOOST_AUTO_TEST_SUITE_END()
