#include "server/llm/connection_pool.h"

#include <boost/test/unit_test.hpp>
#include <future>

#include "tests/support/raw_server.h"

using namespace ownkey;
using namespace ownkey::llm;
using std::chrono::milliseconds;
using test::RawConnection;
using test::RawServer;

namespace {

std::unique_ptr<Connection> connect(const Endpoint& endpoint) {
  const auto resolver = system_resolver();
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(5);
  auto opened = Connection::open(endpoint, {resolver, nullptr, ""}, deadline, {});
  BOOST_REQUIRE(opened);
  return std::move(*opened);
}

Endpoint endpoint_at(int port) { return {"Testy", {false, "127.0.0.1", port, ""}, Trust::Operator}; }

}  // namespace

BOOST_AUTO_TEST_SUITE(connection_pool)

BOOST_AUTO_TEST_CASE(a_connection_goes_back_to_its_own_host_alone) {
  RawServer one([](RawConnection& connection) { connection.wait_for_close(10'000); });
  RawServer two([](RawConnection& connection) { connection.wait_for_close(10'000); });
  ConnectionPool pool;
  pool.put(endpoint_at(one.port()), connect(endpoint_at(one.port())));
  BOOST_TEST(!pool.take(endpoint_at(two.port())));
  auto trusted = endpoint_at(one.port());
  trusted.trust = Trust::Listed;
  BOOST_TEST(!pool.take(trusted), "another rule judged that address");
  BOOST_TEST(bool(pool.take(endpoint_at(one.port()))));
  BOOST_TEST(!pool.take(endpoint_at(one.port())));
}

BOOST_AUTO_TEST_CASE(connections_to_a_host_that_nobody_asks_any_more_are_closed) {
  std::promise<bool> closed;
  RawServer forgotten([&](RawConnection& connection) { closed.set_value(connection.wait_for_close(10'000)); });
  RawServer busy([](RawConnection& connection) { connection.wait_for_close(10'000); });
  ConnectionPool pool(milliseconds(20));
  pool.put(endpoint_at(forgotten.port()), connect(endpoint_at(forgotten.port())));
  auto seen = closed.get_future();
  while (seen.wait_for(milliseconds(30)) != std::future_status::ready)
    pool.put(endpoint_at(busy.port()), connect(endpoint_at(busy.port())));
  BOOST_TEST(seen.get());
}

BOOST_AUTO_TEST_SUITE_END()
