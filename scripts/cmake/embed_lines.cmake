# Writes a C++ file with the lines of a text file as string views:
#   cmake -DFILE=… -DOUTPUT=… -DHEADER=… -DNAMESPACE=… -DFUNCTION=… -P embed_lines.cmake
# Lines that begin with # are comments. The text must not hold )text" .
file(READ ${FILE} text)
string(REGEX REPLACE "(^|\n)#[^\n]*" "" text "${text}")
string(STRIP "${text}" text)
# A compiler need not take a literal beyond 64 KiB; neighbours are joined without a limit of that kind.
string(REGEX REPLACE "\n" "\\\\n\"\n\"" text "${text}")
file(WRITE ${OUTPUT} "// Made at build time.\n#include \"${HEADER}\"\n\nnamespace ${NAMESPACE} {\n\nstd::string_view ${FUNCTION}() {\n  return \"${text}\\n\";\n}\n\n}  // namespace ${NAMESPACE}\n")
