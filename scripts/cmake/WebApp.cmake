# Builds the page with Emscripten from this same tree and puts it beside the server, each file also compressed.
option(OWNKEY_WEB_APP "Build the WebAssembly page with Emscripten" ON)
if(NOT OWNKEY_WEB_APP)
  return()
endif()

include(ExternalProject)
find_program(EMCMAKE emcmake REQUIRED)
ExternalProject_Add(web_app
  SOURCE_DIR ${CMAKE_SOURCE_DIR}
  BINARY_DIR ${CMAKE_BINARY_DIR}/web-build
  PREFIX ${CMAKE_BINARY_DIR}/web-build/external
  # Debian's emcc does not find acorn, which it optimises the glue code with, unless told where Debian keeps it.
  CONFIGURE_COMMAND ${CMAKE_COMMAND} -E env NODE_PATH=/usr/share/nodejs ${EMCMAKE} ${CMAKE_COMMAND}
    -S ${CMAKE_SOURCE_DIR} -B ${CMAKE_BINARY_DIR}/web-build -G Ninja -DCMAKE_BUILD_TYPE=Release
    -DOWNKEY_IMGUI_DIR=${OWNKEY_IMGUI_DIR} -DOWNKEY_WARNINGS_AS_ERRORS=${OWNKEY_WARNINGS_AS_ERRORS}
    -DOWNKEY_WEB_OUTPUT=${CMAKE_BINARY_DIR}/web
  BUILD_COMMAND ${CMAKE_COMMAND} -E env NODE_PATH=/usr/share/nodejs ${CMAKE_COMMAND} --build ${CMAKE_BINARY_DIR}/web-build
  BUILD_ALWAYS ON
  INSTALL_COMMAND ""
  USES_TERMINAL_BUILD ON)

add_test(NAME page_size COMMAND ${CMAKE_COMMAND} -DPAGE=${CMAKE_BINARY_DIR}/web
  -P ${CMAKE_SOURCE_DIR}/scripts/cmake/page_size.cmake)
