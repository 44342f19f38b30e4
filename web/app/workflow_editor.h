// WorkflowEditor: what can be done to the draft of the workflow that is shown. Nothing of it is stored before Save.
#pragma once

#include <string>

#include "web/app/desk.h"

namespace ownkey::app {

class WorkflowEditor {
 public:
  explicit WorkflowEditor(Desk desk) : desk_(desk) {}

  // Makes the draft from what is stored; typed text that is not saved yet stays, unless it is to be discarded.
  void fill(const api::Workflow& stored);
  void discard();
  // From what is stored: what was typed is gone.
  void refill(const std::string& id);

  // Once a frame: what was typed goes into the graph, and fields that are new get their text from it.
  void take_typed();

  void select(const std::string& node);
  // The node of the only model, so that it can be changed where the workflow is run.
  void select_only_model();
  void add_node();
  void remove_node();
  void connect();
  void disconnect(std::size_t edge);
  void toggle_tool(const std::string& tool);
  void add_input();
  void remove_input(const std::string& name);

  // Puts what the server found wrong at the node and field that it is about; false if that is none of them.
  bool show_failure(const state::Failure& failure);

 private:
  pages::WorkflowDraft& draft() { return desk_.drafts.workflows[desk_.state.route.workflow_id]; }
  void put_fields_into_graph();
  void take_fields_from_graph();
  void take_inputs_from_graph();

  Desk desk_;
};

}  // namespace ownkey::app
