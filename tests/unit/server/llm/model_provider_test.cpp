#include "server/llm/model_provider.h"

#include <boost/test/unit_test.hpp>

using namespace ownkey;
using llm::family_of_model;

BOOST_AUTO_TEST_SUITE(model_provider)

BOOST_AUTO_TEST_CASE(families_belong_to_their_providers) {
  for (const auto* model :
       {"gpt-3.5-turbo", "gpt-6-astra", "chatgpt-4o-latest", "o1", "o3", "o4-mini", "o12-pro", "ft:gpt-4o:me"})
    BOOST_TEST((family_of_model(model) == Provider::OpenAi), model);
  for (const auto* model : {"claude-opus-5-5", "claude-3-haiku-20240307"})
    BOOST_TEST((family_of_model(model) == Provider::Anthropic), model);
  for (const auto* model : {"gemini-3.8-flash", "gemini-flash-latest", "models/gemini-3.8-flash"})
    BOOST_TEST((family_of_model(model) == Provider::Google), model);
}

BOOST_AUTO_TEST_CASE(an_unknown_name_has_no_family) {
  for (const auto* model :
       {"", "llama-3", "o", "ox1", "o3x", "openai/gpt-5", "GPT-4", "mistral-large", "my-claude-clone"})
    BOOST_TEST(!family_of_model(model), model);
}

BOOST_AUTO_TEST_SUITE_END()
