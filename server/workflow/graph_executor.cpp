#include "server/workflow/graph_executor.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <utility>

#include "server/workflow/node_kind.h"
#include "shared/fields.h"

namespace ownkey::workflow {
namespace {

// Besides the thread that runs the workflow.
constexpr std::size_t kMaxHelpers = 7;

api::LogEntry begin_entry(const Node& node, base::Time now) {
  api::LogEntry entry;
  entry.node_id = node.id;
  entry.type = std::string(node.kind->name);
  entry.started_at = base::rfc3339(now);
  return entry;
}

void add_input(json& inputs, const json& output) {
  if (output.is_object()) inputs.update(output);
  else if (!output.is_null()) inputs["input"] = output;
}

// One run under way. Shared with helpers, which may come to see that there is nothing left to do after run() has
// returned; what is borrowed is used only while a node is unfinished.
class Run : public std::enable_shared_from_this<Run> {
 public:
  Run(const Graph& graph, const json& initial_inputs, llm::UserLlm& llm, base::CancelToken cancel,
      const OnRunEvent& on_event, NodeWorkers& workers, const base::Clock& clock)
      : graph_(graph),
        initial_inputs_(initial_inputs),
        llm_(llm),
        cancel_(std::move(cancel)),
        on_event_(on_event),
        workers_(workers),
        clock_(clock),
        states_(graph.nodes().size()),
        unfinished_(graph.nodes().size()) {}

  GraphRun finish() {
    std::unique_lock lock(lock_);
    for (std::size_t i = 0; i < states_.size(); ++i) {
      states_[i].waiting_for = graph_.nodes()[i].parents.size();
      if (states_[i].waiting_for == 0) ready_.push_back(i);
    }
    call_helpers();
    while (unfinished_ > 0) {
      if (ready_.empty()) changed_.wait(lock, [this] { return !ready_.empty() || unfinished_ == 0; });
      else run_next(lock);
    }
    return collect();
  }

 private:
  struct State {
    std::size_t waiting_for = 0;
    bool parent_failed = false;
    json output;
    api::LogEntry entry;
    std::size_t began = 0;  // its turn among all nodes
  };

  // The lock is held by the caller of each of these; run_next lets go of it while the node works.

  void call_helpers() {
    while (helpers_ < std::min(kMaxHelpers, ready_.size() - std::min<std::size_t>(ready_.size(), 1))) {
      if (!workers_.try_run([run = shared_from_this()] { run->help(); })) return;
      ++helpers_;
    }
  }

  void help() {
    std::unique_lock lock(lock_);
    while (!ready_.empty()) run_next(lock);
    --helpers_;
  }

  void run_next(std::unique_lock<std::mutex>& lock) {
    const auto index = ready_.front();
    ready_.pop_front();
    const auto& node = graph_.nodes()[index];
    auto& state = states_[index];
    const auto start = clock_.steady();
    state.entry = begin_entry(node, clock_.now());
    state.began = turns_++;
    if (cancel_.cancelled()) {
      state.entry.status = api::NodeStatus::Cancelled;
    } else if (state.parent_failed) {
      state.entry.status = api::NodeStatus::Skipped;
    } else {
      const json inputs = merged_inputs(node);
      lock.unlock();
      tell("node.started", [&] { return json{{"node_id", node.id}, {"type", node.kind->name}}; });
      auto result = node.kind->run({node.data, inputs, initial_inputs_, llm_, cancel_, delta_teller(node)});
      lock.lock();
      record(state, std::move(result));
    }
    using std::chrono::milliseconds;
    state.entry.duration_ms = std::chrono::duration_cast<milliseconds>(clock_.steady() - start).count();
    settle(node, state, lock);
  }

  json merged_inputs(const Node& node) const {
    json inputs = json::object();
    for (const auto parent : node.parents) add_input(inputs, states_[parent].output);
    return inputs;
  }

  void record(State& state, NodeResult result) {
    auto& entry = state.entry;
    if (result.failure) {
      entry.status = cancel_.cancelled() ? api::NodeStatus::Cancelled : api::NodeStatus::Error;
      const auto& error = result.failure->error;
      if (entry.status == api::NodeStatus::Error)
        entry.error = api::NodeError{std::string(code_of(error.kind)), error.public_text};
      entry.key = std::move(result.failure->key);
      return;
    }
    auto& outcome = *result.outcome;
    entry.output = outcome.output;
    entry.usage = outcome.usage;
    entry.key = std::move(outcome.key);
    if (!outcome.provider_request_id.empty()) entry.provider_request_id = std::move(outcome.provider_request_id);
    state.output = std::move(outcome.output);
  }

  // Tells about the node and lets its children go on.
  void settle(const Node& node, const State& state, std::unique_lock<std::mutex>& lock) {
    if (on_event_) {
      lock.unlock();
      const bool failed = state.entry.status == api::NodeStatus::Error;
      tell(failed ? "node.failed" : "node.finished", [&] { return to_json(state.entry); });
      lock.lock();
    }
    for (const auto child : node.children) {
      auto& waiting = states_[child];
      if (state.entry.status != api::NodeStatus::Success) waiting.parent_failed = true;
      if (--waiting.waiting_for == 0) ready_.push_back(child);
    }
    --unfinished_;
    call_helpers();
    changed_.notify_all();
  }

  template <class MakeData>
  void tell(std::string_view name, MakeData make_data) {
    if (!on_event_) return;
    const std::scoped_lock lock(tell_lock_);
    on_event_({name, make_data()});
  }

  std::function<void(std::string_view)> delta_teller(const Node& node) {
    if (!on_event_) return {};
    return [this, &node](std::string_view text) {
      tell("node.delta", [&] { return json{{"node_id", node.id}, {"text", text}}; });
    };
  }

  GraphRun collect() {
    GraphRun run;
    std::vector<State*> in_order;
    for (auto& state : states_) in_order.push_back(&state);
    std::ranges::sort(in_order, {}, &State::began);
    for (auto* state : in_order) {
      const auto status = state->entry.status;
      if (status == api::NodeStatus::Cancelled) run.status = api::RunStatus::Cancelled;
      if (status == api::NodeStatus::Error && run.status == api::RunStatus::Success) run.status = api::RunStatus::Error;
      if (status == api::NodeStatus::Success) run.results[state->entry.node_id] = std::move(state->output);
      run.logs.push_back(std::move(state->entry));
    }
    return run;
  }

  const Graph& graph_;
  const json& initial_inputs_;
  llm::UserLlm& llm_;
  const base::CancelToken cancel_;
  const OnRunEvent& on_event_;
  NodeWorkers& workers_;
  const base::Clock& clock_;

  std::mutex tell_lock_;
  std::mutex lock_;
  std::condition_variable changed_;
  std::vector<State> states_;
  std::deque<std::size_t> ready_;
  std::size_t unfinished_;
  std::size_t helpers_ = 0;
  std::size_t turns_ = 0;
};

}  // namespace

GraphRun GraphExecutor::run(const Graph& graph, const json& initial_inputs, llm::UserLlm& llm,
                            const base::CancelToken& cancel, const OnRunEvent& on_event) {
  return std::make_shared<Run>(graph, initial_inputs, llm, cancel, on_event, workers_, clock_)->finish();
}

}  // namespace ownkey::workflow
