#include <boost/test/unit_test.hpp>
#include <string>

#include "tests/support/page_fixture.h"

using namespace ownkey;
using support::problem;
using support::replaced;

namespace {

constexpr const char* kExamples =
    R"([{"id":"ask-a-model","name":"Ask a model","description":"A question, a model.","canvas_state":{"nodes":[],"edges":[]}},
        {"id":"two","name":"Compare","description":"","canvas_state":{"nodes":[],"edges":[]}}])";
constexpr const char* kTools =
    R"([{"name":"calculator","description":"arithmetic","args":{"properties":{"expression":{"type":"string"}}},"available":true},
        {"name":"http_get","description":"","args":{},"available":false,"unavailable_reason":"off here"}])";
constexpr const char* kModels =
    R"([{"id":"gpt-5.5","provider":"openai","display_name":"GPT-5.5","credentials":["default"]},
        {"id":"claude-opus-5-5","provider":"anthropic","display_name":"","credentials":["default"]}])";
constexpr const char* kWorkflow =
    R"({"id":"w1","name":"Ask a model","description":"","status":"draft","created_at":"2026-11-24T10:00:00Z",
        "updated_at":"2026-11-24T10:00:00Z","canvas_state":{"viewport":{"zoom":2},"nodes":[
        {"id":"q","type":"input","data":{"label":"Question","input":"Why?"}},
        {"id":"m","type":"llm","data":{"label":"Model","model":"old-model"}},
        {"id":"a","type":"output","data":{"label":"Answer"}}],
        "edges":[{"id":"e1","source":"q","target":"m"},{"id":"e2","source":"m","target":"a"}]}})";
constexpr const char* kDone =
    R"({"workflow_id":"w1","run_id":"r1","status":"success","results":{"a":{"generated_text":"Because."}},"logs":[
        {"node_id":"m","type":"llm","status":"success","started_at":"","duration_ms":1240,
         "output":{"generated_text":"Because."},
         "key":{"source":"own","provider":"openai","credential_id":"c1","masked_key":"sk-...X8d2"}},
        {"node_id":"a","type":"output","status":"success","started_at":"","duration_ms":1}]})";

std::string stored_run() { return replaced(kDone, "{", R"({"started_at":"2026-11-24T10:00:00Z",)"); }

struct Fixture : support::PageFixture {
  Fixture() { page.world.preferences.reduced_motion = true; }

  void open_workflow(const std::string& rest = "", const std::string& workflow = kWorkflow) {
    open_signed_in("/workflows/w1" + rest);
    answer("GET", "/api/workflows/w1", 200, workflow);
    if (rest == "/runs") return;
    answer("GET", "/api/workflows/tools", 200, kTools);
    answer("GET", "/api/models", 200, kModels);
  }
  void start_run() {
    click("button", "Run");
    answer("POST", "/api/workflows/w1/runs", 202, R"({"run_id":"r1"})");
  }
  void tell(std::string_view name, std::string_view data) {
    page.tell("/api/runs/r1/events", name, data);
    run();
  }
  json sent() { return *parse_json(page.requests.back().body); }
  std::string_view attribute(const char* tag, const char* name, const char* which) {
    const auto* node = page.find(tag, name);
    BOOST_REQUIRE_MESSAGE(node, name);
    return node->attributes.find(which).value_or("");
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(workflow_list, Fixture)

BOOST_AUTO_TEST_CASE(without_workflows_there_is_one_thing_to_do_and_it_leads_to_the_examples) {
  open_signed_in("/workflows");
  answer("GET", "/api/workflows", 200, "[]");
  BOOST_TEST(page.shows("You have no workflows yet."));
  click("a", "New workflow");
  BOOST_TEST(page.addresses.back() == "/workflows/new");
  answer("GET", "/api/workflows/examples", 200, kExamples);
  click("button", "Use this workflow: Ask a model");
  answer("POST", "/api/workflows", 201, kWorkflow);
  BOOST_TEST(page.addresses.back() == "/workflows/w1");
  BOOST_TEST(page.title == "Ask a model · Ownkey");
  BOOST_TEST(page.text_of("Question") == "Why?");
  BOOST_TEST(page.text_of("Model") == "old-model");
}

BOOST_AUTO_TEST_CASE(a_copy_of_an_example_gets_a_name_of_its_own) {
  open_signed_in("/workflows/new");
  answer("GET", "/api/workflows", 200, "[" + std::string(kWorkflow) + "]");
  answer("GET", "/api/workflows/examples", 200, kExamples);
  click("button", "Use this workflow: Ask a model");
  BOOST_TEST(sent()["name"].get<std::string>() == "Ask a model 2");
}

BOOST_AUTO_TEST_CASE(a_workflow_is_imported_from_text_or_a_file_and_what_is_none_is_told_in_place) {
  open_signed_in("/workflows/new");
  answer("GET", "/api/workflows/examples", 200, "[]");
  type("JSON of a workflow", "nonsense");
  click("button", "Import");
  BOOST_TEST(page.shows("This is not the JSON of a workflow"));
  BOOST_TEST(attribute("textarea", "JSON of a workflow", "aria-invalid") == "true");
  click("button", "Choose a file");
  BOOST_TEST(page.picks_file);
  page.world.events.emplace_back(platform::FilePicked{kWorkflow});
  run();
  BOOST_TEST(page.text_of("JSON of a workflow") == kWorkflow);
  BOOST_TEST(page.guards_leaving);
  click("button", "Import");
  BOOST_TEST(sent()["name"].get<std::string>() == "Ask a model");
  BOOST_TEST(sent()["canvas_state"]["viewport"]["zoom"].get<int>() == 2);
  answer("POST", "/api/workflows", 400, problem("invalid_request", "a workflow needs at least one node"));
  BOOST_TEST(page.shows("A workflow needs at least one node."));
  click("button", "Import");
  answer("POST", "/api/workflows", 201, kWorkflow);
  BOOST_TEST(page.addresses.back() == "/workflows/w1");
  BOOST_TEST(!page.guards_leaving);
}

BOOST_AUTO_TEST_CASE(a_model_that_ends_is_told_in_the_list) {
  open_signed_in("/workflows");
  answer("GET", "/api/workflows", 200,
         "[" +
             replaced(kWorkflow, R"("status":"draft")",
                      R"("status":"draft","model_ends":{"model":"old-model","shutdown_date":"2027-01-14"})") +
             "]");
  BOOST_TEST(page.shows("old-model ends on 14 Jan 2027"));
}

BOOST_AUTO_TEST_CASE(a_workflow_that_is_gone_says_so_and_leads_back) {
  open_signed_in("/workflows/w9/edit");
  answer("GET", "/api/workflows/w9", 404, problem("not_found", "there is no workflow with this id"));
  BOOST_TEST(page.shows("There is no workflow with this id."));
  BOOST_TEST(!page.find("button", "Try again"));
  click("a", "Back to the list");
  BOOST_TEST(page.addresses.back() == "/workflows");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(workflow_editing, Fixture)

BOOST_AUTO_TEST_CASE(a_node_is_chosen_in_the_picture_and_its_fields_are_saved_with_the_rest_untouched) {
  open_workflow("/edit");
  BOOST_TEST(page.title == "Edit · Ask a model · Ownkey");
  BOOST_TEST(attribute("button", "Model, old-model", "aria-description") == "leads to Answer");
  click("button", "Model, old-model");
  BOOST_TEST(page.focused == page.find("h2", "Model call: Model")->id);
  type("Models that your keys reach", "claude-opus-5-5");
  BOOST_TEST(page.text_of("Model") == "claude-opus-5-5");
  type("Temperature", "0.5");
  type("System prompt", "Be brief.");
  BOOST_TEST(page.guards_leaving);
  click("button", "Save changes");
  const json node = sent()["canvas_state"]["nodes"][1];
  BOOST_TEST(
      (node["data"] ==
       json{{"label", "Model"}, {"model", "claude-opus-5-5"}, {"temperature", 0.5}, {"system_prompt", "Be brief."}}));
  BOOST_TEST(sent()["canvas_state"]["viewport"]["zoom"].get<int>() == 2);
  json stored = *parse_json(kWorkflow);
  stored["canvas_state"] = sent()["canvas_state"];
  answer("PUT", "/api/workflows/w1", 200, dump_json(stored));
  BOOST_TEST(!page.guards_leaving);
  BOOST_TEST(page.announcements.back().text == "Changes saved");
}

BOOST_AUTO_TEST_CASE(models_are_grouped_by_provider_and_follow_the_chosen_one) {
  open_workflow("/edit");
  click("button", "Model, old-model");
  BOOST_TEST(attribute("select", "Models that your keys reach", "data-options") ==
             "\tChoose a model\t\ngpt-5.5\tGPT-5.5 (gpt-5.5)\tOpenAI\nclaude-opus-5-5\tclaude-opus-5-5\tAnthropic");
  type("Provider", "anthropic");
  BOOST_TEST(attribute("select", "Models that your keys reach", "data-options").find("gpt-5.5") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_the_server_finds_wrong_is_told_at_the_node_and_field) {
  open_workflow("/edit");
  click("button", "Answer, Output");
  click("button", "Save changes");
  answer("PUT", "/api/workflows/w1", 400,
         problem("invalid_request", "node 'm': name the model", "canvas_state.nodes[1].data.model"));
  BOOST_TEST(page.find("h2", "Model call: Model"));
  BOOST_TEST(page.shows("Name the model."));
  BOOST_TEST(attribute("input", "Model", "aria-invalid") == "true");
  BOOST_TEST(page.focused == page.find("input", "Model")->id);
  click("button", "Save changes");
  answer("PUT", "/api/workflows/w1", 400, problem("invalid_request", "the edges form a circle", "canvas_state.edges"));
  BOOST_TEST(page.shows("The edges form a circle."));
}

BOOST_AUTO_TEST_CASE(steps_are_added_connected_and_removed_and_all_of_it_can_be_discarded) {
  open_workflow("/edit");
  type("New step", "condition");
  type("Comes after", "m");
  click("button", "Add step");
  BOOST_TEST(page.find("h2", "Condition: Condition"));
  type("New step", "template");
  type("Comes after", "condition true");
  click("button", "Add step");
  BOOST_TEST(page.find("button", "Disconnect Condition: if it holds"));
  type("Also after", "q");
  click("button", "Connect");
  BOOST_TEST(page.find("button", "Disconnect Question"));
  click("button", "Disconnect Condition: if it holds");
  click("button", "Condition, Condition");
  click("button", "Remove step");
  BOOST_TEST(!page.find("button", "Condition, Condition"));
  click("button", "Save changes");
  BOOST_TEST(sent()["canvas_state"]["nodes"].size() == 4u);
  BOOST_TEST(sent()["canvas_state"]["edges"].size() == 3u);
  answer("PUT", "/api/workflows/w1", 500, problem("internal", "something went wrong"));
  BOOST_TEST(page.shows("Something went wrong."));
  click("button", "Discard changes");
  BOOST_TEST(!page.find("button", "Text, Text"));
  BOOST_TEST(!page.guards_leaving);
}

BOOST_AUTO_TEST_CASE(the_picture_and_what_there_is_to_choose_follow_what_is_changed) {
  open_workflow("/edit");
  BOOST_TEST(attribute("select", "Comes after", "data-options") ==
             "\tNothing (a run begins with it)\t\nq\tQuestion\t\nm\tModel\t\na\tAnswer\t");
  click("button", "Model, old-model");
  BOOST_TEST(attribute("button", "Model, old-model", "aria-current") == "true");
  BOOST_TEST(attribute("select", "Also after", "data-options") == "\tChoose a step\t\nq\tQuestion\t\na\tAnswer\t");
  click("button", "Answer, Output");
  BOOST_TEST(attribute("button", "Model, old-model", "aria-current").empty());
  BOOST_TEST(attribute("select", "Also after", "data-options") == "\tChoose a step\t\nq\tQuestion\t\nm\tModel\t");
  click("button", "Model, old-model");
  type("Model", "new-model");
  BOOST_TEST(page.find("button", "Model, new-model"));
  type("New step", "template");
  type("Comes after", "m");
  click("button", "Add step");
  BOOST_TEST(attribute("button", "Model, new-model", "aria-description") == "leads to Answer, Text");
  BOOST_TEST(attribute("select", "Comes after", "data-options").ends_with("\ntemplate\tText\t"));
  click("button", "Discard changes");
  BOOST_TEST(attribute("button", "Model, old-model", "aria-description") == "leads to Answer");
}

BOOST_AUTO_TEST_CASE(what_was_saved_is_no_change_even_where_the_server_tells_the_same_time) {
  open_workflow("/edit");
  for (const auto* model : {"second", "third"}) {
    click("button", page.find("button", "Model, old-model") ? "Model, old-model" : "Model, second");
    type("Model", model);
    BOOST_TEST(page.shows("There are changes that are not saved."));
    click("button", "Save changes");
    json stored = *parse_json(kWorkflow);
    stored["canvas_state"] = sent()["canvas_state"];
    answer("PUT", "/api/workflows/w1", 200, dump_json(stored));
    BOOST_TEST(page.shows("All changes are saved."));
    BOOST_TEST(!page.guards_leaving);
  }
}

BOOST_AUTO_TEST_CASE(an_agent_has_its_tools_ticked_and_a_tool_its_arguments) {
  open_workflow("/edit");
  type("New step", "agent");
  click("button", "Add step");
  BOOST_TEST(page.shows("Off here."));
  click("button", "Calculator");
  BOOST_TEST(attribute("button", "Calculator", "aria-checked") == "true");
  type("New step", "tool");
  click("button", "Add step");
  type("Expression", "1 + 1");
  click("button", "Save changes");
  const json nodes = sent()["canvas_state"]["nodes"];
  BOOST_TEST((nodes[3]["data"]["tools"] == json::array({"calculator"})));
  BOOST_TEST(nodes[4]["data"]["args"]["expression"].get<std::string>() == "1 + 1");
}

BOOST_AUTO_TEST_CASE(an_input_node_gets_inputs_by_name_and_loses_them_again) {
  open_workflow("/edit");
  click("button", "Question, Input");
  BOOST_TEST(!page.find("button", "Remove the input Question"));
  for (const auto* typed : {"", "label", "input", "a.b"}) {
    type("Another input", typed);
    click("button", "Add input");
    BOOST_TEST(attribute("input", "Another input", "aria-invalid") == "true", typed);
  }
  type("Another input", " max words");
  click("button", "Add input");
  BOOST_TEST(page.focused == page.find("input", "Max words")->id);
  BOOST_TEST(page.text_of("Another input").empty());
  type("Max words", "20");
  click("button", "Save changes");
  BOOST_TEST((sent()["canvas_state"]["nodes"][0]["data"] ==
              json{{"label", "Question"}, {"input", "Why?"}, {"max_words", "20"}}));
  click("a", "Run");
  BOOST_TEST(page.text_of("Max words") == "20");
  click("a", "Edit");
  click("button", "Question, Input");
  click("button", "Remove the input Max words");
  BOOST_TEST(!page.find("input", "Max words"));
  BOOST_TEST(!page.guards_leaving);
}

BOOST_AUTO_TEST_CASE(an_input_node_that_names_nothing_keeps_its_one_input_beside_a_new_one) {
  open_workflow("/edit", replaced(kWorkflow, R"(,"input":"Why?")", ""));
  click("button", "Question, Input");
  type("Another input", "tone");
  click("button", "Add input");
  click("a", "Run");
  BOOST_TEST(page.find("textarea", "Question"));
  BOOST_TEST(page.find("input", "Tone"));
}

BOOST_AUTO_TEST_CASE(a_step_has_limits_of_its_own) {
  open_workflow("/edit");
  click("button", "Model, old-model");
  type("Longest time", "30");
  type("Retries", "2");
  type("Token budget", "5000");
  click("button", "Save changes");
  const json data = sent()["canvas_state"]["nodes"][1]["data"];
  BOOST_TEST(
      (data ==
       json{{"label", "Model"}, {"model", "old-model"}, {"timeout_s", 30}, {"retries", 2}, {"token_budget", 5000}}));
}

BOOST_AUTO_TEST_CASE(what_is_changed_and_changed_back_is_no_change) {
  open_workflow("/edit", replaced(kWorkflow, R"("type":"llm")", R"("type":"agent")"));
  click("button", "Model, old-model");
  type("Temperature", "1");
  type("Name", "Other");
  click("button", "Calculator");
  BOOST_TEST(page.shows("There are changes that are not saved."));
  type("Temperature", "");
  type("Name", "Ask a model");
  click("button", "Calculator");
  BOOST_TEST(page.shows("All changes are saved."));
  BOOST_TEST(!page.guards_leaving);
}

BOOST_AUTO_TEST_CASE(changes_stay_while_other_pages_are_looked_at) {
  open_workflow("/edit");
  type("Name", "Ask why");
  click("button", "Model, old-model");
  type("Prompt", "How?");
  click("a", "API Keys");
  BOOST_TEST(page.guards_leaving);
  open("/workflows/w1/edit");
  BOOST_TEST(page.text_of("Prompt") == "How?");
  BOOST_TEST(page.text_of("Description").empty());
}

BOOST_AUTO_TEST_CASE(saving_has_a_key_of_its_own) {
  open_workflow("/edit");
  page.press("Control+s");
  run();
  BOOST_TEST(page.is_waiting_for("PUT", "/api/workflows/w1"));
}

BOOST_AUTO_TEST_CASE(an_export_has_a_name) {
  open_workflow("/edit");
  BOOST_TEST(attribute("a", "Export as JSON", "href") == "/api/workflows/w1");
  BOOST_TEST(attribute("a", "Export as JSON", "download") == "ask-a-model.json");
}

BOOST_AUTO_TEST_CASE(renaming_and_deleting_begin_on_any_page_of_the_workflow) {
  open_workflow();
  click("button", "Delete workflow");
  BOOST_TEST(page.focused == page.find("button", "Keep workflow")->id);
  click("button", "Really delete workflow");
  answer("DELETE", "/api/workflows/w1", 500, problem("internal", "something went wrong"));
  BOOST_TEST(page.shows("Something went wrong."));
  click("button", "Keep workflow");
  BOOST_TEST(page.focused == page.find("button", "Delete workflow")->id);
  BOOST_TEST(!page.shows("Something went wrong."));
  click("button", "Rename workflow");
  BOOST_TEST(page.addresses.back() == "/workflows/w1/edit");
  BOOST_TEST(page.focused == page.find("input", "Name")->id);
}

BOOST_AUTO_TEST_CASE(escape_and_editing_take_the_question_back_whether_to_delete) {
  open_workflow("/edit");
  click("button", "Delete workflow");
  page.press_escape();
  run();
  BOOST_TEST(page.focused == page.find("button", "Delete workflow")->id);
  click("button", "Delete workflow");
  type("Description", "For questions");
  BOOST_TEST(!page.find("button", "Really delete workflow"));
}

BOOST_AUTO_TEST_CASE(deleting_asks_first_and_leads_back_to_the_list) {
  open_workflow("/edit");
  click("button", "Delete workflow");
  click("button", "Really delete workflow");
  answer("DELETE", "/api/workflows/w1", 204, "");
  BOOST_TEST(page.addresses.back() == "/workflows");
  BOOST_TEST(page.is_waiting_for("GET", "/api/workflows"));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(workflow_runs, Fixture)

BOOST_AUTO_TEST_CASE(a_run_is_followed_to_its_answer_and_receipt) {
  open_workflow();
  type("Question", "How?");
  start_run();
  BOOST_TEST(page.addresses.back() == "/workflows/w1/runs/r1");
  tell("run.started", "{}");
  tell("node.started", R"({"node_id":"m","type":"llm"})");
  BOOST_TEST(page.announcements.back().text == "Step 1 of 3: Model call.");
  tell("node.delta", R"({"node_id":"m","text":"Be"})");
  tell("node.delta", R"({"node_id":"m","text":"cau"})");
  BOOST_TEST(page.shows("Becau"));
  BOOST_TEST(page.find("button", "Model, old-model, Running"));
  BOOST_TEST(attribute("progress", "Progress of the run", "max") == "3");
  tell("run.finished", kDone);
  BOOST_TEST(page.shows("Done in 1.2 s · ran on your OpenAI key sk-...X8d2"));
  BOOST_TEST(page.find("button", "Model, old-model, Done"));
  BOOST_TEST(!page.is_waiting_for("FOLLOW", "/api/runs/r1/events"));
  click("button", "Copy answer");
  BOOST_TEST(page.copied == "Because.");
  BOOST_TEST(page.announcements.back().text == "Answer copied");
}

BOOST_AUTO_TEST_CASE(what_was_typed_goes_along_and_does_not_change_the_workflow) {
  open_workflow();
  type("Question", "How?");
  BOOST_TEST(!page.guards_leaving);
  click("button", "Run");
  BOOST_TEST(page.requests.back().body == R"({"initial_inputs":{"input":"How?"}})");
}

BOOST_AUTO_TEST_CASE(a_new_model_is_saved_before_the_run) {
  open_workflow();
  type("Model", "gpt-3.5-turbo");
  click("button", "Save and run");
  BOOST_TEST(sent()["canvas_state"]["nodes"][1]["data"]["model"].get<std::string>() == "gpt-3.5-turbo");
  answer("PUT", "/api/workflows/w1", 200, replaced(kWorkflow, "old-model", "gpt-3.5-turbo"));
  BOOST_TEST(page.is_waiting_for("POST", "/api/workflows/w1/runs"));
}

BOOST_AUTO_TEST_CASE(an_empty_model_is_told_at_its_field) {
  open_workflow();
  type("Model", "");
  click("button", "Save and run");
  answer("PUT", "/api/workflows/w1", 400,
         problem("invalid_request", "node 'm': name the model", "canvas_state.nodes[1].data.model"));
  BOOST_TEST(attribute("input", "Model", "aria-invalid") == "true");
  BOOST_TEST(!page.is_waiting_for("POST", "/api/workflows/w1/runs"));
}

BOOST_AUTO_TEST_CASE(a_run_is_there_again_after_a_reload_and_goes_on) {
  open_workflow("/runs/r1");
  answer("GET", "/api/runs/r1", 200,
         R"({"run_id":"r1","workflow_id":"w1","status":"queued","position":2,"started_at":"2026-11-24T10:00:00Z",
             "results":{},"logs":[]})");
  BOOST_TEST(page.shows("number 2 in the queue"));
  tell("node.started", R"({"node_id":"m","type":"llm"})");
  tell("", "");
  BOOST_TEST(page.shows("The connection was lost"));
  tell("run.finished", kDone);
  BOOST_TEST(page.shows("Because."));
}

BOOST_AUTO_TEST_CASE(an_ended_run_is_shown_without_following_it) {
  open_workflow("/runs/r1");
  answer("GET", "/api/runs/r1", 200, stored_run());
  BOOST_TEST(page.shows("Because."));
  BOOST_TEST(!page.is_waiting_for("FOLLOW", "/api/runs/r1/events"));
  BOOST_TEST(page.find("button", "Run"));
}

BOOST_AUTO_TEST_CASE(of_a_run_whose_stream_was_lost_the_end_is_shown_if_it_has_one) {
  open_workflow();
  start_run();
  answer("FOLLOW", "/api/runs/r1/events", 0, "");
  answer("GET", "/api/runs/r1", 200, stored_run());
  BOOST_TEST(page.shows("Because."));
}

BOOST_AUTO_TEST_CASE(a_stream_that_cannot_be_had_is_told_and_tried_again) {
  open_workflow();
  start_run();
  answer("FOLLOW", "/api/runs/r1/events", 0, "");
  answer("GET", "/api/runs/r1", 200, replaced(stored_run(), R"("status":"success")", R"("status":"running")"));
  BOOST_TEST(page.shows("Ownkey cannot be reached"));
  click("button", "Try again");
  answer("GET", "/api/runs/r1", 200, stored_run());
  BOOST_TEST(page.shows("Because."));
}

BOOST_AUTO_TEST_CASE(a_run_can_be_cancelled) {
  open_workflow();
  start_run();
  page.focus(page.find("button", "Cancel")->id);
  click("button", "Cancel");
  answer("POST", "/api/runs/r1/cancel", 202, R"({"run_id":"r1"})");
  tell("run.finished", R"({"workflow_id":"w1","run_id":"r1","status":"cancelled","results":{},"logs":[]})");
  BOOST_TEST(page.shows("The run was cancelled."));
  BOOST_TEST(page.focused == page.find("button", "Run")->id);
}

BOOST_AUTO_TEST_CASE(a_run_without_a_key_leads_to_the_keys) {
  open_workflow();
  start_run();
  tell("run.finished",
       R"({"workflow_id":"w1","run_id":"r1","status":"error","results":{},"logs":[
           {"node_id":"m","type":"llm","status":"error","started_at":"","duration_ms":1,
            "error":{"code":"no_credential","detail":"there is no OpenAI key of yours"}}]})");
  BOOST_TEST(page.find("p", "There is no OpenAI key of yours."));
  BOOST_TEST(page.find("button", "Model, old-model, Failed"));
  click("a", "Add your key in Settings");
  BOOST_TEST(page.addresses.back() == "/settings/keys");
}

BOOST_AUTO_TEST_CASE(a_run_that_cannot_begin_says_why) {
  open_workflow();
  click("button", "Run");
  answer("POST", "/api/workflows/w1/runs", 429, problem("busy", "too many runs wait already"));
  BOOST_TEST(page.shows("Too many runs wait already."));
  BOOST_TEST(page.find("button", "Run"));
}

BOOST_AUTO_TEST_CASE(the_history_leads_to_a_run_and_shows_more_on_demand) {
  open_workflow("/runs");
  std::string runs;
  for (int i = 1; i <= 20; ++i)
    runs += (i > 1 ? "," : "") + std::string(R"({"run_id":"r)") + std::to_string(i) +
            R"(","workflow_id":"w1","status":"success","started_at":"2026-11-24T10:00:00Z","duration_ms":1240})";
  answer("GET", "/api/runs?workflow_id=w1&limit=20", 200, "[" + runs + "]");
  BOOST_TEST(page.shows("Done in 1.2 s"));
  click("button", "Show older runs");
  answer("GET", "/api/runs?workflow_id=w1&limit=20&before=r20", 200, "[]");
  BOOST_TEST(!page.find("button", "Show older runs"));
  click("a", "24 Nov 2026, 11:00");
  BOOST_TEST(page.addresses.back() == "/workflows/w1/runs/r1");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(everyday_things, Fixture)

BOOST_AUTO_TEST_CASE(keys_lead_to_pages_until_they_are_switched_off) {
  open_signed_in("/settings/account");
  page.press("w");
  run();
  BOOST_TEST(page.addresses.back() == "/workflows");
  page.press("?");
  run();
  BOOST_TEST(page.title == "Keyboard shortcuts · Ownkey");
  click("button", "Switch single keys off");
  page.press("w");
  run();
  BOOST_TEST(page.addresses.back() == "/shortcuts");
}

BOOST_AUTO_TEST_CASE(being_offline_is_said_and_what_failed_is_loaded_when_it_is_over) {
  open_signed_in("/workflows");
  page.world.events.emplace_back(platform::ConnectionChanged{false});
  answer("GET", "/api/workflows", 0, "");
  BOOST_TEST(page.shows("You are offline."));
  page.world.events.emplace_back(platform::ConnectionChanged{true});
  run();
  BOOST_TEST(!page.shows("You are offline."));
  answer("GET", "/api/workflows", 200, "[]");
  BOOST_TEST(page.shows("You have no workflows yet."));
}

BOOST_AUTO_TEST_SUITE_END()
