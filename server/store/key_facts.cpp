#include "server/store/key_facts.h"

#include "server/store/database.h"

namespace ownkey::store {

Result<std::optional<KeyFacts>> read_key_facts(const std::filesystem::path& accounts_file) {
  return guarded([&]() -> std::optional<KeyFacts> {
    if (!std::filesystem::exists(accounts_file)) return std::nullopt;
    auto database = Database::open(accounts_file, {OpenOptions::IfMissing::Fail, OpenOptions::Access::ReadOnly});
    if (!database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'instance'").step()) return std::nullopt;
    KeyFacts facts;
    auto instance = database.prepare("SELECT instance_id, salt FROM instance");
    if (!instance.step()) return std::nullopt;
    facts.instance = {instance.text(0), instance.bytes(1)};
    auto check = database.prepare("SELECT master_key_id, check_value FROM master_key_checks");
    while (check.step()) facts.checks.push_back({static_cast<std::uint32_t>(check.integer(0)), check.bytes(1)});
    auto use = database.prepare("SELECT master_key_id, count(*) FROM data_keys GROUP BY master_key_id");
    while (use.step()) facts.uses.push_back({static_cast<std::uint32_t>(use.integer(0)), use.integer(1)});
    return facts;
  });
}

}  // namespace ownkey::store
