#include "tests/crash/person.h"

#include "server/crypto/digest.h"
#include "server/crypto/password_hash.h"
#include "tests/support/api_client.h"

namespace ownkey::crash {
namespace {

constexpr crypto::Argon2Cost kCheap{8, 1, 1};

void add_session(OpenData& data, const Person& person) {
  const auto hash = crypto::sha256(base::bytes_of(person.token));
  const auto now = data.clock.now();
  const store::SessionRow session{.user = person.user,
                                  .id = base::SessionId(crypto::new_id(data.random)),
                                  .token_hash = {hash.begin(), hash.end()},
                                  .address = "127.0.0.1",
                                  .agent = {},
                                  .created_at = now,
                                  .last_used_at = now};
  if (!data.accounts->add_session(session)) throw std::runtime_error("no session");
}

void add_workflow(OpenData& data, const Person& person) {
  const auto now = data.clock.now();
  const store::WorkflowRow workflow{base::WorkflowId(crypto::new_id(data.random)),
                                    person.workflow,
                                    "",
                                    test::ask_workflow().at("canvas_state").dump(),
                                    "draft",
                                    now,
                                    now};
  if (!test::value_of(data.users.open(person.user))
           ->add_workflow(workflow, {1, 1 << 20},
                          {AuditAction::WorkflowCreated, workflow.id.text(), test::kClient, now}))
    throw std::runtime_error("no workflow");
}

}  // namespace

Person add_person(OpenData& data) {
  Person person;
  person.user = base::UserId(crypto::new_id(data.random));
  person.email = person.user.text() + "@example.com";
  person.token = "token-of-" + person.user.text();
  person.workflow = "workflow of " + person.user.text();
  const auto hash = crypto::hash_password(Secret(kPassword), kCheap, data.random);
  if (!data.accounts->create_user({person.user, person.email, "", hash, data.clock.now()},
                                  data.keys.new_data_key(person.user), store::AccountStore::Who::Anyone))
    throw std::runtime_error("no user");
  for (const auto provider : {Provider::OpenAi, Provider::Anthropic, Provider::Google}) {
    const auto key = "key-of-" + person.user.text() + "-for-" + std::string(name_of(provider));
    (void)test::value_of(
        data.vault.save(person.user, {provider, std::string(vault::kDefaultLabel), {}, Secret(key)}, test::kClient));
    person.keys[provider] = key;
  }
  add_session(data, person);
  add_workflow(data, person);
  return person;
}

void check_person(const Person& person, int port, DataLook& look, Report& report) {
  look.check_file_of(person.user);
  test::ApiClient client(port);
  client.use_token(person.token);
  const auto answer = client.get("/api/workflows");
  const auto workflows = answer.body();
  if (answer.status != 200 || workflows.size() != 1 || workflows.front().at("name") != person.workflow)
    report.add(Harm::Lost, person.email + " has other workflows: " + answer.text);
  std::map<Provider, std::string> found;
  for (const auto& key : look.keys_of(person.user)) found[key.info.provider] = key.value;
  if (found != person.keys) report.add(Harm::Lost, person.email + " has other keys");
}

}  // namespace ownkey::crash
