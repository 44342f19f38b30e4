#include "server/workflow/graph_executor.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <typeinfo>
#include <utility>

#include "server/workflow/node_kind.h"
#include "server/workflow/weight.h"
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

Error too_much(std::string_view what, std::size_t limit) {
  return {ErrorKind::LimitExceeded, std::string(what) + " than " + std::to_string(limit >> 20) +
                                        " MiB, which is the most; pass on less between the nodes"};
}

Error unexpected(std::string_view what) {
  return {ErrorKind::Internal,
          "something went wrong here while this node ran; try again, and tell the operator if it "
          "stays so",
          "a node threw: " + std::string(what)};
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
    std::size_t weight = 0;  // of the output
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
      lock.unlock();
      auto result = work(node);
      lock.lock();
      record(state, std::move(result));
    }
    using std::chrono::milliseconds;
    state.entry.duration_ms = std::chrono::duration_cast<milliseconds>(clock_.steady() - start).count();
    settle(node, state, lock);
  }

  // Without the lock: what it reads of the parents does not change any more. Never throws: another thread may be at
  // work on this run, so it must come to its end in order.
  NodeResult work(const Node& node) {
    try {
      std::size_t weight = 0;
      for (const auto parent : node.parents) weight += states_[parent].weight;
      if (weight > kMaxNodeBytes) return NodeFailure{too_much("the inputs of this node are larger", kMaxNodeBytes)};
      const json inputs = merged_inputs(node);
      tell("node.started", [&] { return json{{"node_id", node.id}, {"type", node.kind->name}}; });
      return node.kind->run({node.data, inputs, initial_inputs_, llm_, cancel_, delta_teller(node)});
    } catch (const std::exception& exception) {
      return NodeFailure{unexpected(typeid(exception).name())};
    }
  }

  json merged_inputs(const Node& node) const {
    json inputs = json::object();
    for (const auto parent : node.parents) add_input(inputs, states_[parent].output);
    return inputs;
  }

  // What came out, within the bounds of a node and of the run.
  NodeResult bounded(NodeResult result, std::size_t weight) {
    if (result.failure) return result;
    if (weight > kMaxNodeBytes) return NodeFailure{too_much("the output of this node is larger", kMaxNodeBytes)};
    if (weight_ + weight > kMaxRunBytes)
      return NodeFailure{too_much("all outputs of this run together are larger", kMaxRunBytes)};
    return result;
  }

  void record(State& state, NodeResult result) {
    state.weight = result.outcome ? weight_of(result.outcome->output) : 0;
    result = bounded(std::move(result), state.weight);
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
    weight_ += state.weight;
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

  // Whoever listens may fail (their connection, memory) without harm to the run.
  template <class MakeData>
  void tell(std::string_view name, MakeData make_data) noexcept {
    if (!on_event_) return;
    try {
      const std::scoped_lock lock(tell_lock_);
      on_event_({name, make_data()});
    } catch (const std::exception&) {
      return;
    }
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
  std::size_t weight_ = 0;  // of all outputs so far
};

}  // namespace

GraphRun GraphExecutor::run(const Graph& graph, const json& initial_inputs, llm::UserLlm& llm,
                            const base::CancelToken& cancel, const OnRunEvent& on_event) {
  return std::make_shared<Run>(graph, initial_inputs, llm, cancel, on_event, workers_, clock_)->finish();
}

}  // namespace ownkey::workflow
