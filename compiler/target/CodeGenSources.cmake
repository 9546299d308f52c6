# Sources of the code generator: from LLVM IR to machine instructions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
set(TATAMI_CODEGEN_SOURCES
  TatamiAccumulatorLowering.cpp
  TatamiAsmPrinter.cpp
  TatamiBuiltins.cpp
  TatamiCallLowering.cpp
  TatamiExtensions.cpp
  TatamiFrameLowering.cpp
  TatamiInstrInfo.cpp
  TatamiISelDAGToDAG.cpp
  TatamiISelLowering.cpp
  TatamiInlineAsm.cpp
  TatamiMCInstLower.cpp
  TatamiRegisterInfo.cpp
  TatamiRemoteMemory.cpp
  TatamiSelectionDAGInfo.cpp
  TatamiShuffleLowering.cpp
  TatamiSinkSteps.cpp
  TatamiSubtarget.cpp
  TatamiTargetMachine.cpp
  TatamiTargetTransformInfo.cpp
  TatamiVectorConvert.cpp
  TatamiVectorLowering.cpp
  TatamiVectorMemory.cpp
  TatamiVectorUtils.cpp
)
