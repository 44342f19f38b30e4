// WorkflowsController: listing, creating, changing, deleting and running workflows.
#pragma once

#include <functional>
#include <string>

#include "web/app/desk.h"
#include "web/state/workflow_fields.h"

namespace ownkey::app {

class WorkflowsController {
 public:
  WorkflowsController(Desk desk, platform::Platform& platform) : desk_(desk), platform_(platform) {}

  void load_list();
  void use_example();

  // All of these are about the workflow whose page is shown.
  void load_shown();
  void run();
  void cancel();
  void copy_answer();
  void save();
  void ask_to_delete();
  void keep();
  void remove();

  // The clipboard's answer to copy_answer.
  void copied(bool done);

 private:
  const std::string& shown_id() const { return desk_.state.route.workflow_id; }
  state::OpenWorkflow& opened(const std::string& id) { return desk_.state.workflows.open[id]; }

  void take(const std::string& id, api::Workflow workflow);
  bool check_fields(const std::string& id);
  state::WorkflowFields typed_fields(const std::string& id);
  state::Failure about_form(const std::string& id, state::Failure failure);
  void store(const std::string& id, std::function<void(state::Outcome<api::Workflow>)> then);
  void execute(const std::string& id);
  void end_run(const std::string& id, state::Outcome<api::RunResult> outcome);
  void fail_run(const std::string& id, const state::Failure& failure);

  Desk desk_;
  platform::Platform& platform_;
};

}  // namespace ownkey::app
