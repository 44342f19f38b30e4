#include "web/ui/wrap.h"

namespace ownkey::ui {
namespace {

using Measure = std::function<float(std::string_view)>;

std::size_t code_point_end(std::string_view text, std::size_t at) {
  do ++at;
  while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80);
  return at;
}

// How many bytes of the word fit; at least one code point, so that there is progress. Halving, because a model may
// answer with a word of a thousand letters.
std::size_t fitting(std::string_view word, float max_width, const Measure& width_of) {
  std::vector<std::size_t> ends;
  for (std::size_t at = 0; at < word.size();) ends.push_back(at = code_point_end(word, at));
  std::size_t low = 0, high = ends.size() - 1;
  while (low < high) {
    const std::size_t middle = (low + high + 1) / 2;
    if (width_of(word.substr(0, ends[middle])) <= max_width) low = middle;
    else high = middle - 1;
  }
  return ends[low];
}

void wrap_paragraph(std::string_view text, float max_width, const Measure& width_of, std::vector<std::string>& lines) {
  std::string line;
  while (!text.empty()) {
    const std::size_t space = text.find(' ');
    std::string_view word = text.substr(0, space);
    text.remove_prefix(space == std::string_view::npos ? text.size() : space + 1);
    const std::string longer = line.empty() ? std::string(word) : line + ' ' + std::string(word);
    if (width_of(longer) <= max_width) {
      line = longer;
      continue;
    }
    if (!line.empty()) lines.push_back(std::move(line));
    while (width_of(word) > max_width && code_point_end(word, 0) < word.size()) {
      const std::size_t part = fitting(word, max_width, width_of);
      lines.emplace_back(word.substr(0, part));
      word.remove_prefix(part);
    }
    line = word;
  }
  lines.push_back(std::move(line));
}

}  // namespace

std::vector<std::string> wrapped(std::string_view text, float max_width, const Measure& width_of) {
  std::vector<std::string> lines;
  while (true) {
    const std::size_t end = text.find('\n');
    std::string_view paragraph = text.substr(0, end);
    if (paragraph.ends_with('\r')) paragraph.remove_suffix(1);
    wrap_paragraph(paragraph, max_width, width_of, lines);
    if (end == std::string_view::npos) return lines;
    text.remove_prefix(end + 1);
  }
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const auto& line : lines) {
    if (!text.empty()) text += '\n';
    text += line;
  }
  return text;
}

std::vector<std::string> first_lines(std::vector<std::string> lines, std::size_t most, float max_width,
                                     const Measure& width_of) {
  if (lines.size() <= most) return lines;
  lines.resize(most);
  const std::string_view last = lines.back();
  const std::string sign = "…";
  const auto marked = [&](std::string_view part) { return width_of(std::string(part) + sign); };
  const std::size_t end = last.empty() || marked(last) <= max_width ? last.size() : fitting(last, max_width, marked);
  lines.back() = std::string(last.substr(0, last.find_last_not_of(' ', end - 1) + 1)) + sign;
  return lines;
}

}  // namespace ownkey::ui
