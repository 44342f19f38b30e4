// WorkflowsController: listing, creating, importing, storing and deleting workflows; and who does the rest.
#pragma once

#include <functional>
#include <string>

#include "web/app/desk.h"
#include "web/app/runs_controller.h"
#include "web/app/workflow_editor.h"
#include "web/state/actions.h"

namespace ownkey::app {

class WorkflowsController {
 public:
  WorkflowsController(Desk desk, platform::Platform& platform)
      : desk_(desk), platform_(platform), editor_(desk), runs_(desk, platform) {}

  // What the page that is shown needs.
  void load_list();
  void load_examples();
  void load_shown();
  void leave_other_runs() { runs_.leave_others(); }

  void carry_out(const state::action::OnWorkflow& action);

  // Once a frame, before it is drawn.
  void take_typed() { editor_.take_typed(); }
  void take_file(std::string_view text);
  void copied(bool done) { runs_.copied(done); }

 private:
  const std::string& shown_id() const { return desk_.state.route.workflow_id; }
  state::OpenWorkflow& opened(const std::string& id) { return desk_.state.workflows.open[id]; }

  void use_example(const std::string& which);
  void import();
  void create(std::string from, api::SaveWorkflowRequest request);
  void take_loaded(const std::string& id, state::Outcome<api::Workflow> outcome);
  void show_workflow();
  void load_choices();
  void run();
  void rename();
  void save();
  void store(const std::string& id, std::function<void(bool stored)> then);
  void fail(const std::string& id, state::Failure failure);
  void ask_to_delete();
  void keep();
  void remove();

  Desk desk_;
  platform::Platform& platform_;
  WorkflowEditor editor_;
  RunsController runs_;
};

}  // namespace ownkey::app
