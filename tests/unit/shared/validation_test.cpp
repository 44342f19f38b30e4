#include "shared/validation.h"

#include <boost/test/unit_test.hpp>

using namespace ownkey;

BOOST_AUTO_TEST_SUITE(validation)

BOOST_AUTO_TEST_CASE(an_email_address_is_trimmed_and_lowered) {
  BOOST_TEST(*valid_email("  Ada@Example.COM \n") == "ada@example.com");
}

BOOST_AUTO_TEST_CASE(what_is_no_email_address_is_refused_with_its_field) {
  for (const auto* text : {"", "ada", "@example.com", "ada@", "ada@@example.com", "a b@example.com", "ada@example..com",
                           "ada@.example.com", "ada@example.com.", "ada@exa,mple.com", "ada@x@y"}) {
    const auto result = valid_email(text);
    BOOST_REQUIRE_MESSAGE(!result, text);
    BOOST_TEST(result.error().field == "email");
  }
  BOOST_TEST(!valid_email(std::string(250, 'a') + "@b.de"));
}

BOOST_AUTO_TEST_CASE(a_password_has_8_to_1024_bytes_and_no_other_rule) {
  BOOST_TEST(!valid_password(Secret("1234567")));
  BOOST_TEST(bool(valid_password(Secret("        "))));
  BOOST_TEST(bool(valid_password(Secret(std::string(1024, 'x')))));
  BOOST_TEST(!valid_password(Secret(std::string(1025, 'x'))));
}

BOOST_AUTO_TEST_CASE(white_space_round_a_pasted_key_goes_and_is_said) {
  for (const auto* pasted :
       {" sk-abc", "sk-abc\n", "\r\n\tsk-abc \n", "\u00A0sk-abc\u00A0", "\uFEFFsk-abc", "sk-abc\u200B"}) {
    const auto tidy = valid_api_key(Secret(pasted));
    BOOST_REQUIRE(tidy);
    BOOST_TEST(tidy->key.reveal() == "sk-abc");
    BOOST_TEST(tidy->trimmed);
  }
  BOOST_TEST(!valid_api_key(Secret("sk-abc"))->trimmed);
}

BOOST_AUTO_TEST_CASE(an_empty_torn_huge_or_odd_key_is_refused_without_repeating_it) {
  for (const auto& pasted : {std::string(), std::string("  \n "), std::string("sk-abc def"), std::string("sk-abc\ndef"),
                             std::string("sk-abc\0def", 10), std::string("sk-äbc"), std::string("••••••••"),
                             std::string(kMaxKeyBytes + 1, 'k')}) {
    const auto result = valid_api_key(Secret(pasted));
    BOOST_REQUIRE(!result);
    BOOST_TEST(result.error().field == "api_key");
    BOOST_TEST(result.error().public_text.find("sk-") == std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(no_shape_of_key_is_refused_for_its_prefix) {
  for (const auto* key : {"x", "AQ.Ab8RN6", "AIzaSyD", "sk-ant-api03-x", "gsk_123", "Bearer-like", "{}"})
    BOOST_TEST(bool(valid_api_key(Secret(key))));
}

BOOST_AUTO_TEST_CASE(a_label_can_stand_in_a_path) {
  BOOST_TEST(*valid_label(" work-2 ") == "work-2");
  for (const auto* text : {"", "Work", "a/b", "a b", "..", ".hidden", "verify", "undo", "uses", "ä"})
    BOOST_TEST(!valid_label(text));
}

BOOST_AUTO_TEST_SUITE_END()
