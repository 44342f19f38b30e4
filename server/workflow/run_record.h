// What is kept of a run: its results and logs as JSON, within bounds, and without anything that looks like a key.
// Pure functions.
#pragma once

#include <string>

#include "shared/api/runs.h"
#include "shared/json.h"

namespace ownkey::workflow {

inline constexpr std::size_t kMaxRecordBytes = std::size_t{1} << 20;

// {"results": …, "logs": …}; long texts are cut where it would be too large, and then "cut" is true.
std::string make_record(const api::RunResult& result);

// Answers of providers were searched for the key that they ran on. What people type into a workflow was not, so that
// what looks like a provider's key is not kept.
std::string without_keys(const std::string& text);

// What all nodes together used; nothing when none used any.
std::optional<api::Usage> total_usage(const std::vector<api::LogEntry>& logs);
// The error of the first node that failed.
std::optional<api::NodeError> first_error(const std::vector<api::LogEntry>& logs);

}  // namespace ownkey::workflow
