#include "server/workflow/key_uses.h"

#include <boost/test/unit_test.hpp>

#include "server/workflow/workflows.h"
#include "tests/support/vault_fixture.h"

using namespace ownkey;
using namespace ownkey::workflow;

namespace {

constexpr std::string_view kKey = "sk-test-abcdefghijklmnopqrstuvwxyz-X8d2";

using Ids = std::vector<std::string>;

json node(std::string_view id, std::string_view type, const json& data = json::object()) {
  return {{"id", id}, {"type", type}, {"data", data}};
}

struct Fixture : test::VaultFixture {
  base::Log log = base::Log::to([](std::string_view) {}, base::Log::Format::Json);
  std::unique_ptr<llm::LlmService> service =
      test::value_of(llm::LlmService::create({}, vault, users, late, clock, log));
  Workflows workflows{users, random, clock};
  KeyUses uses{users, vault, *service};
  base::UserId ada = add_user("ada"), bob = add_user("bob");

  std::string store(const std::string& name, std::vector<json> nodes) {
    const json canvas{{"nodes", std::move(nodes)}, {"edges", json::array()}};
    clock.advance(std::chrono::seconds(1));
    return test::value_of(workflows.create(ada, {name, {}, canvas, {}}, test::kClient)).id;
  }
  // As it lies in the file, whatever this version would take.
  void put(const std::string& name, const std::string& canvas) {
    store::WorkflowRow row;
    row.id = base::WorkflowId(name);
    row.name = name;
    row.canvas_state = canvas;
    BOOST_REQUIRE(
        test::value_of(users.open(ada))
            ->add_workflow(row, {100, 1 << 20}, {AuditAction::WorkflowCreated, name, test::kClient, clock.now()}));
  }
  std::vector<api::CredentialUse> of(Provider provider, std::string_view label = "default") {
    return test::value_of(uses.of(ada, provider, label));
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(key_uses, Fixture)

BOOST_AUTO_TEST_CASE(nodes_that_name_a_key_are_told_from_those_that_get_it_unasked) {
  save(ada, Provider::OpenAi, kKey);
  save(ada, Provider::OpenAi, kKey, "work");
  const auto id = store("Both", {node("a", "llm", {{"model", "gpt-4o"}, {"credential", "work"}}),
                                 node("b", "llm", {{"model", " gpt-4o "}}), node("c", "input")});
  const auto work = of(Provider::OpenAi, "work");
  BOOST_REQUIRE(work.size() == 1U);
  BOOST_TEST(work[0].workflow_id == id);
  BOOST_TEST(work[0].name == "Both");
  BOOST_TEST(work[0].node_ids == Ids{"a"});
  BOOST_TEST(work[0].by_default.empty());
  const auto usual = of(Provider::OpenAi);
  BOOST_REQUIRE(usual.size() == 1U);
  BOOST_TEST(usual[0].node_ids.empty());
  BOOST_TEST(usual[0].by_default == Ids{"b"});
}

BOOST_AUTO_TEST_CASE(the_provider_counts_as_the_node_names_it_or_as_its_model_says) {
  save(ada, Provider::OpenAi, kKey);
  save(ada, Provider::Google, kKey);
  store("Named", {node("a", "llm", {{"model", "gpt-4o"}, {"provider", "google"}})});
  store("Family", {node("b", "llm", {{"model", "gemini-3.5-flash"}, {"credential", "default"}})});
  store("Unknown", {node("c", "llm", {{"model", "llama-7"}})});
  BOOST_TEST(of(Provider::OpenAi).empty());
  const auto google = of(Provider::Google);
  BOOST_REQUIRE(google.size() == 2U);
  BOOST_TEST(google[0].name == "Family");
  BOOST_TEST(google[1].name == "Named");
}

BOOST_AUTO_TEST_CASE(the_usual_key_is_the_one_that_a_run_would_choose) {
  save(ada, Provider::OpenAi, kKey);
  save(ada, Provider::OpenAi, kKey, "work");
  store("Ask", {node("a", "llm", {{"model", "gpt-4o"}})});
  BOOST_TEST(of(Provider::OpenAi, "work").empty());
  BOOST_REQUIRE(vault.edit(ada, Provider::OpenAi, "default", {false, {}}, test::kClient));
  BOOST_TEST(of(Provider::OpenAi, "work").size() == 1U);
  BOOST_TEST(of(Provider::OpenAi, "default").empty());
  BOOST_REQUIRE(vault.edit(ada, Provider::OpenAi, "work", {false, {}}, test::kClient));
  BOOST_TEST(of(Provider::OpenAi, "work").empty());
}

BOOST_AUTO_TEST_CASE(agents_count_and_other_nodes_and_broken_drawings_do_not) {
  save(ada, Provider::OpenAi, kKey);
  put("agent", R"({"nodes":[{"id":"a","type":"agent","data":{"model":"gpt-4o","credential":"default"}},
                            {"id":"b","type":"input","data":{"model":"gpt-4o"}},
                            {"id":"c","type":"llm"}, {"id":5}, 7]})");
  for (const std::string broken : {"", "{", "[]", "{}", R"({"nodes":5})", R"({"nodes":{"a":1}})"})
    put("broken " + broken, broken);
  const auto found = of(Provider::OpenAi);
  BOOST_REQUIRE(found.size() == 1U);
  BOOST_TEST(found[0].node_ids == Ids{"a"});
}

BOOST_AUTO_TEST_CASE(a_key_that_the_user_does_not_have_is_not_found) {
  save(bob, Provider::OpenAi, kKey);
  store("Ask", {node("a", "llm", {{"model", "gpt-4o"}})});
  const auto result = uses.of(ada, Provider::OpenAi, "default");
  BOOST_REQUIRE(!result);
  BOOST_TEST((result.error().kind == ErrorKind::NotFound));
  BOOST_TEST(test::value_of(uses.of(bob, Provider::OpenAi, "default")).empty());
}

BOOST_AUTO_TEST_SUITE_END()
