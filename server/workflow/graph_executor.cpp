#include "server/workflow/graph_executor.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <typeinfo>
#include <utility>

#include "server/workflow/inputs.h"
#include "server/workflow/node_attempts.h"
#include "server/workflow/node_kind.h"
#include "server/workflow/weight.h"
#include "shared/fields.h"

namespace ownkey::workflow {
namespace {

using api::NodeStatus;

// Besides the thread that runs the workflow.
constexpr std::size_t kMaxHelpers = 7;

api::LogEntry begin_entry(const Node& node, base::Time now) {
  api::LogEntry entry;
  entry.node_id = node.id;
  entry.type = std::string(node.kind->name);
  entry.started_at = base::rfc3339(now);
  return entry;
}

Error run_took_too_long(std::chrono::seconds limit) {
  return {ErrorKind::LimitExceeded,
          "the run took longer than its limit of " + std::to_string(limit.count()) + " s and was ended"};
}

Error unexpected(std::string_view what) {
  return {ErrorKind::Internal,
          "something went wrong here while this node ran; try again, and tell the operator if it "
          "stays so",
          "a node threw: " + std::string(what)};
}

void add_receipt(api::LogEntry& entry, NodeReceipt receipt) {
  entry.usage = receipt.usage;
  entry.key = std::move(receipt.key);
  if (!receipt.provider_request_id.empty()) entry.provider_request_id = std::move(receipt.provider_request_id);
  if (!receipt.steps.empty()) entry.steps = std::move(receipt.steps);
}

struct Parts {
  NodeWorkers& workers;
  Tools& tools;
  base::Deadlines& deadlines;
  const base::Clock& clock;
};

// One run under way. Shared with helpers, which may come to see that there is nothing left to do after run() has
// returned; what is borrowed is used only while a node is unfinished.
class Run : public std::enable_shared_from_this<Run> {
 public:
  Run(const Graph& graph, const json& initial_inputs, llm::UserLlm& llm, const RunOptions& options, const Parts& parts)
      : graph_(graph),
        initial_inputs_(initial_inputs),
        llm_(llm),
        options_(options),
        parts_(parts),
        limit_(parts.deadlines, options.cancel, options.limits.timeout),
        tokens_("this run", options.limits.tokens),
        states_(graph.nodes().size()),
        is_live_(graph.edges().size()),
        unfinished_(graph.nodes().size()) {}

  GraphRun finish() {
    std::unique_lock lock(lock_);
    for (std::size_t i = 0; i < states_.size(); ++i) {
      states_[i].waiting_for = graph_.nodes()[i].incoming.size();
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
    std::size_t waiting_for = 0;  // edges whose source is not done
    bool parent_failed = false;
    bool not_taken = false;  // skipped because a condition led elsewhere
    json output;
    std::size_t weight = 0;  // of the output
    std::string_view branch;
    api::LogEntry entry;
    std::size_t began = 0;  // its turn among all nodes
  };

  // The lock is held by the caller of each of these; run_next lets go of it while the node works.

  void call_helpers() {
    while (helpers_ < std::min(kMaxHelpers, ready_.size() - std::min<std::size_t>(ready_.size(), 1))) {
      if (!parts_.workers.try_run([run = shared_from_this()] { run->help(); })) return;
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
    const auto start = parts_.clock.steady();
    state.entry = begin_entry(node, parts_.clock.now());
    state.began = turns_++;
    if (!is_kept_from_running(node, state)) {
      lock.unlock();
      auto attempts = work(node);
      lock.lock();
      record(state, std::move(attempts));
    }
    using std::chrono::milliseconds;
    state.entry.duration_ms = std::chrono::duration_cast<milliseconds>(parts_.clock.steady() - start).count();
    settle(node, state, lock);
  }

  // Notes why, if so.
  bool is_kept_from_running(const Node& node, State& state) {
    const auto skip = [&](const char* reason) {
      state.entry.status = NodeStatus::Skipped;
      state.entry.reason = reason;
      return true;
    };
    if (options_.cancel.cancelled()) {
      state.entry.status = NodeStatus::Cancelled;
      return true;
    }
    if (state.parent_failed) return skip("parent_failed");
    const auto is_live = [this](std::size_t edge) { return bool(is_live_[edge]); };
    state.not_taken = !node.incoming.empty() && std::ranges::none_of(node.incoming, is_live);
    if (state.not_taken) return skip("branch_not_taken");
    return limit_.passed() && skip("run_timeout");
  }

  // Without the lock: what it reads of the parents does not change any more. Never throws: another thread may be at
  // work on this run, so it must come to its end in order.
  NodeAttempts work(const Node& node) {
    try {
      std::size_t weight = 0;
      for (const auto edge : node.incoming) weight += states_[graph_.edges()[edge].source].weight;
      if (weight > kMaxNodeBytes) return {NodeFailure{too_much("the inputs of this node are larger", kMaxNodeBytes)}};
      const json inputs = merged_inputs(node);
      TokenBudget tokens("this node", node.settings.token_budget, &tokens_);
      tell("node.started", [&] { return json{{"node_id", node.id}, {"type", node.kind->name}}; });
      return attempt_node(node,
                          {node.data, inputs, initial_inputs_, llm_, parts_.tools, tokens, limit_.token(),
                           delta_teller(node), step_teller(node)},
                          parts_.deadlines);
    } catch (const std::exception& exception) {
      return {NodeFailure{unexpected(typeid(exception).name())}};
    }
  }

  json merged_inputs(const Node& node) const {
    json inputs = json::object();
    for (const auto edge : node.incoming)
      if (is_live_[edge]) add_input(inputs, states_[graph_.edges()[edge].source].output, graph_.edges()[edge], node);
    return inputs;
  }

  // What came out, within the bounds of a node and of the run.
  NodeResult bounded(NodeResult result, std::size_t weight) {
    if (result.failure) return result;
    if (weight > kMaxNodeBytes)
      return NodeFailure{too_much("the output of this node is larger", kMaxNodeBytes), result.outcome->receipt};
    if (weight_ + weight > kMaxRunBytes)
      return NodeFailure{too_much("all outputs of this run together are larger", kMaxRunBytes),
                         result.outcome->receipt};
    return result;
  }

  void record(State& state, NodeAttempts attempts) {
    auto& entry = state.entry;
    if (attempts.count > 1) entry.attempts = attempts.count;
    state.weight = attempts.result.outcome ? weight_of(attempts.result.outcome->output) : 0;
    auto result = bounded(std::move(attempts.result), state.weight);
    add_receipt(entry, std::move(result.receipt()));
    if (result.failure) {
      auto& [error, receipt, partial_output] = *result.failure;
      if (limit_.passed()) error = run_took_too_long(*options_.limits.timeout);
      entry.status = options_.cancel.cancelled() ? NodeStatus::Cancelled : NodeStatus::Error;
      if (entry.status == NodeStatus::Error)
        entry.error = api::NodeError{std::string(code_of(error.kind)), error.public_text};
      entry.output = std::move(partial_output);
      state.weight = 0;
      return;
    }
    weight_ += state.weight;
    state.output = std::move(result.outcome->output);
    state.branch = result.outcome->branch;
    entry.output = state.output;
  }

  // Tells about the node and lets its children go on.
  void settle(const Node& node, const State& state, std::unique_lock<std::mutex>& lock) {
    const auto status = state.entry.status;
    if (options_.on_event) {
      lock.unlock();
      tell(status == NodeStatus::Error ? "node.failed" : "node.finished", [&] { return to_json(state.entry); });
      lock.lock();
    }
    for (const auto index : node.outgoing) {
      const auto& edge = graph_.edges()[index];
      auto& child = states_[edge.target];
      is_live_[index] = status == NodeStatus::Success && (!node.kind->branches || edge.source_handle == state.branch);
      if (status != NodeStatus::Success && !state.not_taken) child.parent_failed = true;
      if (--child.waiting_for == 0) ready_.push_back(edge.target);
    }
    --unfinished_;
    call_helpers();
    changed_.notify_all();
  }

  // Whoever listens may fail (their connection, memory) without harm to the run.
  template <class MakeData>
  void tell(std::string_view name, MakeData make_data) noexcept {
    if (!options_.on_event) return;
    try {
      const std::scoped_lock lock(tell_lock_);
      options_.on_event({name, make_data()});
    } catch (const std::exception&) {
      return;
    }
  }

  std::function<void(std::string_view)> delta_teller(const Node& node) {
    if (!options_.on_event) return {};
    return [this, &node](std::string_view text) {
      tell("node.delta", [&] { return json{{"node_id", node.id}, {"text", text}}; });
    };
  }

  std::function<void(std::string_view, json)> step_teller(const Node& node) {
    if (!options_.on_event) return {};
    return [this, &node](std::string_view event, json data) {
      tell(event, [&] {
        data["node_id"] = node.id;
        return std::move(data);
      });
    };
  }

  GraphRun collect() {
    GraphRun run;
    std::vector<State*> in_order;
    for (auto& state : states_) in_order.push_back(&state);
    std::ranges::sort(in_order, {}, &State::began);
    if (limit_.passed()) run.status = api::RunStatus::Error;
    for (auto* state : in_order) {
      const auto status = state->entry.status;
      if (status == NodeStatus::Cancelled) run.status = api::RunStatus::Cancelled;
      if (status == NodeStatus::Error && run.status == api::RunStatus::Success) run.status = api::RunStatus::Error;
      if (status == NodeStatus::Success) run.results[state->entry.node_id] = std::move(state->output);
      run.logs.push_back(std::move(state->entry));
    }
    return run;
  }

  const Graph& graph_;
  const json& initial_inputs_;
  llm::UserLlm& llm_;
  const RunOptions& options_;
  const Parts parts_;
  const base::Deadline limit_;
  TokenBudget tokens_;

  std::mutex tell_lock_;
  std::mutex lock_;
  std::condition_variable changed_;
  std::vector<State> states_;
  std::vector<char> is_live_;  // by edge: whether something came over it
  std::deque<std::size_t> ready_;
  std::size_t unfinished_;
  std::size_t helpers_ = 0;
  std::size_t turns_ = 0;
  std::size_t weight_ = 0;  // of all outputs so far
};

}  // namespace

GraphRun GraphExecutor::run(const Graph& graph, const json& initial_inputs, llm::UserLlm& llm,
                            const RunOptions& options) {
  return std::make_shared<Run>(graph, initial_inputs, llm, options, Parts{workers_, tools_, deadlines_, clock_})
      ->finish();
}

}  // namespace ownkey::workflow
