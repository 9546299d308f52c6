//===- BuiltinConsumer.cpp - Checks the use of builtins -------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "BuiltinConsumer.h"
#include "Builtins.h"
#include "clang/AST/ASTConsumer.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/DiagnosticSema.h"

using namespace clang;

namespace tatami {
namespace {

class BuiltinConsumer final : public ASTConsumer {
public:
  void Initialize(ASTContext &C) override;
  bool HandleTopLevelDecl(DeclGroupRef Group) override;
  void HandleInlineFunctionDefinition(FunctionDecl *F) override;
  void HandleTranslationUnit(ASTContext &) override { nameNewBuiltins(); }
  void HandleCXXStaticMemberVarInstantiation(VarDecl *) override {
    nameNewBuiltins();
  }

private:
  void nameNewBuiltins();
  void checkDecl(Decl *D);
  void checkStmt(const Stmt *S);
  void checkCall(const CallExpr *Call, unsigned BuiltinID);

  ASTContext *Context = nullptr;
  /// The builtins that the program has not mentioned yet.
  SmallVector<IdentifierInfo *, 0> Unseen;
  unsigned BuiltinCount = 0;
};

} // namespace

void BuiltinConsumer::Initialize(ASTContext &C) {
  if (Context)
    return;
  Context = &C;
  BuiltinCount = builtinShard().Infos.size();
  for (unsigned I = 0; I < BuiltinCount; ++I)
    Unseen.push_back(
        &C.Idents.get(C.BuiltinInfo.getName(Builtin::FirstTSBuiltin + I)));
}

void BuiltinConsumer::nameNewBuiltins() {
  // Sema declares a builtin when its name is first looked up. Without a label
  // clang would drop "__builtin_" from the name, and what remains may well be
  // a function of the program.
  llvm::erase_if(Unseen, [&](IdentifierInfo *Name) {
    if (!Name->getFETokenInfo())
      return false;
    for (NamedDecl *D : Context->getTranslationUnitDecl()->lookup(Name))
      if (auto *F = dyn_cast<FunctionDecl>(D))
        if (F->getBuiltinID() && !F->hasAttr<AsmLabelAttr>())
          F->addAttr(AsmLabelAttr::CreateImplicit(*Context, Name->getName()));
    return true;
  });
}

bool BuiltinConsumer::HandleTopLevelDecl(DeclGroupRef Group) {
  nameNewBuiltins();
  if (Unseen.size() != BuiltinCount)
    for (Decl *D : Group)
      checkDecl(D);
  return true;
}

void BuiltinConsumer::HandleInlineFunctionDefinition(FunctionDecl *F) {
  nameNewBuiltins();
  if (Unseen.size() != BuiltinCount)
    checkDecl(F);
}

void BuiltinConsumer::checkDecl(Decl *D) {
  if (auto *F = dyn_cast<FunctionDecl>(D)) {
    if (F->doesThisDeclarationHaveABody() && !F->isDependentContext())
      checkStmt(F->getBody());
  } else if (isa<NamespaceDecl, LinkageSpecDecl, ExportDecl>(D)) {
    for (Decl *Inner : cast<DeclContext>(D)->decls())
      checkDecl(Inner);
  }
}

void BuiltinConsumer::checkStmt(const Stmt *S) {
  // An explicit stack: expressions can nest deeper than ours.
  SmallVector<const Stmt *, 32> Stack = {S};
  while (!Stack.empty()) {
    const Stmt *Next = Stack.pop_back_val();
    if (!Next)
      continue;
    if (const auto *Call = dyn_cast<CallExpr>(Next)) {
      unsigned ID = Call->getBuiltinCallee();
      if (Context->BuiltinInfo.isTSBuiltin(ID))
        checkCall(Call, ID - Builtin::FirstTSBuiltin);
    }
    llvm::append_range(Stack, Next->children());
  }
}

void BuiltinConsumer::checkCall(const CallExpr *Call, unsigned Index) {
  for (const ConstantRange &Range : builtinRanges(Index)) {
    if (Range.Argument >= Call->getNumArgs())
      continue;
    const Expr *Argument = Call->getArg(Range.Argument);
    if (Argument->isValueDependent())
      continue;
    std::optional<llvm::APSInt> Value =
        Argument->getIntegerConstantExpr(*Context);
    if (!Value || (*Value >= Range.Min && *Value <= Range.Max))
      continue;
    Context->getDiagnostics().Report(Argument->getBeginLoc(),
                                     diag::err_argument_invalid_range)
        << llvm::toString(*Value, 10) << std::to_string(Range.Min)
        << std::to_string(Range.Max) << Argument->getSourceRange();
  }
}

std::unique_ptr<ASTConsumer> createBuiltinConsumer() {
  return std::make_unique<BuiltinConsumer>();
}

} // namespace tatami
