// Every class of error, in the words of each provider.
#include "server/llm/provider_error.h"

#include <boost/test/unit_test.hpp>

#include "server/llm/provider_client.h"

using namespace ownkey;
using namespace ownkey::llm;

namespace {

struct Case {
  Provider provider;
  int status;
  const char* body;
  ErrorKind expected;
};

using enum ErrorKind;
constexpr auto kOpenAi = Provider::OpenAi;
constexpr auto kAnthropic = Provider::Anthropic;
constexpr auto kGoogle = Provider::Google;

const Case kCases[] = {
    {kOpenAi, 401,
     R"({"error":{"message":"Incorrect API key provided: sk-x.","type":"invalid_request_error","param":null,"code":"invalid_api_key"}})",
     KeyRejected},
    {kOpenAi, 401,
     R"({"error":{"message":"You have insufficient permissions for this operation. Missing scopes: model.request.","type":"invalid_request_error","param":null,"code":null}})",
     PermissionDenied},
    {kOpenAi, 401, R"({"error":{"message":"no","type":"invalid_request_error","code":"ip_not_authorized"}})",
     PermissionDenied},
    {kOpenAi, 403,
     R"({"error":{"message":"Country, region, or territory not supported","type":"request_forbidden","param":null,"code":"unsupported_country_region_territory"}})",
     CountryNotServed},
    {kOpenAi, 429,
     R"({"error":{"message":"You exceeded your current quota","type":"insufficient_quota","param":null,"code":"insufficient_quota"}})",
     NoCredit},
    {kOpenAi, 429, R"({"error":{"message":"no","type":"insufficient_quota","code":"credit_balance_exhausted"}})",
     NoCredit},
    {kOpenAi, 429, R"({"error":{"message":"Rate limit reached","type":"requests","code":"rate_limit_exceeded"}})",
     ProviderRateLimited},
    {kOpenAi, 429, R"({"error":{"message":"slow down","type":"requests","code":"slow_down"}})", ProviderRateLimited},
    {kOpenAi, 503,
     R"({"error":{"message":"overloaded","type":"service_unavailable_error","code":"server_is_overloaded"}})",
     ProviderOverloaded},
    {kOpenAi, 400,
     R"({"error":{"message":"This model's maximum context length is 16385 tokens.","type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}})",
     ContextTooLong},
    {kOpenAi, 404,
     R"({"error":{"message":"The model `x` does not exist","type":"invalid_request_error","code":"model_not_found"}})",
     ModelNotFound},
    {kOpenAi, 400,
     R"({"error":{"message":"Unsupported value","type":"invalid_request_error","param":"temperature","code":"unsupported_value"}})",
     ProviderError},
    {kOpenAi, 500, R"({"error":{"message":"The server had an error","type":"server_error"}})", ProviderError},
    {kOpenAi, 504, "", ProviderTimeout},
    {kOpenAi, 502, "<html>Bad gateway</html>", ProviderError},
    {kOpenAi, 401, "", KeyRejected},
    {kOpenAi, 400, R"({"error":"a text where an object should be"})", ProviderError},

    {kOpenAi, 401, R"({"error":{"message":"IP not authorized","type":"invalid_request_error"}})", PermissionDenied},
    {kOpenAi, 503, R"({"error":{"message":"no","code":"slow_down"}})", ProviderOverloaded},

    {kAnthropic, 401,
     R"({"type":"error","error":{"type":"authentication_error","message":"invalid x-api-key"},"request_id":"r"})",
     KeyRejected},
    {kAnthropic, 403, R"({"type":"error","error":{"type":"permission_error","message":"no"}})", PermissionDenied},
    {kAnthropic, 403, R"({"type":"error","error":{"type":"forbidden","message":"Request not allowed"}})",
     CountryNotServed},
    {kAnthropic, 400,
     R"({"type":"error","error":{"type":"invalid_request_error","message":"Your credit balance is too low to access the Anthropic API."}})",
     NoCredit},
    {kAnthropic, 402, R"({"type":"error","error":{"type":"billing_error","message":"no"}})", NoCredit},
    {kAnthropic, 429, R"({"type":"error","error":{"type":"rate_limit_error","message":"no"}})", ProviderRateLimited},
    {kAnthropic, 529, R"({"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}})",
     ProviderOverloaded},
    {kAnthropic, 400,
     R"({"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 204801 tokens > 200000 maximum"}})",
     ContextTooLong},
    {kAnthropic, 400,
     R"({"type":"error","error":{"type":"invalid_request_error","message":"input length and `max_tokens` exceed context limit"}})",
     ContextTooLong},
    {kAnthropic, 413, R"({"type":"error","error":{"type":"request_too_large","message":"no"}})", ContextTooLong},
    {kAnthropic, 404, R"({"type":"error","error":{"type":"not_found_error","message":"model: x"}})", ModelNotFound},
    {kAnthropic, 504, R"({"type":"error","error":{"type":"timeout_error","message":"no"}})", ProviderTimeout},
    {kAnthropic, 500, R"({"type":"error","error":{"type":"api_error","message":"no"}})", ProviderError},
    {kAnthropic, 400, R"({"type":"error","error":{"type":"invalid_request_error","message":"temperature: no"}})",
     ProviderError},

    {kGoogle, 400,
     R"({"error":{"code":400,"message":"API key not valid.","status":"INVALID_ARGUMENT","details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"API_KEY_INVALID"}]}})",
     KeyRejected},
    {kGoogle, 400,
     R"([{"error":{"code":400,"message":"API key not valid.","status":"INVALID_ARGUMENT","details":[{"reason":"API_KEY_INVALID"}]}}])",
     KeyRejected},
    {kGoogle, 401,
     R"({"error":{"code":401,"message":"no","status":"UNAUTHENTICATED","details":[{"reason":"ACCESS_TOKEN_TYPE_UNSUPPORTED"}]}})",
     KeyRejected},
    {kGoogle, 403,
     R"({"error":{"code":403,"message":"Your API key was reported as leaked.","status":"PERMISSION_DENIED"}})",
     KeyRejected},
    {kGoogle, 403, R"({"error":{"code":403,"message":"no","status":"PERMISSION_DENIED"}})", PermissionDenied},
    {kGoogle, 400,
     R"({"error":{"code":400,"message":"User location is not supported for the API use.","status":"FAILED_PRECONDITION"}})",
     CountryNotServed},
    {kGoogle, 400,
     R"({"error":{"code":400,"message":"Gemini API free tier is not available in your country. Please enable billing.","status":"FAILED_PRECONDITION"}})",
     CountryNotServed},
    {kGoogle, 429, R"({"error":{"code":429,"message":"Resource has been exhausted","status":"RESOURCE_EXHAUSTED"}})",
     ProviderRateLimited},
    {kGoogle, 429,
     R"({"error":{"code":429,"message":"exceeded your current quota, check your plan and billing","status":"RESOURCE_EXHAUSTED","details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"17s"}]}})",
     ProviderRateLimited},
    {kGoogle, 429,
     R"({"error":{"code":429,"message":"exceeded your current quota, check your plan and billing","status":"RESOURCE_EXHAUSTED"}})",
     NoCredit},
    {kGoogle, 503, R"({"error":{"code":503,"message":"overloaded","status":"UNAVAILABLE"}})", ProviderOverloaded},
    {kGoogle, 504, R"({"error":{"code":504,"message":"late","status":"DEADLINE_EXCEEDED"}})", ProviderTimeout},
    {kGoogle, 400,
     R"({"error":{"code":400,"message":"The input token count exceeds the maximum","status":"INVALID_ARGUMENT"}})",
     ContextTooLong},
    {kGoogle, 500, R"({"error":{"code":500,"message":"input context too long","status":"INTERNAL"}})", ContextTooLong},
    {kGoogle, 404, R"({"error":{"code":404,"message":"models/x is not found","status":"NOT_FOUND"}})", ModelNotFound},
    {kGoogle, 500, R"({"error":{"code":500,"message":"no","status":"INTERNAL"}})", ProviderError},
};

Error read(Provider provider, HttpAnswer answer) {
  return make_provider_client(provider)->read_error(answer, "the-model");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(provider_errors)

BOOST_AUTO_TEST_CASE(every_class_of_error_is_recognised) {
  for (const auto& [provider, status, body, expected] : kCases) {
    const auto error = read(provider, {status, {}, body});
    BOOST_TEST((error.kind == expected), code_of(error.kind) << " is not right for " << status << " " << body);
    BOOST_TEST(!error.public_text.empty());
    BOOST_TEST(!error.public_text.ends_with('.'));
    BOOST_TEST(!contains(error.public_text, "://"));
  }
}

BOOST_AUTO_TEST_CASE(how_long_to_wait_is_read_from_wherever_it_stands) {
  const std::string body = R"({"error":{"message":"no","type":"requests","code":"rate_limit_exceeded"}})";
  BOOST_TEST(*read(kOpenAi, {429, {{"Retry-After", "20"}}, body}).retry_after_s == 20);
  BOOST_TEST(*read(kOpenAi, {429, {{"retry-after-ms", "1500"}, {"retry-after", "9"}}, body}).retry_after_s == 2);
  BOOST_TEST(!read(kOpenAi, {429, {{"retry-after", "Wed, 21 Oct 2026 07:28:00 GMT"}}, body}).retry_after_s);
  BOOST_TEST(!read(kOpenAi, {429, {{"retry-after", "-5"}}, body}).retry_after_s);
  BOOST_TEST(*read(kOpenAi, {429, {{"retry-after-ms", "2147483647"}}, body}).retry_after_s == 2'147'484);
  const std::string google = R"({"error":{"code":429,"status":"RESOURCE_EXHAUSTED","details":[{"retryDelay":"17s"}]}})";
  BOOST_TEST(*read(kGoogle, {429, {}, google}).retry_after_s == 17);
}

BOOST_AUTO_TEST_CASE(the_model_is_named_when_there_is_none) {
  const auto error =
      read(kAnthropic, {404, {}, R"({"type":"error","error":{"type":"not_found_error","message":"model: x"}})"});
  BOOST_TEST(contains(error.public_text, "'the-model'"));
}

BOOST_AUTO_TEST_CASE(a_refused_request_is_told_in_the_providers_words_but_not_in_all_of_them) {
  const std::string words(10'000, 'w');
  const auto error = read(kOpenAi, {400, {}, R"({"error":{"message":")" + words + R"("}})"});
  BOOST_TEST(contains(error.public_text, "wwww"));
  BOOST_TEST(error.public_text.size() < 500U);
}

BOOST_AUTO_TEST_CASE(broken_bodies_never_throw) {
  for (const auto provider : {kOpenAi, kAnthropic, kGoogle, Provider::OpenAiCompatible})
    for (const auto* body :
         {"", "null", "[]", "[1]", "{\"error\":null}", "{\"error\":[]}", "{\"error\":{\"message\":1,\"code\":{}}}",
          "{\"error\":{\"details\":[1,null]}}", "\xff\xfe", "{"})
      BOOST_TEST(!read(provider, {400, {}, body}).public_text.empty());
}

BOOST_AUTO_TEST_SUITE_END()
