#include "server/http/assets.h"

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <string>

#include "server/http/router.h"
#include "server/http/security_headers.h"
#include "tests/support/temp_folder.h"

namespace ownkey::http {
namespace {

struct WebApp {
  test::TempFolder folder;

  WebApp() {
    std::filesystem::create_directory(folder / "assets");
    add("index.html", "<!doctype html>");
    add("favicon.svg", "<svg/>");
    add("assets/app-1f0c44d2.js", "plain script");
    add("assets/app-1f0c44d2.js.br", "brotli script");
    add("assets/app-1f0c44d2.js.gz", "gzip script");
    add("assets/app-1f0c44d2.wasm", "wasm");
    add("assets/style.css", "css");
    add(".secret", "no");
  }

  void add(const std::string& name, const std::string& text) { test::write_file(folder / name, text); }
  Router router() const { return Router(*asset_routes(folder.path())); }

  Response get(std::string_view path, Pairs headers = {}) const {
    const Router table = router();
    const auto found = table.find("GET", path);
    const auto* match = std::get_if<Router::Match>(&found);
    if (!match) return {.status = 404};
    return *match->route->handler({.headers = std::move(headers)});
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(http_assets, WebApp)

BOOST_AUTO_TEST_CASE(every_address_of_the_page_gives_the_page) {
  for (const auto path : {"/", "/login", "/register", "/settings", "/settings/account", "/workflows", "/workflows/7"}) {
    const auto response = get(path);
    BOOST_TEST_CONTEXT(path) {
      BOOST_TEST(response.status == 200);
      BOOST_TEST(response.body == "<!doctype html>");
      BOOST_TEST(response.header("Content-Type").value() == "text/html; charset=utf-8");
    }
  }
}

BOOST_AUTO_TEST_CASE(settings_and_workflows_need_a_session) {
  const Router table = router();
  for (const auto& route : table.routes()) {
    const bool needs_session = route.pattern.starts_with("/settings") || route.pattern.starts_with("/workflows");
    BOOST_TEST_CONTEXT(route.pattern) { BOOST_TEST((route.access == Access::SignedInPage) == needs_session); }
  }
}

BOOST_AUTO_TEST_CASE(only_files_that_were_there_at_start_are_served) {
  const Router table = router();
  add("assets/late.js", "late");
  for (const auto path : {"/assets/late.js", "/assets/..%2Findex.html", "/assets/../index.html", "/.secret",
                          "/index.html", "/assets/app-1f0c44d2.js.br", "/assets/", "/assets"})
    BOOST_TEST_CONTEXT(path) { BOOST_TEST((std::holds_alternative<Router::NoSuchPath>(table.find("GET", path)))); }
}

BOOST_AUTO_TEST_CASE(the_best_coding_that_the_client_takes_is_sent) {
  const auto brotli = get("/assets/app-1f0c44d2.js", {{"Accept-Encoding", "gzip, br"}});
  BOOST_TEST(brotli.body == "brotli script");
  BOOST_TEST(brotli.header("Content-Encoding").value() == "br");
  BOOST_TEST(brotli.header("Vary").value() == "Accept-Encoding");
  BOOST_TEST(brotli.header("Content-Type").value() == "text/javascript; charset=utf-8");
  BOOST_TEST(get("/assets/app-1f0c44d2.js", {{"Accept-Encoding", "gzip"}}).body == "gzip script");
  const auto plain = get("/assets/app-1f0c44d2.js", {{"Accept-Encoding", "br;q=0"}});
  BOOST_TEST(plain.body == "plain script");
  BOOST_TEST(!plain.header("Content-Encoding").has_value());
  BOOST_TEST(get("/assets/style.css", {{"Accept-Encoding", "br"}}).body == "css");
}

BOOST_AUTO_TEST_CASE(what_the_client_has_is_not_sent_again) {
  const Pairs brotli{{"Accept-Encoding", "br"}};
  const std::string etag(get("/assets/app-1f0c44d2.js", brotli).header("ETag").value());
  const auto again = get("/assets/app-1f0c44d2.js", {{"Accept-Encoding", "br"}, {"If-None-Match", etag}});
  BOOST_TEST(again.status == 304);
  BOOST_TEST(again.body == "");
  BOOST_TEST(again.header("ETag").value() == etag);
  BOOST_TEST(again.header("Vary").value() == "Accept-Encoding");
  BOOST_TEST(get("/assets/app-1f0c44d2.js", {{"If-None-Match", etag}}).status == 200);
}

// Regression: a 304 without a type got the policy of other answers, and browsers then refused the page's own script.
BOOST_AUTO_TEST_CASE(a_page_that_the_client_has_keeps_the_policy_of_a_page) {
  const SecurityHeaders headers(false);
  const auto page = get("/login", {});
  const std::string etag(page.header("ETag").value());
  const auto again = get("/login", {{"If-None-Match", etag}});
  BOOST_TEST(again.status == 304);
  BOOST_TEST(headers.lines_for(again) == headers.lines_for(page));
}

BOOST_AUTO_TEST_CASE(only_names_made_from_the_content_are_kept_for_good) {
  const Router table = router();
  for (const auto& route : table.routes()) {
    const bool named_by_content = route.pattern.find("1f0c44d2") != std::string::npos;
    BOOST_TEST_CONTEXT(route.pattern) {
      BOOST_TEST((route.cache == (named_by_content ? Cache::Immutable : Cache::Revalidate)));
    }
  }
}

BOOST_AUTO_TEST_CASE(web_assembly_has_the_type_that_browsers_insist_on) {
  BOOST_TEST(get("/assets/app-1f0c44d2.wasm").header("Content-Type").value() == "application/wasm");
}

BOOST_AUTO_TEST_CASE(a_folder_without_a_page_is_an_error_that_names_it) {
  const auto routes = asset_routes(folder / "assets");
  BOOST_REQUIRE(!routes);
  BOOST_TEST(routes.error().public_text.find((folder / "assets").string()) != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace ownkey::http
