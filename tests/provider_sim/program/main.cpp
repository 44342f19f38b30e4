// ownkey-provider-sim: the provider simulator as a program.
#include <CLI/CLI.hpp>
#include <csignal>
#include <iostream>

#include "tests/provider_sim/simulator.h"

namespace {

using namespace ownkey::provider_sim;

constexpr int kBadUsage = 2;

std::string footer() {
  std::string text =
      "A key or a prompt asks for trouble by name: key 'sk-sim-openai-no-credit', prompt '[sim:no-credit]'.\nNames:";
  for (const auto& [fault, name] : kFaultNames) text += " " + std::string(name);
  return text;
}

// "127.0.0.1:8090"; an IPv6 address stands in brackets.
bool read_listen(const std::string& text, SimulatorOptions& options) {
  const auto colon = text.rfind(':');
  if (colon == std::string::npos || colon == 0) return false;
  options.address = text.substr(0, colon);
  if (options.address.front() == '[') options.address = options.address.substr(1, options.address.size() - 2);
  const std::string port = text.substr(colon + 1);
  if (port.empty() || port.size() > 5 || port.find_first_not_of("0123456789") != std::string::npos) return false;
  options.port = std::stoi(port);
  return options.port <= 65535;
}

void wait_for_end() {
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGINT);
  sigaddset(&ends, SIGTERM);
  int which = 0;
  sigwait(&ends, &which);
}

// Before any thread starts, so that all of them leave these signals to wait_for_end.
void block_ends() {
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGINT);
  sigaddset(&ends, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &ends, nullptr);
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Speaks the wire formats of OpenAI, Anthropic and Gemini, for tests and trying out",
               "ownkey-provider-sim");
  app.footer(footer());
  std::string listen = "127.0.0.1:0";
  std::string log_file;
  int delay_ms = 0;
  int chunk_delay_ms = 0;
  bool print_keys = false;
  app.add_option("--listen", listen, "ADDRESS:PORT to listen on; port 0 picks a free one")->capture_default_str();
  app.add_option("--log", log_file, "file that gets one JSON line a request, with the key in clear");
  app.add_option("--delay-ms", delay_ms, "wait before each answer")->check(CLI::Range(0, 600'000));
  app.add_option("--chunk-delay-ms", chunk_delay_ms, "wait between the events of a stream")
      ->check(CLI::Range(0, 600'000));
  app.add_flag("--print-keys", print_keys, "print a key that works for each provider, and end");
  SimulatorOptions options;
  try {
    app.parse(argc, argv);
    if (!read_listen(listen, options))
      throw CLI::ValidationError("--listen", "needs ADDRESS:PORT, got '" + listen + "'");
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);
    std::cerr << "ownkey-provider-sim: " << error.what() << " (see --help)\n";
    return kBadUsage;
  }
  if (print_keys) {
    for (const auto& key : Simulator::example_keys()) std::cout << key << '\n';
    return 0;
  }
  options.delay = std::chrono::milliseconds(delay_ms);
  options.chunk_delay = std::chrono::milliseconds(chunk_delay_ms);
  RequestLog log(log_file);
  if (log.failed()) {
    std::cerr << "ownkey-provider-sim: cannot write to the log file '" << log_file << "'\n";
    return 1;
  }
  block_ends();
  Simulator simulator(options, log);
  if (!simulator.start()) {
    std::cerr << "ownkey-provider-sim: cannot listen on " << listen << "; is another program using it?\n";
    return 1;
  }
  std::cout << "provider simulator listening on " << simulator.origin() << std::endl;
  wait_for_end();
  return 0;
}
