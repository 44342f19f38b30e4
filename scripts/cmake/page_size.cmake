# What all files of the page weigh on the way to a browser that takes brotli, and how much that may be.
#   cmake -DPAGE=<folder of the finished page> -P page_size.cmake
set(page_budget 180000)

function(page_size result folder)
  file(GLOB_RECURSE files ${folder}/*.br)
  set(total 0)
  foreach(file ${files})
    file(SIZE ${file} size)
    math(EXPR total "${total} + ${size}")
  endforeach()
  set(${result} ${total} PARENT_SCOPE)
endfunction()

if(PAGE)
  page_size(size ${PAGE})
  if(size EQUAL 0)
    message(FATAL_ERROR "there is no page in ${PAGE}: build it first")
  elseif(size GREATER page_budget)
    message(FATAL_ERROR "the page weighs ${size} bytes (brotli); it may weigh ${page_budget}: see web/CMakeLists.txt")
  endif()
  message(STATUS "the page weighs ${size} of ${page_budget} bytes (brotli)")
endif()
