# Dear ImGui calls some of what it offers by itself, so a linker cannot tell that a page never sees it: the window
# switcher, keyboard navigation (the browser's is used), tables' and windows' .ini settings, title bars, tooltips about
# errors. trim_imgui(<result>) copies imgui.cpp without these calls, whose code then falls away: a fifth of the page.
# A call that another version of Dear ImGui words otherwise stays, and costs size alone.
function(trim_imgui result)
  file(READ ${OWNKEY_IMGUI_DIR}/imgui.cpp text)
  foreach(statement
      "AddSettingsHandler(&ini_handler)" "TableSettingsAddSettingsHandler()" "SaveIniSettingsToDisk(g.IO.IniFilename)"
      "UpdateSettings()" "NavUpdate()" "NavEndFrame()" "NavProcessItem()" "ItemHandleShortcut(id)" "UpdateMouseWheel()"
      "ErrorRecoveryTryToRecoverState(&g.StackSizesInNewFrame)"
      "ErrorRecoveryTryToRecoverWindowState(&window_stack_data.StackSizesInBegin)"
      "ErrorCheckEndFrameFinalizeErrorTooltip()" "SetTooltip(\"...\")"
      "SetTooltip(\"%s\", GetKeyChordName(g.LastItemData.Shortcut))" "LogFinish()" "RenderDimmedBackgrounds()"
      "ImGui::StyleColorsDark(this)"
      "LocalizeRegisterEntries(GLocalizationEntriesEnUS, IM_ARRAYSIZE(GLocalizationEntriesEnUS))"
      "RenderMouseCursor(g.IO.MousePos, g.Style.MouseCursorScale, g.MouseCursor, IM_COL32_WHITE, IM_COL32_BLACK, IM_COL32(0, 0, 0, 48))"
      "RenderWindowDecorations(window, title_bar_rect, title_bar_is_highlight, handle_borders_and_resize_grips, resize_grip_count, resize_grip_col, resize_grip_draw_size)"
      # There is one kind of window, so the compiler shall take its flags for a constant.
      "flags = window->Flags")
    string(REGEX REPLACE "([][+.*()^$?|\\])" "\\\\\\1" pattern "${statement}")
    string(REGEX REPLACE "(\n +)${pattern};" "\\1(void)0;" trimmed "${text}")
    if(trimmed STREQUAL text)
      message(STATUS "Dear ImGui has no '${statement}' as expected: the page grows a little")
    endif()
    set(text "${trimmed}")
  endforeach()
  string(REPLACE "Begin(\"Debug##Default\")" "Begin(\"Debug##Default\", NULL, OWNKEY_IMGUI_WINDOW)" text "${text}")
  file(CONFIGURE OUTPUT imgui.cpp CONTENT "${text}" @ONLY)
  set(${result} ${CMAKE_CURRENT_BINARY_DIR}/imgui.cpp PARENT_SCOPE)
endfunction()
