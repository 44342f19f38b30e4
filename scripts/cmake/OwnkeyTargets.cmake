# One target per folder. A target may include what it links, and nothing else: tests/architecture checks it.
option(OWNKEY_WARNINGS_AS_ERRORS "Fail the build on a warning" OFF)
set(OWNKEY_SANITIZE "" CACHE STRING "Sanitizers for all that is compiled here, e.g. address,undefined or thread")

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

add_library(ownkey_options INTERFACE)
target_include_directories(ownkey_options INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(ownkey_options INTERFACE -Wall -Wextra -Wconversion -Wshadow -Wnon-virtual-dtor)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # When it optimises, GCC 12 sees overlapping, overrun and unset memory in its own std::string and std::vector
  # (GCC bugs 105651, 105329, 106199). The sanitizers look for the real thing.
  target_compile_options(ownkey_options INTERFACE -Wno-restrict -Wno-stringop-overflow -Wno-stringop-overread
    -Wno-maybe-uninitialized)
endif()
if(OWNKEY_WARNINGS_AS_ERRORS)
  target_compile_options(ownkey_options INTERFACE -Werror)
endif()
if(OWNKEY_SANITIZE)
  add_compile_options(-fsanitize=${OWNKEY_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${OWNKEY_SANITIZE})
elseif(NOT EMSCRIPTEN)
  add_compile_options(-fstack-protector-strong -fstack-clash-protection)
  add_link_options(-Wl,-z,relro,-z,now -Wl,--gc-sections)
  add_compile_options($<$<CONFIG:Release>:-D_FORTIFY_SOURCE=3> -ffunction-sections -fdata-sections)
endif()
if(NOT EMSCRIPTEN)
  include(CheckPIESupported)
  check_pie_supported()
endif()

# ownkey_library(<name> [LINKS <target>…] [FOLDERS <folder>…]): every .cpp in this folder and in the named folders below it,
# as one static library.
function(ownkey_library name)
  cmake_parse_arguments(arg "" "" "LINKS;FOLDERS" ${ARGN})
  list(TRANSFORM arg_FOLDERS APPEND /*.cpp OUTPUT_VARIABLE patterns)
  file(GLOB sources CONFIGURE_DEPENDS *.cpp ${patterns})
  if(sources)
    add_library(${name} STATIC ${sources})
    target_link_libraries(${name} PUBLIC ownkey_options ${arg_LINKS})
  else()
    add_library(${name} INTERFACE)
    target_link_libraries(${name} INTERFACE ownkey_options ${arg_LINKS})
  endif()
endfunction()

# ownkey_program(<file name> LINKS <target>… SOURCES <file>…): a program, put at the top of the build folder.
function(ownkey_program name)
  cmake_parse_arguments(arg "" "" "LINKS;SOURCES" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE ownkey_options ${arg_LINKS})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})
endfunction()
