# Puts the page's files in OUTPUT as the server sends them: named by their content, so that browsers may keep them for
# good, in assets/, and compressed beforehand. Run with -DBUILT=<app.js, app.wasm> -DASSETS=<index.html, …> -DOUTPUT=<folder>.
include(${CMAKE_CURRENT_LIST_DIR}/page_size.cmake)
find_program(BROTLI brotli REQUIRED)
find_program(GZIP gzip REQUIRED)
find_program(TERSER terser REQUIRED)

# named_by_content(<result> <name> <content file>): "app.js" becomes "app.3f2a91c0.js".
function(named_by_content result name file)
  file(SHA256 ${file} hash)
  string(SUBSTRING ${hash} 0 8 hash)
  get_filename_component(stem ${name} NAME_WE)
  get_filename_component(extension ${name} LAST_EXT)
  set(${result} ${stem}.${hash}${extension} PARENT_SCOPE)
endfunction()

set(work ${OUTPUT}.new)
file(REMOVE_RECURSE ${work})
file(MAKE_DIRECTORY ${work}/assets)

named_by_content(wasm app.wasm ${BUILT}/app.wasm)
configure_file(${BUILT}/app.wasm ${work}/assets/${wasm} COPYONLY)

file(READ ${BUILT}/app.js script)
string(REPLACE "app.wasm" ${wasm} script "${script}")
file(WRITE ${work}/assets/app.js "${script}")
# The glue code's names, and what of it nobody calls, are a quarter of it.
execute_process(COMMAND ${TERSER} ${work}/assets/app.js --compress --mangle --toplevel --output ${work}/assets/app.js
  COMMAND_ERROR_IS_FATAL ANY)
named_by_content(script app.js ${work}/assets/app.js)
file(RENAME ${work}/assets/app.js ${work}/assets/${script})

named_by_content(style style.css ${ASSETS}/style.css)
configure_file(${ASSETS}/style.css ${work}/assets/${style} COPYONLY)
configure_file(${ASSETS}/favicon.svg ${work}/favicon.svg COPYONLY)

file(READ ${ASSETS}/index.html page)
string(REPLACE "/assets/app.wasm" "/assets/${wasm}" page "${page}")
string(REPLACE "/assets/app.js" "/assets/${script}" page "${page}")
string(REPLACE "/assets/style.css" "/assets/${style}" page "${page}")
file(WRITE ${work}/index.html "${page}")

file(GLOB_RECURSE files ${work}/*)
foreach(file ${files})
  execute_process(COMMAND ${BROTLI} --quality=11 --lgwin=24 --output=${file}.br ${file} COMMAND_ERROR_IS_FATAL ANY)
  execute_process(COMMAND ${GZIP} --best --no-name --keep ${file} COMMAND_ERROR_IS_FATAL ANY)
endforeach()

file(REMOVE_RECURSE ${OUTPUT})
file(RENAME ${work} ${OUTPUT})

page_size(size ${OUTPUT})
message(STATUS "The page weighs ${size} of ${page_budget} bytes (brotli)")
