// The messages that people send: any text is a message or an error, and a message written down is the same message.
#include "shared/api/account_settings.h"
#include "shared/api/accounts.h"
#include "shared/api/credentials.h"
#include "shared/api/preferences.h"
#include "shared/api/usage.h"
#include "shared/api/workflows.h"
#include "tests/fuzz/target.h"

namespace {

using namespace ownkey;

template <class Message>
void read(std::string_view text) {
  const auto message = parse_as<Message>(text, Unknown::Refuse);
  if (!message) return fuzz::require(!message.error().public_text.empty(), "an error says what is wrong");
  const auto written = dump_json(to_json<Secrets::Reveal>(*message));
  const auto again = parse_as<Message>(written, Unknown::Refuse);
  fuzz::require(static_cast<bool>(again), "what was written can be read");
  fuzz::require(dump_json(to_json<Secrets::Reveal>(*again)) == written, "what was written means the same");
}

template <class... Messages>
void read_as_each_of(std::string_view text) {
  (read<Messages>(text), ...);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  read_as_each_of<api::RegisterRequest, api::LoginRequest, api::ChangeProfileRequest, api::ChangePasswordRequest,
                  api::DeleteAccountRequest, api::SaveCredentialRequest, api::ChangeCredentialRequest,
                  api::VerifyRequest, api::Preferences, api::FailoverSettings, api::SetBudgetRequest,
                  api::SaveWorkflowRequest, api::ExecuteRequest>(fuzz::text_of(data, size));
  return 0;
}
