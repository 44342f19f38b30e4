#include "server/vault/key_doctor.h"

#include <algorithm>
#include <map>
#include <utility>

#include "server/crypto/sealing.h"
#include "server/store/all_users.h"
#include "server/store/sqlite_user_store.h"
#include "shared/fields.h"

namespace ownkey::vault {
namespace {

// A user's data keys by version: the key itself, or why there is none.
struct DataKey {
  std::optional<crypto::Key> key;
  Condition condition = Condition::Readable;
  std::optional<crypto::MasterKeyId> needs;
};
using DataKeys = std::map<std::uint32_t, DataKey>;

Finding examine_data_key(const KeyRing& keys, const store::DataKeyRow& row, DataKeys& data_keys) {
  Finding finding{.user = row.user,
                  .of = Finding::Of::DataKey,
                  .name = "data key " + std::to_string(row.version),
                  .column = {},
                  .credential = {},
                  .generation = 0,
                  .condition = Condition::Readable,
                  .needs = std::nullopt,
                  .reason = {}};
  auto unwrapped = keys.unwrap(row);
  if (!unwrapped && keys.has(row.master_key_id)) {
    finding.condition = Condition::Lost;
    finding.reason = "it was changed or moved from its place";
  } else if (!unwrapped) {
    finding.condition = Condition::NeedsKey;
    finding.needs = row.master_key_id;
  }
  auto& data_key = data_keys[row.version];
  if (unwrapped) data_key.key = std::move(*unwrapped);
  data_key.condition = finding.condition;
  data_key.needs = finding.needs;
  return finding;
}

Finding examine_value(const base::UserId& user, const store::SealedValue& value, const DataKeys& data_keys) {
  Finding finding{.user = user,
                  .of = Finding::Of::Value,
                  .name = value.provider + " " + std::string(value.column) + " of " + value.row_id,
                  .column = value.column,
                  .credential = base::CredentialId(value.row_id),
                  .generation = value.generation,
                  .condition = Condition::Lost,
                  .needs = std::nullopt,
                  .reason = {}};
  const auto version = crypto::key_id_of(value.sealed);
  const auto data_key = version ? data_keys.find(*version) : data_keys.end();
  if (!version) {
    finding.reason = "not a sealed value";
  } else if (data_key == data_keys.end()) {
    finding.reason = "data key " + std::to_string(*version) + " is gone";
  } else if (!data_key->second.key) {
    finding.condition = data_key->second.condition;
    finding.needs = data_key->second.needs;
    finding.reason = finding.needs ? "" : "data key " + std::to_string(*version) + " is lost";
  } else {
    const crypto::ColumnPlace place{user.text(), value.provider, value.row_id, value.column, value.generation};
    const auto opened = crypto::open_column(*data_key->second.key, *version, place, value.sealed);
    if (opened.value) finding.condition = Condition::Readable;
    else finding.reason = crypto::describe(opened.failure);
  }
  return finding;
}

bool all_readable(const std::vector<Finding>& findings) {
  return std::ranges::all_of(findings, [](const Finding& finding) { return finding.condition == Condition::Readable; });
}

}  // namespace

void Tally::count(Condition condition) {
  switch (condition) {
    case Condition::Readable: ++readable; break;
    case Condition::NeedsKey: ++needs_key; break;
    case Condition::Lost: ++lost; break;
  }
}

Result<Examination> KeyDoctor::examine(Depth depth, const std::function<void(const Finding&)>& found,
                                       const std::function<bool(const Examination&)>& go_on) {
  Examination examination;
  const auto done = store::for_each_user(accounts_, [&](const base::UserId& user) -> Result<bool> {
    auto findings = examine_user(user, depth);
    if (findings && !all_readable(*findings)) findings = examine_user(user, depth);
    if (!findings) return findings.error();
    for (const auto& finding : *findings) {
      (finding.of == Finding::Of::DataKey ? examination.data_keys : examination.values).count(finding.condition);
      if (finding.condition != Condition::Readable) found(finding);
    }
    ++examination.users;
    return go_on(examination);
  });
  if (!done) return done.error();
  return examination;
}

Result<std::vector<Finding>> KeyDoctor::examine_user(const base::UserId& user, Depth depth) {
  std::vector<Finding> findings;
  // The values first: a rotation removes a data key only when nothing is left that names it.
  Result<std::vector<store::SealedValue>> values = std::vector<store::SealedValue>();
  if (depth == Depth::Values) values = values_of(user);
  const auto rows = accounts_.data_keys(user);
  if (!rows) return rows.error();
  DataKeys data_keys;
  for (const auto& row : *rows) findings.push_back(examine_data_key(keys_, row, data_keys));
  if (!values) {
    const auto& error = values.error();
    findings.push_back({user,
                        Finding::Of::File,
                        "the user's file",
                        {},
                        {},
                        0,
                        Condition::Lost,
                        {},
                        error.log_text.empty() ? error.public_text : error.log_text});
    return findings;
  }
  for (const auto& value : *values) findings.push_back(examine_value(user, value, data_keys));
  return findings;
}

Result<std::vector<store::SealedValue>> KeyDoctor::values_of(const base::UserId& user) {
  const auto mark = accounts_.file_mark(user);
  if (!mark) return mark.error();
  return store::read_sealed_values(users_.file_of(user), user, *mark);
}

void log_finding(base::Log& log, const Finding& finding) {
  log.warning("a stored key cannot be read",
              {{"user", finding.user.text()},
               {"what", finding.name},
               {"condition", name_of(finding.condition)},
               {"reason", finding.needs ? "it needs master key " + crypto::key_name(*finding.needs) : finding.reason}});
}

void log_summary(base::Log& log, std::string_view what, std::int64_t users, const Tally& tally) {
  const base::LogFields fields{
      {"users", users}, {"readable", tally.readable}, {"needs_key", tally.needs_key}, {"lost", tally.lost}};
  const auto text = "tried the " + std::string(what);
  if (tally.all_readable()) log.info(text, fields);
  else log.warning(text, fields);
}

}  // namespace ownkey::vault
