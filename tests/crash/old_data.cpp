#include "tests/crash/old_data.h"

#include "server/crypto/digest.h"
#include "server/crypto/encoding.h"
#include "server/store/database.h"
#include "server/store/migrations.h"
#include "tests/support/api_client.h"

namespace ownkey::crash {
namespace {

std::vector<std::string> first_column(store::Database& database, const std::string& sql) {
  std::vector<std::string> values;
  auto row = database.prepare(sql);
  while (row.step()) values.push_back(row.text(0));
  return values;
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

// Sealed values are bound to who owns them and to where they stand, not to a schema: the rows of today go into the
// tables of then.
void copy_rows(store::Database& then) {
  for (const auto& table : first_column(then, "SELECT name FROM main.sqlite_schema WHERE type = 'table'")) {
    const auto columns = joined(first_column(then, "SELECT name FROM pragma_table_info('" + table + "', 'main')"));
    std::string sql("INSERT INTO main.");
    sql.append(table).append(" (").append(columns).append(") SELECT ").append(columns).append(" FROM now.");
    then.execute(sql.append(table));
  }
}

}  // namespace

OldData::OldData(int people) {
  test::VaultFixture now;
  for (int i = 0; i < people; ++i) people_.push_back(add_person(now));
  copy_as_old(now.folder.path(), "accounts.db", store::accounts_migrations().front());
  for (const auto& person : people_)
    copy_as_old(now.folder.path(),
                std::filesystem::relative(now.users.file_of(person.user), now.folder.path()).string(),
                store::user_migrations().front());
  const auto key_file = folder_ / "master.key";
  const auto key = crypto::encode_key(*now.master_keys.find(1));
  test::write_file(key_file, key.reveal());
  std::filesystem::permissions(key_file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

OldData::Person OldData::add_person(test::VaultFixture& now) {
  Person person;
  person.user = now.add_user();
  person.token = "token-of-" + person.user.text();
  person.workflow = "workflow of " + person.user.text();
  for (const auto provider : {Provider::OpenAi, Provider::Anthropic, Provider::Google}) {
    const auto key = "key-of-" + person.user.text() + "-for-" + std::string(name_of(provider));
    now.save(person.user, provider, key);
    person.keys[provider] = key;
  }
  const auto hash = crypto::sha256(base::bytes_of(person.token));
  store::SessionRow session{.user = person.user,
                            .id = base::SessionId(crypto::new_id(now.random)),
                            .token_hash = {hash.begin(), hash.end()},
                            .address = "127.0.0.1",
                            .agent = {},
                            .created_at = base::SystemClock().now(),
                            .last_used_at = base::SystemClock().now()};
  store::WorkflowRow workflow{base::WorkflowId(crypto::new_id(now.random)),
                              person.workflow,
                              "",
                              test::ask_workflow().at("canvas_state").dump(),
                              "draft",
                              now.clock.now(),
                              now.clock.now()};
  const auto store = test::value_of(now.users.open(person.user));
  if (!now.accounts->add_session(session) || !store->put_workflow(workflow, {1, 1 << 20}))
    throw std::runtime_error("no session or workflow");
  return person;
}

void OldData::copy_as_old(const std::filesystem::path& now, std::string_view name,
                          std::string_view first_schema) const {
  const auto file = folder_ / name;
  std::filesystem::create_directories(file.parent_path());
  auto then = store::Database::open(file);
  then.migrate({&first_schema, 1});
  then.execute("PRAGMA foreign_keys=OFF");
  then.execute("ATTACH '" + (now / name).string() + "' AS now");
  copy_rows(then);
  then.execute("DETACH now");
}

void OldData::copy_to(const std::filesystem::path& folder) const {
  std::filesystem::remove_all(folder);
  std::filesystem::copy(folder_.path(), folder, std::filesystem::copy_options::recursive);
}

}  // namespace ownkey::crash
