// What tatami-prof can do: each verb adds itself to the command line.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace CLI {
class App;
class FormatterBase;
}

namespace tatami::prof {

/// The profile that verbs read and write unless told otherwise.
inline constexpr const char *defaultProfile = "tatami.prof";

/// The exit status of a wrong command line, and of a file that cannot be used.
inline constexpr int usageStatus = 2, failure = 1;

/// "tatami-prof: error: MESSAGE" on standard error; returns \p status.
int fail(const std::string &message, int status = failure);

/// Prints the help of the verbs.
std::shared_ptr<CLI::FormatterBase> helpFormatter();

/// What the verb that the user has named is to do, and its exit status. Every
/// add function sets \p run when its subcommand is parsed.
using Run = std::function<int()>;
void addRun(CLI::App &app, Run &run);
/// Takes the "--" before run's image away, which CLI11 would end the verb at.
/// \p words begins with "run".
void dropDashes(std::vector<std::string> &words);
void addReport(CLI::App &app, Run &run);
void addAnnotate(CLI::App &app, Run &run);
void addHtml(CLI::App &app, Run &run);
void addTrace(CLI::App &app, Run &run);
void addDiff(CLI::App &app, Run &run);
void addWhatIf(CLI::App &app, Run &run);

} // namespace tatami::prof
