// Contract: what a route promises to programs: what it is for, what it takes, what it answers. The API's description
// (openapi.h) is made from it. Plain data.
#pragma once

#include <string>
#include <vector>

#include "server/http/schema.h"

namespace ownkey::http {

enum class In { Query, Header };

struct Contract {
  // Beside those that stand in the path; all of them may be left out.
  struct Parameter {
    std::string name;
    std::string meaning;
    SchemaOf schema;
    In in;
  };
  struct Answer {
    int status;
    std::string content_type;  // empty for an answer without a body
    SchemaOf schema;           // null where it is no JSON
  };

  std::string meaning;  // "saves a key"
  SchemaOf takes = nullptr;
  std::vector<Parameter> parameters;
  std::vector<Answer> answers;  // where nothing goes wrong
};

}  // namespace ownkey::http
