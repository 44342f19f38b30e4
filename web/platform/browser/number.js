// Numbers as text, for shared/json_number.cpp.
mergeInto(LibraryManager.library, {
  ownkey_js_number_of: function(digits, size) { return Number(UTF8ToString(digits, size)); },
  ownkey_js_text_of_number: function(value, text, capacity) { return stringToUTF8(String(value), text, capacity); },
});
