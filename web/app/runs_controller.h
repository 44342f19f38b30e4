// RunsController: starting runs, following them, ending them, and looking at those of before.
#pragma once

#include <string>

#include "web/app/desk.h"

namespace ownkey::app {

class RunsController {
 public:
  RunsController(Desk desk, platform::Platform& platform) : desk_(desk), platform_(platform) {}

  // Runs what is stored of that workflow, with the inputs as typed, and shows the run.
  void start(const std::string& workflow);

  // The run, or the list of runs, of the page that is shown.
  void load_shown_run();
  // Stops following the others: a browser has few connections to one server.
  void leave_others();
  void load_list();
  void load_more();

  void cancel();
  void copy_answer();
  // The clipboard's answer to that.
  void copied(bool done);

 private:
  state::OpenWorkflow& opened(const std::string& id) { return desk_.state.workflows.open[id]; }
  state::Run& shown() { return desk_.state.workflows.runs[desk_.state.route.run_id]; }

  json inputs_of(const std::string& workflow);
  void follow(const std::string& id);
  void find_out_why_lost(const std::string& id);
  void take(const std::string& id, const platform::Streamed& event);
  void take_list(const std::string& workflow, bool more, state::Outcome<std::vector<api::RunSummary>> outcome);

  Desk desk_;
  platform::Platform& platform_;
};

}  // namespace ownkey::app
