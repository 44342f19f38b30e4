#include "server/workflow/example_workflows.h"

namespace ownkey::workflow {
namespace {

api::ExampleWorkflow example(const char* id, const char* name, const char* description, const char* canvas) {
  return {id, name, description, json::parse(canvas)};
}

std::vector<api::ExampleWorkflow> make_examples() {
  return {
      example("ask-a-model", "Ask a model", "A question, a model, its answer.", R"json({
        "nodes": [
          {"id": "question", "type": "input", "position": {"x": 0, "y": 0},
           "data": {"label": "Question", "input": "Why is the sky blue? Answer in two sentences."}},
          {"id": "model", "type": "llm", "position": {"x": 280, "y": 0},
           "data": {"label": "Model", "model": "gpt-5.5"}},
          {"id": "answer", "type": "output", "position": {"x": 560, "y": 0}, "data": {"label": "Answer"}}],
        "edges": [
          {"id": "e1", "source": "question", "target": "model"},
          {"id": "e2", "source": "model", "target": "answer"}]})json"),
      example("summarise-and-translate", "Summarise and translate",
              "Two models read the same text at the same time: one sums it up, one translates it.", R"json({
        "nodes": [
          {"id": "text", "type": "input", "position": {"x": 0, "y": 100},
           "data": {"label": "Text", "text": "The printing press made books cheap. Within fifty years there were more of them in Europe than scribes had copied in a thousand.", "language": "French"}},
          {"id": "ask_summary", "type": "template", "position": {"x": 280, "y": 0},
           "data": {"label": "Ask for a summary", "template": "Sum up in one sentence:\n\n{{text}}"}},
          {"id": "ask_translation", "type": "template", "position": {"x": 280, "y": 200},
           "data": {"label": "Ask for a translation", "template": "Translate into {{language}}, and say nothing else:\n\n{{text}}"}},
          {"id": "summary", "type": "llm", "position": {"x": 560, "y": 0},
           "data": {"label": "Summary", "model": "gpt-5.5"}},
          {"id": "translation", "type": "llm", "position": {"x": 560, "y": 200},
           "data": {"label": "Translation", "model": "gpt-5.5"}},
          {"id": "both", "type": "output", "position": {"x": 840, "y": 100}, "data": {"label": "Both"}}],
        "edges": [
          {"id": "e1", "source": "text", "target": "ask_summary"},
          {"id": "e2", "source": "text", "target": "ask_translation"},
          {"id": "e3", "source": "ask_summary", "target": "summary"},
          {"id": "e4", "source": "ask_translation", "target": "translation"},
          {"id": "e5", "source": "summary", "sourceHandle": "generated_text", "target": "both", "targetHandle": "summary"},
          {"id": "e6", "source": "translation", "sourceHandle": "generated_text", "target": "both", "targetHandle": "translation"}]})json"),
      example("agent-with-calculator", "Agent with a calculator",
              "A model that works things out with tools instead of guessing.", R"json({
        "nodes": [
          {"id": "task", "type": "input", "position": {"x": 0, "y": 0},
           "data": {"label": "Task", "input": "I save 250 a month at 3 % a year, paid monthly. How much is it after 10 years?"}},
          {"id": "agent", "type": "agent", "position": {"x": 280, "y": 0},
           "data": {"label": "Agent", "model": "gpt-5.5", "tools": ["calculator", "current_time"], "max_steps": 8,
                    "system_prompt": "Work out every number with the calculator. Then answer in one sentence."}},
          {"id": "answer", "type": "output", "position": {"x": 560, "y": 0}, "data": {"label": "Answer"}}],
        "edges": [
          {"id": "e1", "source": "task", "target": "agent"},
          {"id": "e2", "source": "agent", "target": "answer"}]})json"),
      example("classify-and-answer", "Classify, then answer",
              "A model says whether a message is a complaint; only the fitting answer is written.", R"json({
        "nodes": [
          {"id": "message", "type": "input", "position": {"x": 0, "y": 100},
           "data": {"label": "Message", "message": "My parcel came a week late, and the box was open."}},
          {"id": "ask", "type": "template", "position": {"x": 240, "y": 100},
           "data": {"label": "Ask", "template": "Is this message a complaint? Answer with the one word yes or no.\n\n{{message}}"}},
          {"id": "classify", "type": "llm", "position": {"x": 480, "y": 100},
           "data": {"label": "Classify", "model": "gpt-5.5"}},
          {"id": "is_complaint", "type": "condition", "position": {"x": 720, "y": 100},
           "data": {"label": "A complaint?", "field": "generated_text", "operator": "starts_with", "value": "yes"}},
          {"id": "apology", "type": "llm", "position": {"x": 960, "y": 0},
           "data": {"label": "Apologise", "model": "gpt-5.5"}},
          {"id": "thanks", "type": "llm", "position": {"x": 960, "y": 200},
           "data": {"label": "Thank", "model": "gpt-5.5"}},
          {"id": "ask_apology", "type": "template", "position": {"x": 840, "y": 0},
           "data": {"label": "Ask for an apology", "template": "Write a short apology to this customer: {{message}}"}},
          {"id": "ask_thanks", "type": "template", "position": {"x": 840, "y": 200},
           "data": {"label": "Ask for thanks", "template": "Thank this customer in one sentence: {{message}}"}},
          {"id": "reply", "type": "output", "position": {"x": 1200, "y": 100}, "data": {"label": "Reply"}}],
        "edges": [
          {"id": "e1", "source": "message", "target": "ask"},
          {"id": "e2", "source": "ask", "target": "classify"},
          {"id": "e3", "source": "classify", "target": "is_complaint"},
          {"id": "e4", "source": "message", "target": "is_complaint"},
          {"id": "e5", "source": "is_complaint", "sourceHandle": "true", "target": "ask_apology"},
          {"id": "e6", "source": "is_complaint", "sourceHandle": "false", "target": "ask_thanks"},
          {"id": "e7", "source": "ask_apology", "target": "apology"},
          {"id": "e8", "source": "ask_thanks", "target": "thanks"},
          {"id": "e9", "source": "apology", "target": "reply"},
          {"id": "e10", "source": "thanks", "target": "reply"}]})json"),
      example("compare-two-providers", "Compare two providers",
              "The same question to OpenAI and to Anthropic, the answers side by side.", R"json({
        "nodes": [
          {"id": "question", "type": "input", "position": {"x": 0, "y": 100},
           "data": {"label": "Question", "input": "Name three good habits for writing clear code."}},
          {"id": "openai", "type": "llm", "position": {"x": 280, "y": 0},
           "data": {"label": "OpenAI", "provider": "openai", "model": "gpt-5.5"}},
          {"id": "anthropic", "type": "llm", "position": {"x": 280, "y": 200},
           "data": {"label": "Anthropic", "provider": "anthropic", "model": "claude-opus-5-5"}},
          {"id": "side_by_side", "type": "output", "position": {"x": 560, "y": 100}, "data": {"label": "Side by side"}}],
        "edges": [
          {"id": "e1", "source": "question", "target": "openai"},
          {"id": "e2", "source": "question", "target": "anthropic"},
          {"id": "e3", "source": "openai", "sourceHandle": "generated_text", "target": "side_by_side", "targetHandle": "openai"},
          {"id": "e4", "source": "anthropic", "sourceHandle": "generated_text", "target": "side_by_side", "targetHandle": "anthropic"}]})json"),
  };
}

}  // namespace

const std::vector<api::ExampleWorkflow>& example_workflows() {
  static const auto examples = make_examples();
  return examples;
}

}  // namespace ownkey::workflow
