//===- BuiltinConsumer.cpp - Checks builtins and global pointers ----------===//
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
  void checkCast(const CastExpr *Cast);

  ASTContext *Context = nullptr;
  /// The builtins that the program has not mentioned yet.
  SmallVector<IdentifierInfo *, 0> Unseen;
};

} // namespace

void BuiltinConsumer::Initialize(ASTContext &C) {
  if (Context)
    return;
  Context = &C;
  for (unsigned I = 0, E = builtinShard().Infos.size(); I < E; ++I)
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
  for (Decl *D : Group)
    checkDecl(D);
  return true;
}

void BuiltinConsumer::HandleInlineFunctionDefinition(FunctionDecl *F) {
  nameNewBuiltins();
  checkDecl(F);
}

void BuiltinConsumer::checkDecl(Decl *D) {
  if (auto *F = dyn_cast<FunctionDecl>(D)) {
    if (F->doesThisDeclarationHaveABody() && !F->isDependentContext())
      checkStmt(F->getBody());
  } else if (auto *V = dyn_cast<VarDecl>(D)) {
    if (V->hasInit() && !V->getDeclContext()->isDependentContext())
      checkStmt(V->getInit());
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
    if (const auto *Cast = dyn_cast<CastExpr>(Next))
      checkCast(Cast);
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

void BuiltinConsumer::checkCast(const CastExpr *Cast) {
  // clang lets an explicit cast change the address space. Here no cast can
  // know the node that a global address has to name.
  if (Cast->getCastKind() != CK_AddressSpaceConversion)
    return;
  DiagnosticsEngine &Diags = Context->getDiagnostics();
  bool ToRemote =
      Cast->getType()->getPointeeType().getAddressSpace() != LangAS::Default;
  Diags.Report(Cast->getBeginLoc(),
               ToRemote
                   ? Diags.getCustomDiagID(
                         DiagnosticsEngine::Error,
                         "a cast cannot make %0 of the local pointer %1, which "
                         "names no node; use tatami_remote(node, pointer)")
                   : Diags.getCustomDiagID(
                         DiagnosticsEngine::Error,
                         "a cast cannot make %0 of the global pointer %1; its "
                         "address within its node is "
                         "tatami_remote_local(pointer)"))
      << Cast->getType() << Cast->getSubExpr()->getType()
      << Cast->getSourceRange();
}

std::unique_ptr<ASTConsumer> createBuiltinConsumer() {
  return std::make_unique<BuiltinConsumer>();
}

} // namespace tatami
