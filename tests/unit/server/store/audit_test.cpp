#include "server/store/audit.h"

#include <boost/test/unit_test.hpp>

#include "server/crypto/digest.h"
#include "server/store/audit_chain.h"
#include "server/store/audit_check.h"
#include "server/store/user_file.h"
#include "server/store/user_stores.h"
#include "tests/support/temp_folder.h"

using namespace ownkey;
using namespace ownkey::store;

namespace {

const base::UserId kAda("ada"), kBob("bob");
const base::Time kNow = base::from_millis(1'700'000'000'123);

AuditNote note(AuditAction action = AuditAction::CredentialSaved, std::string subject = "openai/default") {
  return {action, std::move(subject), {"127.0.0.1", "test", base::SessionId("s1")}, kNow};
}

struct Fixture {
  test::TempFolder folder;
  UserStores users{folder.path(), 4, crypto::sha256_text};
  std::shared_ptr<UserStore> ada = *users.open(kAda);

  void append(int count) {
    for (int i = 0; i < count; ++i) BOOST_REQUIRE(ada->append_audit(note()));
  }
  // As somebody would who can write the file.
  void execute(const std::string& sql) { Database::open(users.file_of(kAda)).execute(sql); }
  AuditReport check(const base::UserId& user = kAda) {
    auto report = check_audit(users.file_of(user), user, FileMark::None, crypto::sha256_text);
    BOOST_REQUIRE(report);
    return std::move(*report);
  }
  std::int64_t broken_at() {
    const auto report = check();
    return report.broken ? report.broken->sequence : 0;
  }
  std::vector<AuditEntry> entries(std::optional<std::int64_t> before = {}, std::size_t limit = 100) {
    return *ada->audit(before, limit);
  }
  static Result<CredentialChange> change(std::optional<CredentialRow>, std::size_t) {
    CredentialRow row;
    row.id = base::CredentialId("c1");
    row.label = "default";
    row.sealed_key = base::Sealed({1, 2, 3});
    return CredentialChange{std::move(row), note()};
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(audit, Fixture)

BOOST_AUTO_TEST_CASE(entries_come_newest_first_and_in_pages) {
  for (const auto* subject : {"a", "b", "c", "d"})
    BOOST_REQUIRE(ada->append_audit(note(AuditAction::WorkflowChanged, subject)));
  const auto all = entries();
  BOOST_REQUIRE(all.size() == 4U);
  BOOST_TEST(all[0].subject == "d");
  BOOST_TEST(all[0].action == "workflow.changed");
  BOOST_TEST(all[0].client.address == "127.0.0.1");
  BOOST_TEST(all[0].client.agent == "test");
  BOOST_TEST(all[0].client.session.text() == "s1");
  BOOST_TEST(all[0].result == "success");
  BOOST_TEST((all[0].at == kNow));
  const auto page = entries(4, 2);
  BOOST_REQUIRE(page.size() == 2U);
  BOOST_TEST(page[0].sequence == 3);
  BOOST_TEST(page[1].sequence == 2);
  BOOST_TEST(entries(1).empty());
}

BOOST_AUTO_TEST_CASE(a_failure_is_told_by_its_code) {
  auto failed = note(AuditAction::CredentialVerified);
  failed.failure = ErrorKind::KeyRejected;
  BOOST_REQUIRE(ada->append_audit(failed));
  BOOST_TEST(entries().at(0).result == "key_rejected");
}

// Computed with another program from the description in audit_chain.h. It must never change.
BOOST_AUTO_TEST_CASE(the_format_of_the_chain_is_frozen) {
  append(1);
  const auto entry = entries().at(0);
  BOOST_TEST(entry.previous_hash == "aa147d69cee1fcb9734ed756048fdef525a5443907796930474c138ac3327f55");
  BOOST_TEST(entry.hash == "fc2b9a332322414f355245c6f45599c3a02727fe522ffa63691c1be935b2315f");
}

BOOST_AUTO_TEST_CASE(what_changes_nothing_is_not_told) {
  BOOST_TEST(!*ada->remove_credential(Provider::OpenAi, "default", note()));
  BOOST_TEST(!*ada->remove_workflow(base::WorkflowId("w"), note()));
  BOOST_TEST(!*ada->set_verification(base::CredentialId("c"), 1, "{}", note()));
  const auto refuse = [](const auto&, std::size_t) -> Result<CredentialChange> {
    return Error{ErrorKind::Conflict, ""};
  };
  BOOST_TEST(!ada->change_credential(Provider::OpenAi, "default", refuse));
  WorkflowRow row;
  row.id = base::WorkflowId("w");
  BOOST_TEST(!ada->add_workflow(row, {.count = 0, .bytes = 0}, note()));
  BOOST_TEST(!*ada->replace_workflow(row, {.count = 1, .bytes = 10}, note()));  // deleted meanwhile
  BOOST_TEST(ada->workflows()->empty());
  BOOST_TEST(entries().empty());
}

BOOST_AUTO_TEST_CASE(every_change_is_told_of) {
  WorkflowRow row;
  row.id = base::WorkflowId("w");
  BOOST_REQUIRE(ada->add_workflow(row, {.count = 1, .bytes = 10}, note()));
  BOOST_REQUIRE(ada->change_credential(Provider::OpenAi, "default", change));
  BOOST_TEST(*ada->set_verification(base::CredentialId("c1"), 0, "{}", note()));
  BOOST_REQUIRE(ada->reseal_all([](const SealedValue&) { return std::nullopt; }, note()));
  BOOST_TEST(*ada->remove_credential(Provider::OpenAi, "default", note()));
  BOOST_TEST(*ada->remove_workflow(row.id, note()));
  BOOST_TEST(entries().size() == 6U);
}

BOOST_AUTO_TEST_CASE(a_change_that_cannot_be_told_of_is_not_made) {
  BOOST_REQUIRE(ada->change_credential(Provider::OpenAi, "default", change));
  execute("CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no'); END");
  WorkflowRow row;
  row.id = base::WorkflowId("w");
  BOOST_TEST(!ada->add_workflow(row, {.count = 1, .bytes = 10}, note()));
  BOOST_TEST(!ada->remove_credential(Provider::OpenAi, "default", note()));
  BOOST_TEST(!ada->change_credential(Provider::Google, "default", change));
  BOOST_TEST(ada->workflows()->empty());
  BOOST_TEST((*ada->credentials())->size() == 1U);
}

BOOST_AUTO_TEST_CASE(an_untouched_log_is_whole_and_its_head_is_told) {
  BOOST_TEST(!check().head);
  append(3);
  const auto report = check();
  BOOST_TEST(report.entries == 3);
  BOOST_TEST(report.first == 1);
  BOOST_TEST(!report.broken);
  BOOST_REQUIRE(report.head);
  BOOST_TEST(report.head->sequence == 3);
  BOOST_TEST(report.head->hash == entries().at(0).hash);
}

BOOST_AUTO_TEST_CASE(a_change_of_any_column_is_found) {
  for (const auto* change :
       {"at = at + 1", "action = 'session.ended'", "subject = ''", "address = '::1'", "agent = 'test '",
        "session_id = 's2'", "result = 'internal'", "hash = previous_hash", "previous_hash = hash"}) {
    execute("DELETE FROM audit");
    append(5);
    BOOST_TEST(broken_at() == 0);
    execute(std::string("UPDATE audit SET ") + change + " WHERE sequence = 3");
    BOOST_TEST(broken_at() == 3, change);
  }
}

BOOST_AUTO_TEST_CASE(text_moved_from_one_column_to_the_next_is_found) {
  append(1);
  execute("UPDATE audit SET action = action || subject, subject = ''");
  BOOST_TEST(broken_at() == 1);
}

BOOST_AUTO_TEST_CASE(entries_taken_out_or_put_elsewhere_are_found) {
  append(5);
  execute("DELETE FROM audit WHERE sequence = 3");
  BOOST_TEST(broken_at() == 4);
  execute("UPDATE audit SET sequence = sequence - 1 WHERE sequence > 3");
  BOOST_TEST(broken_at() == 3);
  execute("DELETE FROM audit WHERE sequence < 3");
  BOOST_TEST(broken_at() == 3);

  execute("DELETE FROM audit");
  append(5);
  execute(
      "UPDATE audit SET sequence = 100 WHERE sequence = 2; UPDATE audit SET sequence = 2 WHERE sequence = 3;"
      "UPDATE audit SET sequence = 3 WHERE sequence = 100");
  BOOST_TEST(broken_at() == 2);
}

BOOST_AUTO_TEST_CASE(the_log_of_another_user_is_not_taken_for_ones_own) {
  append(2);
  const auto bob = *users.open(kBob);
  execute("ATTACH '" + users.file_of(kBob).string() + "' AS bob; INSERT INTO bob.audit SELECT * FROM audit");
  const auto report = check(kBob);
  BOOST_REQUIRE(report.broken);
  BOOST_TEST(report.broken->sequence == 1);
}

BOOST_AUTO_TEST_CASE(the_oldest_go_and_what_is_left_can_still_be_proven) {
  const AuditChain chain(kAda, crypto::sha256_text);
  auto file = open_user_file(users.file_of(kAda), kAda, FileMark::None);
  Transaction transaction(file);
  for (int i = 0; i < kKeptAuditEntries + 5; ++i) chain.append(file, note());
  transaction.commit();
  const auto report = check();
  BOOST_TEST(report.entries == kKeptAuditEntries);
  BOOST_TEST(report.first == 6);
  BOOST_TEST(!report.broken);
  execute("DELETE FROM audit WHERE sequence < 10");
  BOOST_TEST(broken_at() == 10);
}

BOOST_AUTO_TEST_CASE(looking_at_a_log_makes_no_file_and_changes_none) {
  BOOST_TEST(check(kBob).entries == 0);
  BOOST_TEST(!std::filesystem::exists(users.file_of(kBob)));
  append(2);
  const auto wal = users.file_of(kAda).string() + "-wal";
  const auto before = test::read_file(users.file_of(kAda)) + test::read_file(wal);
  BOOST_TEST(check().entries == 2);
  BOOST_TEST((test::read_file(users.file_of(kAda)) + test::read_file(wal) == before));
}

BOOST_AUTO_TEST_SUITE_END()
