// How "tatami-prof VERB --help" looks: as wide as a terminal, no wider.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/profiler/Verbs.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <sstream>

namespace tatami::prof {
namespace {

constexpr size_t screenColumns = 80, textColumn = 24;

/// \p text in lines of at most 80 columns that begin at \p column; the first
/// one stands at \p used already.
std::string wrapped(const std::string &text, size_t column, size_t used) {
  std::string out;
  size_t at = used;
  auto lineBreak = [&] {
    out += '\n' + std::string(column, ' ');
    at = column;
  };
  // What stands there already wants two blanks behind it.
  if (used != 0 && used + 2 > column)
    lineBreak();
  else
    out += std::string(column - used, ' '), at = column;
  std::istringstream words(text);
  std::string word;
  for (bool first = true; words >> word; first = false) {
    if (!first && at + 1 + word.size() > screenColumns) {
      lineBreak();
    } else if (!first) {
      out += ' ';
      ++at;
    }
    out += word;
    at += word.size();
  }
  return out + '\n';
}

/// \p text wrapped, but for lines that begin with a blank: tables.
std::string paragraphs(const std::string &text) {
  std::string out, paragraph;
  auto flush = [&] {
    if (!paragraph.empty())
      out += wrapped(paragraph, 0, 0);
    paragraph.clear();
  };
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);)
    if (line.starts_with(' ')) {
      flush();
      out += line + '\n';
    } else {
      paragraph += line + '\n';
    }
  flush();
  return out;
}

class HelpFormatter : public CLI::Formatter {
public:
  std::string make_help(const CLI::App *app, std::string,
                        CLI::AppFormatMode) const override {
    std::string usage = "usage: tatami-prof " + app->get_name();
    std::string positionals, options;
    for (const CLI::Option *option : app->get_options({})) {
      if (option->get_positional())
        usage += option->get_required() ? " " + option->get_type_name()
                                        : " [" + option->get_type_name() + "]";
      (option->get_positional() ? positionals : options) += line(option);
    }
    const size_t verb = usage.find(app->get_name()) + app->get_name().size();
    usage.insert(verb, " [OPTIONS]");
    if (app->get_prefix_command())
      usage += " [OPTIONS of tatami-run] IMAGE.elf [ARGUMENTS]";
    std::string description = app->get_description();
    description[0] = char(std::toupper(description[0]));
    std::string help = wrapped(usage, 0, 0) + '\n' +
                       wrapped(description + '.', 0, 0) + '\n' + positionals +
                       options;
    if (!app->get_footer().empty())
      help += '\n' + paragraphs(app->get_footer());
    return help;
  }

private:
  static std::string line(const CLI::Option *option) {
    std::string left = "  ";
    if (option->get_positional()) {
      left += option->get_type_name();
    } else {
      for (const std::string &name : option->get_snames())
        left += "-" + name + ", ";
      for (const std::string &name : option->get_lnames())
        left += "--" + name + ", ";
      left.resize(left.size() - 2);
      if (option->get_type_size() != 0)
        left += ' ' + option->get_type_name();
    }
    return left + wrapped(option->get_description(), textColumn, left.size());
  }
};

} // namespace

std::shared_ptr<CLI::FormatterBase> helpFormatter() {
  return std::make_shared<HelpFormatter>();
}

} // namespace tatami::prof
