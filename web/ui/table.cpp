#include "web/ui/table.h"

#include <algorithm>

#include "web/ui/label.h"

namespace ownkey::ui {
namespace {

constexpr float kColumnGap = 16, kRowAbove = 7;

struct Columns {
  float first;                // the width of the names
  std::vector<float> rights;  // where the numbers end, from the left edge of the table
};

Columns columns_of(Ui& ui, const std::vector<TableRow>& rows, float width) {
  Columns columns{width, std::vector<float>(rows.front().size(), width)};
  for (std::size_t column = rows.front().size() - 1; column > 0; --column) {
    columns.rights[column] = columns.first;
    float widest = 0;
    for (const auto& row : rows) widest = std::max(widest, ui.text().width(row[column], ui.style(Type::HelpStrong)));
    columns.first -= widest + kColumnGap;
  }
  return columns;
}

}  // namespace

// With roles of its own: elements that are placed one by one lose the meaning of a table.
void table(Ui& ui, std::string_view name, std::string_view label, const std::vector<TableRow>& rows) {
  const Group table(ui, "div", name, {{"role", "table"}, {"aria-label", label}});
  const Pen pen = ui.pen();
  const Columns columns = columns_of(ui, rows, pen.width);
  const float line_height = ui.style(Type::Help).line_height, row_height = line_height + 2 * kRowAbove;
  float y = pen.y;
  for (std::size_t r = 0; r < rows.size(); ++r, y += row_height) {
    const std::string id = std::string(name) + "." + std::to_string(r);
    const Group row(ui, "div", id, {{"role", "row"}});
    const bool heads = r == 0;
    for (std::size_t c = 0; c < rows[r].size(); ++c) {
      const Type type = heads ? Type::HelpStrong : Type::Help;
      const std::string text =
          c == 0 ? ui.text().first_lines(rows[r][c], ui.style(type), columns.first, 1).front() : rows[r][c];
      const float x = c == 0 ? pen.x : pen.x + columns.rights[c] - ui.text().width(text, ui.style(type));
      line(ui, x, y + kRowAbove,
           {.name = id + "." + std::to_string(c),
            .text = text,
            .type = type,
            .tone = heads ? Tone::Muted : Tone::Plain,
            .tag = "span",
            .attributes = {{"role", heads    ? "columnheader"
                                    : c == 0 ? "rowheader"
                                             : "cell"}}});
    }
    ui.brush().fill({pen.x, y + row_height - 1, pen.width, 1}, ui.theme().hairline);
  }
  ui.pen().y = y;
}

}  // namespace ownkey::ui
