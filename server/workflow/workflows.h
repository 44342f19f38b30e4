// Workflows: a person's stored workflows. A graph is checked before it is stored, so what is stored can run.
// Changes are noted in the user's audit log, with the client that asked. Safe from several threads. Borrows everything
// it is given, which must outlive it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "server/base/client.h"
#include "server/base/clock.h"
#include "server/base/ids.h"
#include "server/crypto/random.h"
#include "server/llm/model_ends.h"
#include "server/store/user_stores.h"
#include "server/workflow/known_graphs.h"
#include "shared/api/workflows.h"
#include "shared/result.h"

namespace ownkey::workflow {

class Workflows {
 public:
  Workflows(store::UserStores& users, crypto::Random& random, const base::Clock& clock)
      : users_(users), random_(random), clock_(clock) {}

  // Limited to 1,000 a user, and 20 MiB together.
  Result<api::Workflow> create(const base::UserId& user, const api::SaveWorkflowRequest& request,
                               const base::Client& client);
  // All of them as the text of a JSON list, newest change first; those with a model that ends soon by `ends` say so.
  Result<std::string> list(const base::UserId& user, const llm::ModelEnds& ends);
  // For whom all of them at once would be too much: their ids in that order, and the text of each without such ends.
  Result<std::vector<base::WorkflowId>> ids(const base::UserId& user);
  Result<std::string> text(const base::UserId& user, const base::WorkflowId& id);
  // NotFound when this user has no such workflow, whoever else may have it: so do text, replace and remove.
  Result<api::Workflow> get(const base::UserId& user, const base::WorkflowId& id);
  Result<api::Workflow> replace(const base::UserId& user, const base::WorkflowId& id,
                                const api::SaveWorkflowRequest& request, const base::Client& client);
  Result<void> remove(const base::UserId& user, const base::WorkflowId& id, const base::Client& client);

  // What get() has, ready to run.
  Result<std::shared_ptr<const Graph>> graph(const base::UserId& user, const base::WorkflowId& id);

 private:
  store::AuditNote note(AuditAction action, const base::WorkflowId& id, const base::Client& client) const;

  store::UserStores& users_;
  crypto::Random& random_;
  const base::Clock& clock_;
  KnownGraphs known_graphs_;
};

}  // namespace ownkey::workflow
