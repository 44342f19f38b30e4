#include "server/llm/host_rules.h"

#include <boost/test/unit_test.hpp>

#include "server/llm/resolver.h"

using namespace ownkey;
using namespace ownkey::llm;

namespace {

bool is_public(std::string_view text) {
  const auto address = IpAddress::parse(text);
  BOOST_REQUIRE_MESSAGE(address, text << " is an address");
  return address->is_public();
}

Url url(std::string_view text) {
  auto parsed = Url::parse(text);
  BOOST_REQUIRE_MESSAGE(parsed, text << " is a URL");
  return *parsed;
}

bool matches(std::string_view pattern, std::string_view text) {
  const auto parsed = HostPattern::parse(pattern);
  BOOST_REQUIRE_MESSAGE(parsed, pattern << " is a pattern");
  return parsed->matches(url(text));
}

bool allowed(std::string_view url_text, std::string_view address, Trust trust) {
  return !refusal(url(url_text), *IpAddress::parse(address), trust);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(host_rules)

BOOST_AUTO_TEST_CASE(addresses_of_the_internet_are_public) {
  for (const auto* text : {"1.1.1.1",
                           "8.8.8.8",
                           "9.255.255.255",
                           "11.0.0.0",
                           "100.63.255.255",
                           "100.128.0.0",
                           "126.255.255.255",
                           "128.0.0.0",
                           "169.253.255.255",
                           "169.255.0.0",
                           "172.15.255.255",
                           "172.32.0.0",
                           "192.167.255.255",
                           "192.169.0.0",
                           "198.17.255.255",
                           "198.20.0.0",
                           "223.255.255.255",
                           "2606:4700:4700::1111",
                           "2a00:1450:4001::200e",
                           "2001:4860:4860::8888"})
    BOOST_TEST(is_public(text), text);
}

BOOST_AUTO_TEST_CASE(special_addresses_are_not_public) {
  for (const auto* text : {"0.0.0.0",
                           "0.255.255.255",
                           "10.0.0.0",
                           "10.255.255.255",
                           "100.64.0.0",
                           "100.127.255.255",
                           "127.0.0.1",
                           "127.255.255.255",
                           "169.254.169.254",
                           "172.16.0.0",
                           "172.31.255.255",
                           "192.0.0.1",
                           "192.0.2.1",
                           "192.88.99.1",
                           "192.168.0.1",
                           "192.168.255.255",
                           "198.18.0.0",
                           "198.19.255.255",
                           "198.51.100.1",
                           "203.0.113.1",
                           "224.0.0.1",
                           "239.255.255.255",
                           "240.0.0.1",
                           "255.255.255.255",
                           "::",
                           "::1",
                           "fe80::1",
                           "febf::1",
                           "fc00::1",
                           "fdff::1",
                           "ff02::1",
                           "fec0::1",
                           "2001:db8::1",
                           "3fff::1",
                           "100::1"})
    BOOST_TEST(!is_public(text), text);
}

BOOST_AUTO_TEST_CASE(addresses_inside_addresses_are_not_public) {
  for (const auto* text :
       {"::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::a00:1",
        "2002:7f00:1::", "2002:808:808::1", "2001::1", "2001:0:4136:e378:8000:63bf:f5ff:fffe"})
    BOOST_TEST(!is_public(text), text);
}

BOOST_AUTO_TEST_CASE(odd_written_forms_are_judged_by_where_they_lead) {
  const auto resolver = system_resolver();
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(5);
  for (const auto* text : {"2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "127.1", "localhost"}) {
    const auto addresses = resolver(text, 443, deadline, {});
    BOOST_REQUIRE_MESSAGE(addresses, text << " resolves");
    for (const auto& address : *addresses) BOOST_TEST(IpAddress::from(address.get())->is_loopback(), text);
  }
}

BOOST_AUTO_TEST_CASE(a_url_is_taken_apart) {
  const auto plain = url("https://API.Example.com");
  BOOST_TEST(plain.https);
  BOOST_TEST(plain.host == "api.example.com");
  BOOST_TEST(plain.port == 443);
  BOOST_TEST(plain.path == "");
  BOOST_TEST(plain.host_header() == "api.example.com");
  const auto full = url("http://[::1]:8080/openai/v1/");
  BOOST_TEST(!full.https);
  BOOST_TEST(full.host == "::1");
  BOOST_TEST(full.port == 8080);
  BOOST_TEST(full.path == "/openai/v1");
  BOOST_TEST(full.host_header() == "[::1]:8080");
}

BOOST_AUTO_TEST_CASE(what_is_no_base_url_is_refused) {
  for (const auto* text :
       {"", "api.example.com", "ftp://example.com", "https://", "https:///v1", "https://user:pw@example.com",
        "https://user@example.com", "https://example.com?x=1", "https://example.com/v1?key=1", "https://example.com/#x",
        "https://example.com:0", "https://example.com:99999", "https://example.com:x", "https://exa mple.com",
        "https://example.com/\r\nHost: evil", "https://[::1", "https://::1/", "https://example.com\\@evil.com",
        "https://exämple.com"})
    BOOST_TEST(!Url::parse(text), text);
}

BOOST_AUTO_TEST_CASE(a_pattern_matches_its_hosts_and_no_others) {
  BOOST_TEST(matches("api.example.com", "https://api.example.com/v1"));
  BOOST_TEST(matches("api.example.com", "https://api.example.com:8443/v1"));
  BOOST_TEST(matches("API.example.com:8443", "https://api.example.com:8443/v1"));
  BOOST_TEST(!matches("api.example.com:8443", "https://api.example.com/v1"));
  BOOST_TEST(!matches("api.example.com", "https://api.example.com.evil.com/v1"));
  BOOST_TEST(!matches("api.example.com", "https://xapi.example.com/v1"));
  BOOST_TEST(matches("*.example.com", "https://a.b.example.com"));
  BOOST_TEST(!matches("*.example.com", "https://example.com"));
  BOOST_TEST(!matches("*.example.com", "https://evilexample.com"));
  BOOST_TEST(!matches("*.example.com", "https://a.example.com:8443"));
  BOOST_TEST(matches("*.example.com:8443", "https://a.example.com:8443"));
  BOOST_TEST(matches("*", "https://anything.org"));
  BOOST_TEST(matches("[::1]:11434", "http://[::1]:11434/v1"));
}

BOOST_AUTO_TEST_CASE(what_is_no_pattern_is_refused) {
  for (const auto* text : {"", "a*.example.com", "https://example.com", "example.com/v1", "example.com:x", "*.*.com"})
    BOOST_TEST(!HostPattern::parse(text), text);
}

BOOST_AUTO_TEST_CASE(public_hosts_need_https_and_a_public_address) {
  BOOST_TEST(allowed("https://api.example.com", "8.8.8.8", Trust::Public));
  BOOST_TEST(!allowed("http://api.example.com", "8.8.8.8", Trust::Public));
  BOOST_TEST(!allowed("https://api.example.com", "10.0.0.1", Trust::Public));
  BOOST_TEST(!allowed("https://api.example.com", "127.0.0.1", Trust::Public));
}

BOOST_AUTO_TEST_CASE(the_operators_base_url_may_be_anywhere_but_unencrypted_only_on_this_machine) {
  BOOST_TEST(allowed("https://proxy.internal", "10.0.0.1", Trust::Operator));
  BOOST_TEST(allowed("http://localhost:8090", "127.0.0.1", Trust::Operator));
  BOOST_TEST(allowed("http://localhost:8090", "::1", Trust::Operator));
  BOOST_TEST(!allowed("http://proxy.internal", "10.0.0.1", Trust::Operator));
  BOOST_TEST(!allowed("http://api.example.com", "8.8.8.8", Trust::Operator));
}

BOOST_AUTO_TEST_CASE(a_host_that_is_listed_in_full_may_be_anything) {
  BOOST_TEST(allowed("http://ollama.internal:11434", "10.0.0.1", Trust::Listed));
}

// Regression: whoever owns a listed name could point it at the cloud's own service.
BOOST_AUTO_TEST_CASE(a_listed_name_leads_to_no_address_that_no_service_has) {
  for (const auto* address : {"169.254.169.254", "fe80::1", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "0.0.0.0",
                              "::", "224.0.0.1", "ff02::1"})
    BOOST_TEST(!allowed("http://api.partner.example", address, Trust::Listed), address);
  BOOST_TEST(allowed("http://169.254.10.20", "169.254.10.20", Trust::Listed));  // listed as such
}

BOOST_AUTO_TEST_SUITE_END()
