// Single functions on the way of a request: micro_bench --help.
#include <benchmark/benchmark.h>

#include <thread>

#include "server/accounts/sessions.h"
#include "server/crypto/sealing.h"
#include "server/llm/sse_reader.h"
#include "server/vault/credential_message.h"
#include "server/vault/scrubber.h"
#include "server/workflow/graph.h"
#include "shared/json.h"
#include "shared/json_text.h"
#include "shared/mask.h"
#include "tests/support/vault_fixture.h"

namespace {

using namespace ownkey;

constexpr std::string_view kApiKey = "sk-proj-4f9cT0mWqLzY7rB2xKd8HsVn31JpUeGa6oXtR5iCvEwQ0Zy";
const crypto::ColumnPlace kPlace{"user-1", "openai", "credential-1", "sealed_key", 1};

void seal(benchmark::State& state) {
  crypto::SystemRandom random;
  const auto key = crypto::new_key(random);
  const Secret secret(kApiKey);
  for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(crypto::seal_column(key, 1, kPlace, secret, random));
}
BENCHMARK(seal);

void open(benchmark::State& state) {
  crypto::SystemRandom random;
  const auto key = crypto::new_key(random);
  const auto sealed = crypto::seal_column(key, 1, kPlace, Secret(kApiKey), random);
  for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(crypto::open_column(key, 1, kPlace, sealed));
}
BENCHMARK(open);

void mask(benchmark::State& state) {
  for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(mask_key(kApiKey));
}
BENCHMARK(mask);

// Somebody with 20 keys, who is signed in.
struct Person {
  test::VaultFixture home;
  const base::UserId user = home.add_user();
  accounts::Sessions sessions{*home.accounts, home.random, home.clock};
  const Secret token = test::value_of(sessions.begin(user, test::kClient)).token.clone();

  Person() {
    for (int i = 0; i < 20; ++i) home.save(user, Provider::OpenAi, kApiKey, "label-" + std::to_string(i));
  }
};

void find_session(benchmark::State& state) {
  Person person;
  for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(person.sessions.find(person.token));
}
BENCHMARK(find_session);

void list_keys(benchmark::State& state) {
  Person person;
  for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(person.home.vault.list(person.user));
}
BENCHMARK(list_keys);

void list_keys_as_text(benchmark::State& state) {
  Person person;
  for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(person.home.vault.list_text(person.user));
}
BENCHMARK(list_keys_as_text);

// By somebody whose file is not open, as with very many people.
void look_at_keys(benchmark::State& state) {
  Person person;
  for (int i = 0; i < 16; ++i) test::value_of(person.home.users.open(person.home.add_user()));  // as many as stay open
  std::this_thread::sleep_for(std::chrono::seconds(3));  // what was changed a moment ago is not looked at so
  for ([[maybe_unused]] auto _ : state) {
    const auto file = store::RestingUserFile::open(person.home.users.file_of(person.user), person.user);
    benchmark::DoNotOptimize(file->view().credentials());
  }
}
BENCHMARK(look_at_keys);

void write_keys(benchmark::State& state) {
  Person person;
  const auto keys = test::value_of(person.home.vault.list(person.user));
  for ([[maybe_unused]] auto _ : state) {
    std::vector<api::Credential> answer;
    for (const auto& key : keys) answer.push_back(vault::message_of(key));
    benchmark::DoNotOptimize(json_text(answer));
  }
}
BENCHMARK(write_keys);

// A drawing of that many nodes in a row.
json drawing(std::int64_t nodes) {
  json canvas{{"nodes", json::array()}, {"edges", json::array()}};
  for (std::int64_t i = 0; i < nodes; ++i) {
    const auto id = "node-" + std::to_string(i);
    canvas["nodes"].push_back({{"id", id},
                               {"type", "llm"},
                               {"position", {{"x", i * 200}, {"y", 80}}},
                               {"data", {{"model", "gpt-4o"}, {"prompt", "say it in other words"}}}});
    if (i > 0) canvas["edges"].push_back({{"source", "node-" + std::to_string(i - 1)}, {"target", id}});
  }
  return canvas;
}

void parse(benchmark::State& state) {
  const auto text = dump_json(drawing(state.range(0)));
  for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(parse_json(text));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(parse)->Arg(3)->Arg(1000);

void plan_graph(benchmark::State& state) {
  const auto canvas = drawing(state.range(0));
  for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(workflow::Graph::parse(canvas));
}
BENCHMARK(plan_graph)->Arg(3)->Arg(1000);

void read_sse(benchmark::State& state) {
  std::string stream;
  for (int i = 0; i < 100; ++i)
    stream += R"(data: {"id":"chatcmpl-1","choices":[{"index":0,"delta":{"content":"word "},"finish_reason":null}]})"
              "\n\n";
  std::size_t events = 0;
  llm::SseReader reader([&](const llm::SseEvent&) -> Result<void> {
    ++events;
    return {};
  });
  for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(reader.feed(stream));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(stream.size()));
  state.SetItemsProcessed(static_cast<std::int64_t>(events));
}
BENCHMARK(read_sse);

void make_scrubber(benchmark::State& state) {
  const Secret key(kApiKey);
  for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(vault::Scrubber(key));
}
BENCHMARK(make_scrubber);

void scrub(benchmark::State& state) {
  const vault::Scrubber scrubber{Secret(kApiKey)};
  std::string text;
  while (text.size() < static_cast<std::size_t>(state.range(0)))
    text += "The quick brown fox jumps over the lazy dog. ";
  for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(scrubber.scrub(text));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(scrub)->Arg(100)->Arg(100'000);

void scrub_stream(benchmark::State& state) {
  const vault::Scrubber scrubber{Secret(kApiKey)};
  vault::StreamScrubber stream(scrubber);
  for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(stream.feed("another word "));
}
BENCHMARK(scrub_stream);

}  // namespace
