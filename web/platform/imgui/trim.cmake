# Dear ImGui calls some of what it offers by itself, so a linker cannot tell that a page never sees it: the window
# switcher, keyboard navigation (the browser's is used), tables' and windows' .ini settings, tooltips about errors.
# trim_imgui(<result>) copies imgui.cpp without these calls, whose code then falls away. A call that another version of
# Dear ImGui words otherwise stays, and costs size alone.
function(trim_imgui result)
  file(READ ${OWNKEY_IMGUI_DIR}/imgui.cpp text)
  foreach(call
      "AddSettingsHandler(&ini_handler)" "TableSettingsAddSettingsHandler()" "SaveIniSettingsToDisk(g.IO.IniFilename)"
      "UpdateSettings()" "NavUpdate()" "NavEndFrame()" "ErrorRecoveryTryToRecoverState(&g.StackSizesInNewFrame)"
      "ErrorRecoveryTryToRecoverWindowState(&window_stack_data.StackSizesInBegin)"
      "ErrorCheckEndFrameFinalizeErrorTooltip()" "SetTooltip(\"...\")"
      "SetTooltip(\"%s\", GetKeyChordName(g.LastItemData.Shortcut))" "UpdateMouseWheel()" "NavProcessItem()"
      "ItemHandleShortcut(id)" "LogFinish()" "RenderDimmedBackgrounds()")
    string(REGEX REPLACE "([][+.*()^$?|\\])" "\\\\\\1" pattern "${call}")
    string(REGEX REPLACE "(\n +)${pattern};" "\\1(void)0;" trimmed "${text}")
    if(trimmed STREQUAL text)
      message(STATUS "Dear ImGui's ${call} is not called as expected: the page grows a little")
    endif()
    set(text "${trimmed}")
  endforeach()
  # With the page's own flags everywhere, the compiler knows what kinds of window there are.
  string(REPLACE "Begin(\"Debug##Default\")" "Begin(\"Debug##Default\", NULL, OWNKEY_IMGUI_WINDOW)" text "${text}")
  file(CONFIGURE OUTPUT imgui.cpp CONTENT "${text}" @ONLY)
  set(${result} ${CMAKE_CURRENT_BINARY_DIR}/imgui.cpp PARENT_SCOPE)
endfunction()
