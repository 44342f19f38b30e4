#include "server/workflow/tools/tools.h"

#include <httplib.h>

#include <boost/test/unit_test.hpp>

#include <thread>

#include "server/workflow/tools/schema.h"
#include "tests/support/vault_fixture.h"

using namespace ownkey;
using namespace ownkey::workflow;

namespace {

// A web site on loopback.
struct Site {
  httplib::Server server;
  int port = 0;
  std::thread thread;

  Site() {
    server.Get("/page", [](const httplib::Request& request, httplib::Response& response) {
      response.set_content("q=" + request.get_param_value("q") + " auth=" + request.get_header_value("Authorization"),
                           "text/plain");
    });
    server.Get("/large", [](const httplib::Request&, httplib::Response& response) {
      response.set_content(std::string(300'000, 'x'), "text/plain");
    });
    server.Get("/binary", [](const httplib::Request&, httplib::Response& response) {
      response.set_content(std::string("PNG\0\1", 5), "image/png");
    });
    server.Get("/away", [](const httplib::Request&, httplib::Response& response) { response.set_redirect("/page"); });
    server.Get("/w/api.php", [](const httplib::Request& request, httplib::Response& response) {
      if (request.get_param_value("gsrsearch").starts_with("{"))
        return response.set_content(request.get_param_value("gsrsearch"), "application/json");
      const json pages{{{"index", 2}, {"title", "Second"}, {"extract", "Two."}, {"fullurl", "https://x/2"}},
                       {{"index", 1}, {"title", request.get_param_value("gsrsearch")}, {"extract", "One."}}};
      response.set_content(json{{"query", {{"pages", pages}}}}.dump(), "application/json");
    });
    port = server.bind_to_any_port("127.0.0.1");
    thread = std::thread([this] { server.listen_after_bind(); });
    server.wait_until_ready();
  }
  ~Site() {
    server.stop();
    thread.join();
  }
  std::string url(const std::string& path = {}) const { return "http://127.0.0.1:" + std::to_string(port) + path; }
};

std::unique_ptr<Tools> make(ToolOptions options = {}) { return test::value_of(Tools::create(options)); }

json call(const Tools& tools, std::string_view name, const json& args) {
  return test::value_of(tools.call(name, args, {}));
}

std::string failure(const Tools& tools, std::string_view name, const json& args) {
  const auto result = tools.call(name, args, {});
  BOOST_REQUIRE_MESSAGE(!result, name << " " << args.dump());
  return result.error().public_text;
}

bool says(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

BOOST_AUTO_TEST_SUITE(tools)

BOOST_AUTO_TEST_CASE(arguments_are_checked_before_a_call) {
  const auto tools = make();
  BOOST_TEST(says(failure(*tools, "calculator", json::object()), "'args.expression' is missing"));
  BOOST_TEST(says(failure(*tools, "calculator", {{"expression", 5}}), "'args.expression' must be of type string"));
  BOOST_TEST(says(failure(*tools, "calculator", {{"expression", "1"}, {"x", 1}}), "'args.x' is not known"));
  BOOST_TEST(says(failure(*tools, "calculator", "1+1"), "'args' must be of type object"));
  BOOST_TEST(says(failure(*tools, "shell", json::object()), "there is no tool 'shell'"));
  BOOST_TEST(says(failure(*tools, "wikipedia", {{"query", "x"}, {"articles", 9}}), "switched off"));
}

BOOST_AUTO_TEST_CASE(a_schema_is_checked_with_types_ranges_and_choices) {
  const auto ok = [](const json& schema, const json& value) { return bool(check_schema(schema, value, "v")); };
  BOOST_TEST(ok({{"type", "integer"}, {"minimum", 1}, {"maximum", 5}}, 5));
  BOOST_TEST(!ok({{"type", "integer"}, {"minimum", 1}, {"maximum", 5}}, 6));
  BOOST_TEST(!ok({{"type", "integer"}}, 1.5));
  BOOST_TEST(ok({{"type", "number"}}, 1));
  BOOST_TEST(!ok({{"enum", {"a", "b"}}}, "c"));
  BOOST_TEST(!ok({{"type", "array"}, {"items", {{"type", "boolean"}}}}, json::array({true, 1})));
  BOOST_TEST(ok({{"type", "string"}, {"maxLength", 2}}, "äö"));
  BOOST_TEST(!ok({{"type", "string"}, {"minLength", 1}}, ""));
}

BOOST_AUTO_TEST_CASE(the_calculator_gives_numbers_that_people_expect) {
  const auto tools = make();
  BOOST_TEST(call(*tools, "calculator", {{"expression", "0.1 + 0.2"}}) == json(0.3));
  BOOST_TEST(call(*tools, "calculator", {{"expression", "12 * 12"}}).is_number_integer());
  BOOST_TEST(call(*tools, "calculator", {{"expression", "1 / 3"}}).get<double>() == 0.333333333333333);
  BOOST_TEST(says(failure(*tools, "calculator", {{"expression", "1 / 0"}}), "divide by zero"));
}

BOOST_AUTO_TEST_CASE(the_time_is_told_in_a_zone_of_the_iana_database) {
  const auto tools = make();
  const auto tokyo = call(*tools, "current_time", {{"timezone", "Asia/Tokyo"}});
  BOOST_TEST(tokyo.at("utc_offset") == "+09:00");
  BOOST_TEST(tokyo.at("time").get<std::string>().ends_with("+09:00"));
  BOOST_TEST(call(*tools, "current_time", json::object()).at("timezone") == "UTC");
  BOOST_TEST(says(failure(*tools, "current_time", {{"timezone", "Mars/Base"}}), "no time zone 'Mars/Base'"));
  BOOST_TEST(says(failure(*tools, "current_time", {{"timezone", "../../etc/passwd"}}), "no time zone"));
}

BOOST_AUTO_TEST_CASE(a_pointer_takes_one_value_out_of_json) {
  const auto tools = make();
  const json data{{"items", {{{"name", "a/b"}}, {{"name", "c"}}}}, {"x/y", 1}};
  BOOST_TEST(call(*tools, "json_query", {{"data", data}, {"pointer", "/items/1/name"}}) == "c");
  BOOST_TEST(call(*tools, "json_query", {{"data", data.dump()}, {"pointer", "/x~1y"}}) == 1);
  BOOST_TEST(call(*tools, "json_query", {{"data", data}, {"pointer", ""}}) == data);
  BOOST_TEST(says(failure(*tools, "json_query", {{"data", data}, {"pointer", "/items/7"}}), "a list of 2"));
  BOOST_TEST(says(failure(*tools, "json_query", {{"data", data}, {"pointer", "/nothing/here"}}), "'items', 'x/y'"));
  BOOST_TEST(says(failure(*tools, "json_query", {{"data", data}, {"pointer", "items"}}), "begin with '/'"));
  BOOST_TEST(says(failure(*tools, "json_query", {{"data", "{oops"}, {"pointer", ""}}), "not JSON"));
}

BOOST_AUTO_TEST_CASE(http_get_is_off_until_hosts_are_listed_and_asks_no_others) {
  const Site site;
  const auto off = make();
  BOOST_TEST(!off->find("http_get")->unavailable().empty());
  BOOST_TEST(says(failure(*off, "http_get", {{"url", site.url("/page")}}), "OWNKEY_TOOL_HOSTS"));

  const auto tools = make({.hosts = {"127.0.0.1", "*.example.com"}});
  const auto page = call(*tools, "http_get", {{"url", site.url("/page?q=a%20b#part")}});
  BOOST_TEST(page.at("status") == 200);
  BOOST_TEST(page.at("body") == "q=a b auth=");
  for (const auto* url : {"http://localhost/", "https://example.org/", "http://127.0.0.1.example.org/", "http://[::1]/",
                          "http://2130706433/", "file:///etc/passwd", "http://a@127.0.0.1/", "http://127.0.0.1/ x",
                          "http://127.0.0.1/\r\nX: y"})
    BOOST_TEST(!tools->call("http_get", {{"url", url}}, {}), url);
}

BOOST_AUTO_TEST_CASE(a_host_behind_a_star_leads_to_no_private_address) {
  // localhost resolves everywhere, to an address that a pattern does not vouch for.
  const auto tools = make({.hosts = {"*"}});
  BOOST_TEST(!tools->call("http_get", {{"url", "https://localhost/"}}, {}));
  BOOST_TEST(!tools->call("http_get", {{"url", "http://127.0.0.1/"}}, {}));
  BOOST_TEST(!tools->call("http_get", {{"url", "https://169.254.169.254/latest"}}, {}));
}

BOOST_AUTO_TEST_CASE(http_get_follows_no_redirect_and_brings_no_more_than_its_bound) {
  const Site site;
  const auto tools = make({.hosts = {"127.0.0.1"}});
  BOOST_TEST(call(*tools, "http_get", {{"url", site.url("/away")}}).at("status") == 302);
  const auto large = call(*tools, "http_get", {{"url", site.url("/large")}});
  BOOST_TEST(large.at("cut") == true);
  BOOST_TEST(large.dump().size() <= kMaxToolOutput);
  BOOST_TEST(says(failure(*tools, "http_get", {{"url", site.url("/binary")}}), "not text"));
}

BOOST_AUTO_TEST_CASE(wikipedia_brings_articles_in_the_order_of_the_search) {
  const Site site;
  const auto tools = make({.wikipedia_url = site.url()});
  const auto found = call(*tools, "wikipedia", {{"query", "Ada & Charles"}});
  BOOST_TEST(found.at(0).at("title") == "Ada & Charles");
  BOOST_TEST(found.at(0).at("summary") == "One.");
  BOOST_TEST(found.at(1).at("url") == "https://x/2");
  const auto unreachable = make({.wikipedia_url = "http://127.0.0.1:1"});
  BOOST_TEST(says(failure(*unreachable, "wikipedia", {{"query", "x"}}), "Wikipedia cannot be reached"));
}

// Regression: another type than was expected ended the run of the agent that asked.
BOOST_AUTO_TEST_CASE(wikipedia_takes_whatever_json_it_is_answered) {
  const Site site;  // answers with what was searched for
  const auto tools = make({.wikipedia_url = site.url()});
  const auto found = [&](const std::string& answer) { return call(*tools, "wikipedia", {{"query", answer}}); };
  for (const auto* answer : {R"({"query":[]})", R"({"query":{"pages":{}}})", R"({"query":"x"})", R"({"pages":1})"})
    BOOST_TEST(found(answer) == json::array());
  const auto page = found(R"({"query":{"pages":[7,{"index":"2","title":5,"extract":null,"fullurl":"https://x"}]}})");
  BOOST_REQUIRE(page.size() == 2U);
  BOOST_TEST((page.at(1) == json{{"title", ""}, {"summary", ""}, {"url", "https://x"}}));
}

BOOST_AUTO_TEST_CASE(what_the_operator_mistyped_is_said_at_the_start) {
  BOOST_TEST(says(Tools::create({.hosts = {"not a host"}}).error().public_text, "OWNKEY_TOOL_HOSTS"));
  BOOST_TEST(says(Tools::create({.wikipedia_url = "wikipedia"}).error().public_text, "OWNKEY_WIKIPEDIA_URL"));
}

BOOST_AUTO_TEST_SUITE_END()
