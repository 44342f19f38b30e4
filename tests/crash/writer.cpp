#include "tests/crash/writer.h"

#include <array>
#include <exception>

namespace ownkey::crash {
namespace {

constexpr std::size_t kMostWorkflows = 8;

// Keys that the simulator accepts begin like this.
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kProviders{
    {{"openai", "sk-sim-openai-"}, {"anthropic", "sk-ant-sim-"}, {"google", "AQ.sim-"}}};
constexpr std::array<std::string_view, 2> kLabels{"default", "work"};

bool is_success(const test::ApiAnswer& answer) { return answer.status >= 200 && answer.status < 300; }

std::string path_of(const std::pair<std::string, std::string>& place) {
  return "/api/settings/credentials/" + place.first + "/" + place.second;
}

std::string shown(const Expected::Value& value) { return value ? "'" + *value + "'" : "nothing"; }

void report_loss(Report& report, const std::string& place, const Expected& expected, const Expected::Value& found) {
  report.add(Harm::Lost,
             place + ": found " + shown(found) + ", and " + shown(expected.certain()) + " was acknowledged last");
}

json workflow_named(const std::string& name, const std::string& description) {
  auto workflow = test::ask_workflow();
  workflow["name"] = name;
  workflow["description"] = description;
  return workflow;
}

}  // namespace

void Writer::write(int port, int most) {
  test::ApiClient client(port);
  try {
    if (!is_signed_up()) sign_up(client);
    client.use_token(token_);
    for (int i = 0; i < most && is_signed_up(); ++i) change_something(client);
  } catch (const std::exception&) {
    // The server is gone, and with it the answer: whether it did the last change is open.
  }
}

void Writer::sign_up(test::ApiClient& client) {
  email_ = name_ + "-" + std::to_string(sign_ups_++) + "@example.com";
  const auto answer = client.post("/api/auth/register", {{"email", email_}, {"password", "correct horse"}});
  if (is_success(answer)) token_ = answer.body().at("access_token");
}

void Writer::change_something(test::ApiClient& client) {
  const KeyPlace place{kProviders.at(static_cast<std::size_t>(roll(dice_, 3))).first,
                       kLabels.at(static_cast<std::size_t>(roll(dice_, 2)))};
  const int choice = roll(dice_, 100);
  if (choice < 45) save_key(client, place);
  else if (choice < 55) remove_key(client, place);
  else if (choice < 65) verify_key(client, place);
  else if (choice < 80) create_workflow(client);
  else change_workflow(client);
}

void Writer::save_key(test::ApiClient& client, const KeyPlace& place) {
  const auto provider = std::ranges::find(kProviders, place.first, [](const auto& entry) { return entry.first; });
  const auto key = std::string(provider->second) + name_ + "-" + std::to_string(10'000'000 + next_++);
  auto& expected = keys_[place];
  verified_.erase(place);
  expected.try_value(key);
  const auto answer =
      client.post("/api/settings/credentials", {{"provider", place.first}, {"label", place.second}, {"api_key", key}});
  if (is_success(answer)) expected.acknowledge();
}

void Writer::remove_key(test::ApiClient& client, const KeyPlace& place) {
  auto& expected = keys_[place];
  verified_.erase(place);
  expected.try_value(std::nullopt);
  const auto answer = client.remove(path_of(place));
  if (is_success(answer) || answer.status == 404) expected.acknowledge();
}

void Writer::verify_key(test::ApiClient& client, const KeyPlace& place) {
  if (is_success(client.post(path_of(place) + "/verify"))) verified_.insert(place);
}

void Writer::create_workflow(test::ApiClient& client) {
  if (workflows_.size() >= kMostWorkflows) return;
  const auto name = "workflow " + std::to_string(next_++), description = "version " + std::to_string(next_++);
  auto& expected = workflows_[name];
  expected.try_value(description);
  const auto answer = client.post("/api/workflows", workflow_named(name, description));
  if (!is_success(answer)) return;
  workflow_ids_[name] = answer.body().at("id");
  expected.acknowledge();
}

void Writer::change_workflow(test::ApiClient& client) {
  if (workflow_ids_.empty()) return;
  const auto chosen = std::next(workflow_ids_.begin(), roll(dice_, static_cast<int>(workflow_ids_.size())));
  const auto [name, id] = *chosen;
  auto& expected = workflows_[name];
  if (roll(dice_, 4) == 0) {
    expected.try_value(std::nullopt);
    if (!is_success(client.remove("/api/workflows/" + id))) return;
    workflow_ids_.erase(chosen);
    workflows_.erase(name);
    return;
  }
  const auto description = "version " + std::to_string(next_++);
  expected.try_value(description);
  if (is_success(client.put("/api/workflows/" + id, workflow_named(name, description)))) expected.acknowledge();
}

void Writer::check(int port, DataLook& look, Report& report) {
  if (!is_signed_up()) return;
  test::ApiClient client(port);
  client.use_token(token_);
  const auto profile = client.get("/api/auth/me");
  if (profile.status != 200) {
    report.add(Harm::Lost, email_ + " cannot use their session: " + profile.text);
    return;
  }
  check_keys(look, report);
  check_workflows(client, report);
}

void Writer::check_keys(DataLook& look, Report& report) {
  const auto user = look.find_user(email_);
  if (!user) {
    report.add(Harm::Lost, email_ + " is not known");
    return;
  }
  look.check_file_of(*user);
  std::map<KeyPlace, StoredKey> found;
  for (auto& key : look.keys_of(*user)) {
    const KeyPlace place{name_of(key.info.provider), key.info.label};
    keys_[place];  // one that was never tried is not allowed either
    found.emplace(place, std::move(key));
  }
  for (auto& [place, expected] : keys_) {
    const auto key = found.find(place);
    const auto value = key == found.end() ? Expected::Value() : key->second.value;
    if (!expected.allows(value)) report_loss(report, email_ + "'s " + place.first + " key", expected, value);
    if (verified_.contains(place) && (!value || !key->second.info.verification))
      report.add(Harm::Lost, email_ + "'s " + place.first + " key: the verification that was acknowledged");
    expected.settle(value);
  }
}

void Writer::check_workflows(test::ApiClient& client, Report& report) {
  std::map<std::string, std::string> found;  // the description, by the name
  workflow_ids_.clear();
  for (const auto& workflow : client.get("/api/workflows").body()) {
    const auto name = workflow.at("name").get<std::string>();
    workflows_[name];
    found[name] = workflow.at("description");
    workflow_ids_[name] = workflow.at("id");
  }
  for (auto entry = workflows_.begin(); entry != workflows_.end();) {
    const auto description = found.find(entry->first);
    const auto value = description == found.end() ? Expected::Value() : description->second;
    if (!entry->second.allows(value)) report_loss(report, email_ + "'s " + entry->first, entry->second, value);
    entry->second.settle(value);
    entry = value ? std::next(entry) : workflows_.erase(entry);
  }
}

}  // namespace ownkey::crash
