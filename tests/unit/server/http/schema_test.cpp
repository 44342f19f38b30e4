#include "server/http/schema.h"

#include <boost/test/unit_test.hpp>

#include "server/http/openapi.h"
#include "shared/provider.h"

using namespace ownkey;
using namespace ownkey::http;

namespace {

struct Part {
  int number = 0;

  static constexpr auto fields() { return std::tuple{Field{"number", &Part::number}}; }
};

struct Sample {
  std::string name;
  std::optional<double> share;
  std::optional<std::vector<Part>> parts;
  Provider provider{};
  Secret key;
  json anything;

  static constexpr auto fields() {
    return std::tuple{Field{"name", &Sample::name},   Field{"share", &Sample::share},
                      Field{"parts", &Sample::parts}, Field{"provider", &Sample::provider},
                      Field{"key", &Sample::key},     Field{"anything", &Sample::anything}};
  }
  static constexpr auto limits() { return std::array{longest("name", 20), between("share", 0.5, 3)}; }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(schema)

BOOST_AUTO_TEST_CASE(a_message_is_described_by_its_fields) {
  Schemas schemas;
  BOOST_TEST(schemas.of<std::vector<Sample>>() ==
             json({{"type", "array"}, {"items", {{"$ref", "#/components/schemas/Sample"}}}}));
  const auto& sample = schemas.components().at("Sample");
  BOOST_TEST(sample.at("required") == json({"name", "provider", "key", "anything"}));
  const auto& fields = sample.at("properties");
  BOOST_TEST(fields.at("name") == json({{"type", "string"}, {"maxLength", 20}}));
  BOOST_TEST(fields.at("share") == json({{"type", "number"}, {"format", "double"}, {"minimum", 0.5}, {"maximum", 3}}));
  BOOST_TEST(fields.at("parts") == json({{"type", "array"}, {"items", {{"$ref", "#/components/schemas/Part"}}}}));
  BOOST_TEST(fields.at("provider").at("enum") == json({"openai", "google", "anthropic", "openai_compatible"}));
  BOOST_TEST(fields.at("key") == json({{"type", "string"}, {"format", "password"}}));
  BOOST_TEST(fields.at("anything") == json::object());
  BOOST_TEST(schemas.components().at("Part").at("properties").at("number") ==
             json({{"type", "integer"}, {"format", "int32"}}));
}

BOOST_AUTO_TEST_CASE(a_route_is_described_as_its_line_says) {
  const auto document = openapi_document({Route{"PUT", "/api/settings/things/{provider}/{label}", {}}
                                              .takes<Sample>(kAuthBodyCap)
                                              .asks<std::int64_t>("limit", "how many")
                                              .gives<Part>("changes a thing", 201),
                                          Route{"GET", "/healthz", {}, Access::Anyone}.gives_nothing("is there")});
  const auto& put = document.at("paths").at("/api/settings/things/{provider}/{label}").at("put");
  BOOST_TEST(put.at("summary") == "changes a thing");
  BOOST_TEST(put.at("operationId") == "put_settings_things_by_provider_by_label");
  BOOST_TEST(put.at("tags") == json({"things"}));
  BOOST_TEST(put.at("parameters").size() == 3U);
  BOOST_TEST(put.at("parameters").at(1).at("schema").at("maxLength") == 64);
  const auto& body = put.at("requestBody").at("content").at("application/json").at("schema");
  BOOST_TEST(body.at("$ref") == "#/components/schemas/Sample");
  BOOST_TEST(body.at("unevaluatedProperties") == false);
  BOOST_TEST(put.at("responses").at("201").at("content").at("application/json").at("schema").at("$ref") ==
             "#/components/schemas/Part");
  BOOST_TEST(!put.contains("security"));
  const auto& get = document.at("paths").at("/healthz").at("get");
  BOOST_TEST(get.at("security") == json::array());
  BOOST_TEST(!get.at("responses").at("204").contains("content"));
}

BOOST_AUTO_TEST_SUITE_END()
