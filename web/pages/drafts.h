// Drafts: what people have typed and not yet sent, kept while they look at other pages. Wiped when it was sent, when
// they sign out, and when someone else signs in.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "shared/provider.h"
#include "web/state/app_state.h"
#include "web/state/canvas.h"
#include "web/state/node_kinds.h"
#include "web/state/run.h"
#include "web/ui/field.h"
#include "web/ui/graph.h"

namespace ownkey::pages {

struct LoginDraft {
  ui::FieldState email, password, code;
  std::uint32_t edits() const { return email.edits() + password.edits() + code.edits(); }
};

struct RegisterDraft {
  ui::FieldState name, email, password;
  std::uint32_t edits() const { return name.edits() + email.edits() + password.edits(); }
};

struct ProfileDraft {
  bool filled = false;  // from the stored profile
  ui::FieldState name, email, current_password;
  std::uint32_t edits() const { return name.edits() + email.edits() + current_password.edits(); }
};

struct PasswordDraft {
  ui::FieldState current, fresh;
  std::uint32_t edits() const { return current.edits() + fresh.edits(); }
};

struct DeletionDraft {
  ui::FieldState password, email;
  std::uint32_t edits() const { return password.edits() + email.edits(); }
};

struct TwoFactorDraft {
  ui::FieldState password, code;
  ui::FieldState secret, recovery_codes;  // for the person to take down
  std::uint32_t edits() const { return password.edits() + code.edits(); }
};

struct PreferencesDraft {
  bool filled = false;  // from the stored preferences
  ui::FieldState theme, text_percent, motion, provider, model, timeout;
  std::uint32_t edits() const {
    return theme.edits() + text_percent.edits() + motion.edits() + provider.edits() + model.edits() + timeout.edits();
  }
};

struct KeyDraft {
  ui::FieldState key, label, base_url;
  std::uint32_t edits() const { return key.edits() + label.edits() + base_url.edits(); }
  void clear() {
    for (auto* field : {&key, &label, &base_url}) field->clear();
  }
};

// Where an edge to a node may begin, to choose from.
struct Outlets {
  std::string to;
  std::vector<ui::Option> options;
  std::string text;  // of these, for the browser
};

// What the pages need of a canvas, as long as it has seen so many edits.
struct CanvasView {
  std::uint32_t edits = 0;
  ui::Graph graph;
  state::NodePlaces places;
  std::vector<state::NodeField> inputs;  // of a run
  std::size_t models = 0;                // how many nodes ask one
  std::optional<Outlets> after, before;  // of a new node, and of the one that is edited
};

struct WorkflowDraft {
  bool filled = false;  // from the stored workflow
  ui::FieldState name, description;
  json canvas;                                   // as it is to be
  std::string node;                              // whose form is open
  std::map<std::string, ui::FieldState> fields;  // of that form, by their place in the node's data
  std::map<std::string, ui::FieldState> inputs;  // of the next run, by name
  ui::FieldState kind, after, source, input;     // of the node, the edge and the input that may be added
  std::uint32_t changes = 0, typed = 0;          // edits beside these fields; and how many of those the canvas has

  std::unique_ptr<CanvasView> view;  // see workflow_graph.h

  // What was found out last, and about what: a frame has no time to look through a thousand nodes again.
  struct Comparison {
    std::uint32_t edits, stored;
    bool changed;
  };
  mutable std::optional<Comparison> comparison = {};
  struct Taken {
    std::uint32_t edits, tools;
    std::string node;
    bool operator==(const Taken&) const = default;
  };
  std::optional<Taken> taken = {};  // what take_typed of the editor has seen

  std::uint32_t field_edits() const;
  std::uint32_t edits() const { return name.edits() + description.edits() + changes + field_edits(); }
};

struct Drafts {
  LoginDraft login;
  RegisterDraft sign_up;
  ProfileDraft profile;
  PasswordDraft password;
  DeletionDraft deletion;
  TwoFactorDraft two_factor;
  PreferencesDraft preferences;
  ui::FieldState usage_group;                     // the name of an api::UsageGroup; empty: by day
  std::map<std::string, ui::FieldState> budgets;  // by the id of the key
  std::map<Provider, KeyDraft> keys;
  ui::FieldState new_label;                        // of the key that is being renamed
  std::map<std::string, WorkflowDraft> workflows;  // by id
  ui::FieldState import;                           // JSON of a workflow that is to be made
};

// The same, but found out only once for each state of the two.
bool is_changed(const state::Remote<api::Workflow>& stored, const WorkflowDraft& draft);

bool is_changed(const api::Preferences& stored, const PreferencesDraft& draft);
bool is_changed(const api::Budget& stored, const ui::FieldState& draft);
bool is_changed(const api::User& stored, const ProfileDraft& draft);
bool is_email_changed(const api::User& stored, const ProfileDraft& draft);

// Whether something would be lost with the page: a key in a field, a change to what is stored, recovery codes on show.
// What was changed and changed back is none.
bool has_unsaved(const state::AppState& state, const Drafts& drafts);

}  // namespace ownkey::pages
